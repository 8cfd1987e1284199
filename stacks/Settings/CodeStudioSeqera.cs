using System.Collections.Immutable;
using Infra.CodeStudios;
using Infra.Manifests;
using Infra.Studios;
using Infra.Versions;
using Stacks.Settings.Crossing;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The template as a studio of Seqera Platform.</summary>
public sealed record CodeStudioSeqeraSettings
{
    [Setting(
        "The image that was built for Seqera, public or in ECR. With platform:studios the Platform offers it as a template of its own.",
        Absent = "not built yet: the Platform builds it from git, and no template is offered",
        Example = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/code-studios/jupyter-seqera:3f9c21")]
    public ImageReference? Image { get; init; }

    [Setting("Key among the templates of the Platform.", Absent = "the template's name in capitals", Example = "JUPYTER-TEAM")]
    [Form(Form.TemplateKey)]
    public string? Key { get; init; }

    [Setting("What runs in it. Needed from Platform 25.1 on, unknown before.", Absent = "none", Example = "jupyter")]
    [OneOf("jupyter", "vscode", "rstudio", "ride", "xpra")]
    public string? Tool { get; init; }

    [Setting("Icon in the Platform.", Absent = "that of the tool", Example = "jupyter")]
    [OneOf("jupyter", "vscode", "rstudio", "ride", "xpra")]
    public string? Icon { get; init; }

    [Setting("What the Platform says of it. Unknown before Platform 25.1.", Absent = "unsupported", Example = "recommended")]
    [OneOf("recommended", "deprecated", "experimental", "unsupported")]
    public string? Status { get; init; }

    [Setting("Version of connect-client in the image.", Absent = "that of studios.platform.version; 0.12.0 without platform:studios", Example = "0.12.2")]
    public ConnectClientVersion? ConnectClient { get; init; }

    [Setting("Cores of a session on AWS Batch.")]
    [Range(1, 192)]
    public int Cpu { get; init; } = SeqeraStudioOptions.DefaultCpu;

    [Setting("Accelerators of a session on AWS Batch.")]
    [Range(0, 16)]
    public int Gpu { get; init; }

    [Setting("Memory of a session on AWS Batch, in MiB.")]
    [Range(512, 4_194_304)]
    public int MemoryMiB { get; init; } = SeqeraStudioOptions.DefaultMemoryMiB;

    [Setting("Environment variables of sessions, which stand in the repository in the clear.", Example = "{ DATASET: s3://example/data.csv }")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Hours after which a session ends; a lifespan of the workspace wins.", Absent = "the workspace's own", Example = "8")]
    [Range(1, 120)]
    public int? LifespanHours { get; init; }

    [Setting("Whether only its creator may connect to a session.")]
    public bool Private { get; init; }

    [Setting("Whether SSH leads into sessions. Needs Platform 25.3.3.")]
    public bool Ssh { get; init; }

    /// <summary>The key in effect.</summary>
    internal string KeyIn(string template) => Key ?? template.ToUpperInvariant();

    /// <summary>The entry of the Platform's catalog; null without an image.</summary>
    internal StudioTemplateSettings? EntryOn(PlatformSettings platform) => Image is null
        ? null
        : new() { Repository = Image, Tool = Tool, Icon = Icon, Status = Status, ConnectClient = ClientOn(platform) };

    /// <summary>The same in the words of the model.</summary>
    internal SeqeraStudioOptions Options(string template, CodeStudioTemplateSettings settings, PlatformSettings platform) => new()
    {
        Name = settings.Label ?? template,
        Description = settings.Description ?? "",
        ConnectClient = ClientOn(platform),
        Tool = Tool,
        Image = Image,
        Cpu = Cpu,
        Gpu = Gpu,
        MemoryMiB = MemoryMiB,
        Variables = Environment,
        LifespanHours = LifespanHours,
        IsPrivate = Private,
        Ssh = Ssh,
    };

    private ConnectClientVersion ClientOn(PlatformSettings platform) => ConnectClient
        ?? (platform.Studios is { } studios && VersionMatrix.Current.Release(studios.Platform.Version) is { Client: var client }
            ? new ConnectClientVersion(client.Major, client.Minor, client.Patch)
            : SeqeraStudioOptions.DefaultConnectClient);
}

/// <summary>What Seqera Platform offers of the templates, beside the vendor's and the stack's own.</summary>
internal static class CodeStudioSeqeraRules
{
    /// <summary>Studios with the templates that have an image for it.</summary>
    public static StudiosSettings With(StudiosSettings studios, PlatformSettings platform) => studios with
    {
        Templates = studios.Templates.SetItems(Entries(platform).Select(entry => KeyValuePair.Create(entry.Key, entry.Settings))),
    };

    public static IEnumerable<SettingsProblem> Check(CodeStudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        foreach (var (name, template) in settings.Templates.Where(entry => entry.Value.Seqera is not null))
        {
            var (seqera, here) = (template.Seqera!, at[nameof(settings.Templates)].Entry(name)[nameof(template.Seqera)]);
            if (!StudioTemplate.IsKey(seqera.KeyIn(name)))
            {
                yield return new(
                    here[nameof(seqera.Key)], "is missing, and the template's name in capitals is none", "capitals and digits, parts joined by single hyphens",
                    "for example key: TEAM", seqera.KeyIn(name));
            }

            if (SeqeraStudio.MainPort(template.Template(name).Build().State) is null)
            {
                yield return new(
                    here,
                    "needs a port that a browser is led to, and no block exposes one",
                    "a template with an exposed port",
                    "give an entrypoint its exposedPort");
            }

            if (seqera is { Ssh: true, ConnectClient: { } client } && !client.IsAtLeast(VersionMatrix.Current.Features[StudiosFeature.Ssh].Client!))
            {
                yield return new(
                    here[nameof(seqera.Ssh)],
                    $"needs a newer connect-client than {client}",
                    $"{VersionMatrix.Current.Features[StudiosFeature.Ssh].Client} or newer",
                    "raise connectClient, or remove ssh",
                    "true");
            }

            if (platform.Studios is not { } studios || seqera.Image is null)
            {
                continue;
            }

            var others = settings.Templates.Where(other => string.CompareOrdinal(other.Key, name) < 0 && other.Value.Seqera is { Image: not null } earlier
                && earlier.KeyIn(other.Key) == seqera.KeyIn(name)).Select(other => $"template {other.Key}");
            if (others.Concat(studios.Templates.ContainsKey(seqera.KeyIn(name)) ? ["studios.templates"] : []).FirstOrDefault() is { } owner)
            {
                yield return new(here[nameof(seqera.Key)], $"is that of {owner}", "a key of its own", "take another key", seqera.KeyIn(name));
            }
            else if (VersionMatrix.Current.Knows(studios.Platform.Version))
            {
                // The rules of the stack's own templates, told of this one, where this one is written.
                var alone = studios with
                {
                    DefaultTemplates = false,
                    Templates = studios.Templates.Clear().Add(seqera.KeyIn(name), seqera.EntryOn(platform)!),
                };
                var there = At.Studios[nameof(studios.Templates)].Entry(seqera.KeyIn(name));
                foreach (var problem in StudiosTemplateRules.Check(alone, At.Studios))
                {
                    yield return problem with { Path = Moved(problem.Path, there, here) };
                }
            }
        }
    }

    private static SettingPath Moved(SettingPath path, SettingPath from, SettingPath to)
    {
        var moved = $"{to}{path.Text[from.Text.Length..]}";
        return new(moved.EndsWith(".repository", StringComparison.Ordinal) ? $"{to}.image" : moved);
    }

    private static IEnumerable<(string Key, StudioTemplateSettings Settings)> Entries(PlatformSettings platform) =>
        from template in platform.CodeStudios?.Templates ?? ImmutableSortedDictionary<string, CodeStudioTemplateSettings>.Empty
        where template.Value.Seqera?.Image is not null
        select (template.Value.Seqera!.KeyIn(template.Key), template.Value.Seqera.EntryOn(platform)!);
}
