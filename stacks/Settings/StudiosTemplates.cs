using Infra.Manifests;
using Infra.Studios;
using Infra.Versions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>A studio template of the stack's own.</summary>
public sealed record StudioTemplateSettings
{
    [Setting(
        "Session image: public, or in ECR. Its tag ends in the version of connect-client.",
        Example = "public.cr.seqera.io/platform/data-studio-jupyter:4.2.5-0.12")]
    public required ImageReference Repository { get; init; }

    [Setting("What runs in it. Needed from Platform 25.1 on, unknown before.", Absent = "none", Example = "jupyter")]
    [OneOf("jupyter", "vscode", "rstudio", "ride", "xpra")]
    public string? Tool { get; init; }

    [Setting("Icon in the Platform.", Absent = "that of the tool", Example = "jupyter")]
    [OneOf("jupyter", "vscode", "rstudio", "ride", "xpra")]
    public string? Icon { get; init; }

    [Setting("What the Platform says of it. Unknown before Platform 25.1.", Absent = "unsupported", Example = "recommended")]
    [OneOf("recommended", "deprecated", "experimental", "unsupported")]
    public string? Status { get; init; }

    [Setting("Version of connect-client in the image, where the tag does not end in it.", Absent = "taken from the tag", Example = "0.12.2")]
    public ConnectClientVersion? ConnectClient { get; init; }
}

/// <summary>Which templates the chosen Platform and the chosen features can serve.</summary>
internal static class StudiosTemplateRules
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Current;

    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, SettingPath at)
    {
        var release = Matrix.Release(settings.Platform.Version)!;
        var withTool = Matrix.Has(StudiosFeature.TemplateTool, settings.Platform.Version, release.Connect);
        var own = settings.Templates.SelectMany(entry =>
        {
            var here = at[nameof(settings.Templates)].Entry(entry.Key);
            return CheckTool(entry.Value, withTool, settings.Platform.Version, here).Concat(CheckRouting(entry.Value, settings, here));
        });
        return [.. own, .. CheckClients(settings, release, at)];
    }

    internal static IEnumerable<SettingsProblem> CheckTool(StudioTemplateSettings template, bool withTool, SemanticVersion version, SettingPath here)
    {
        if (withTool)
        {
            if (template.Tool is null)
            {
                yield return new(
                    here[nameof(template.Tool)],
                    $"is missing, and Platform {version} would show the template as custom",
                    string.Join(", ", StudioTemplate.Tools),
                    "add tool: <what runs in it>");
            }

            yield break;
        }

        if (template.Tool is not null)
        {
            yield return new(
                here[nameof(template.Tool)], $"is unknown to Platform {version}", "absent before 25.1.0", "remove tool and give icon", template.Tool);
        }

        if (template.Status is not null)
        {
            yield return new(here[nameof(template.Status)], $"is unknown to Platform {version}", "absent before 25.1.0", "remove status", template.Status);
        }

        if (template.Icon is null)
        {
            yield return new(here[nameof(template.Icon)], "is missing", string.Join(", ", StudioTemplate.Tools), "add icon: <what runs in it>");
        }
    }

    private static IEnumerable<SettingsProblem> CheckRouting(StudioTemplateSettings template, StudiosSettings settings, SettingPath here)
    {
        if (settings.PathRouting && template.Tool is { } tool && Matrix.Features[StudiosFeature.PathRouting].ExcludedTools.Contains(tool))
        {
            yield return new(
                here[nameof(template.Tool)],
                "cannot be reached by path",
                $"with pathRouting {string.Join(", ", StudioTemplate.Tools.Except(Matrix.Features[StudiosFeature.PathRouting].ExcludedTools))}",
                "remove the template, or remove pathRouting",
                tool);
        }
    }

    // The server side alone does not make a feature: connect-client in every session image must have it, too.
    private static IEnumerable<SettingsProblem> CheckClients(StudiosSettings settings, PlatformRelease release, SettingPath at)
    {
        (StudiosFeature Feature, string Key, bool Wanted)[] features =
        [
            (StudiosFeature.Ssh, nameof(settings.Ssh), settings.Ssh is not null),
            (StudiosFeature.PathRouting, nameof(settings.PathRouting), settings.PathRouting),
        ];
        foreach (var (feature, key, _) in features.Where(feature => feature.Wanted))
        {
            var requirement = Matrix.Features[feature];
            var ownProblems = settings.Templates.Select(entry => CheckClient(
                StudiosChoices.TemplateFor(entry.Key, entry.Value), requirement, key, at[nameof(settings.Templates)].Entry(entry.Key)));
            foreach (var problem in ownProblems.OfType<SettingsProblem>())
            {
                yield return problem;
            }

            var vendors = StudiosChoices.VendorTemplates(settings, release)
                .Where(template => !settings.Templates.ContainsKey(template.Key) && template.EffectiveClient?.IsAtLeast(requirement.Client!) != true)
                .ToList();
            if (vendors.Count > 0)
            {
                var old = vendors.Select(template => $"{template.Key} has connect-client {template.EffectiveClient}");
                yield return new(
                    at[nameof(settings.DefaultTemplates)],
                    $"offers templates without {requirement.Title}: {string.Join(", ", old)}",
                    $"templates with connect-client {requirement.Client} or newer",
                    $"set defaultTemplates: false and list templates with connect-client {requirement.Client} or newer, or remove {SettingPath.KeyFor(key)}",
                    "true");
            }
        }
    }

    private static SettingsProblem? CheckClient(
        StudioTemplate template, FeatureRequirement requirement, string key, SettingPath here) => template.EffectiveClient switch
        {
            null => new(
                here[nameof(StudioTemplateSettings.ConnectClient)],
                $"is missing, and the tag does not tell whether the image has {requirement.Title}",
                $"connect-client {requirement.Client} or newer",
                $"add connectClient: <version in the image>, or remove {SettingPath.KeyFor(key)}",
                template.Repository.Tag),
            var client when !client.IsAtLeast(requirement.Client!) => new(
                here[nameof(StudioTemplateSettings.Repository)],
                $"has connect-client {client}, which does not support {requirement.Title}",
                $"an image with connect-client {requirement.Client} or newer",
                $"take a newer tag, or remove {SettingPath.KeyFor(key)}",
                template.Repository.ToString()),
            _ => null,
        };
}
