using System.Collections.Immutable;
using Infra.Charts;
using Infra.CodeStudios;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Code Studio templates.</summary>
public sealed record CodeStudiosSettings : IChecked
{
    [Setting("The templates, each under a name of its own.")]
    [Entry(Form.KubernetesEntry)]
    [Fewest(1)]
    public required ImmutableSortedDictionary<string, CodeStudioTemplateSettings> Templates { get; init; }

    [Setting("How browsers reach the Code Studios of all templates.", Absent = "by kubectl port-forward only")]
    public CodeStudioIngressSettings? Ingress { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        if (Templates.IsEmpty)
        {
            yield return new(at[nameof(Templates)], "are none", "one template or more", "name a template with its blocks, or remove codeStudios", "{}");
        }

        foreach (var problem in CodeStudioRules.Check(this, platform, at).Concat(CodeStudioSeqeraRules.Check(this, platform, at)))
        {
            yield return problem;
        }
    }
}

/// <summary>A Code Studio template.</summary>
public sealed record CodeStudioTemplateSettings : IChecked
{
    [Setting("The building blocks, in the order in which they are applied: each sees what the earlier ones made.")]
    [Fewest(1)]
    public required ImmutableArray<CodeStudioBlockSettings> Blocks { get; init; }

    [Setting("What people read.", Absent = "its name")]
    public string? Label { get; init; }

    [Setting("One sentence about it.", Absent = "none")]
    public string? Description { get; init; }

    [Setting("What the image starts from: Debian 12, or an image made from it. A digest pins it for good.")]
    public ImageReference BaseImage { get; init; } = CodeStudioPins.BaseImage;

    [Setting(
        "Folder beside the stack file that holds the template's resources, which blocks name as ${template.resources}/….",
        Absent = "it has none",
        Example = "code-studios/streamlit")]
    [Form(Form.Directory)]
    public string? Resources { get; init; }

    [Setting("Who may make Code Studios of it.", Absent = "administrators only")]
    public CodeStudioPermissionsSettings? Permissions { get; init; }

    [Setting("Code Studios of it on platform:cluster.", Absent = "none: its image is built, and runs elsewhere")]
    public CodeStudioKubernetesSettings? Kubernetes { get; init; }

    [Setting("The template as a studio of Seqera Platform.", Absent = "none")]
    public CodeStudioSeqeraSettings? Seqera { get; init; }

    [Setting("What package managers are told besides.")]
    public CodeEnvsExtraSettings CodeEnvsExtraSettings { get; init; } = new();

    [Setting("What only DSS reads; kept for ./platform studio export.")]
    public CodeStudioDssSettings Dss { get; init; } = new();

    /// <summary>The same in the words of the model.</summary>
    /// <param name="name">Its name in the stack file.</param>
    internal CodeStudioTemplate Template(string name) => new()
    {
        Label = Label ?? name,
        Description = Description ?? "",
        Icon = Dss.Icon,
        Tags = Dss.Tags,
        BaseImage = BaseImage,
        Permissions = Permissions?.Permissions,
        Options = CodeEnvsExtraSettings.Options,
        Blocks = [.. Blocks.Select(block => block.Block)],
    };

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        var plan = Template(at.Key).Build();
        var unread = Resources is null && plan.State.Context.Values.Any(file => file.Source is not null)
            ? [new(at[nameof(Resources)], "is missing, and blocks read files of it", "a folder beside the stack file",
                "for example resources: code-studios/files")]
            : (IEnumerable<SettingsProblem>)[];
        var groups = (Permissions as GroupsSettings)?.CheckGroups(at[nameof(Permissions)][nameof(GroupsSettings.Groups)]) ?? [];
        return plan.Problems.Select(problem => Problem(problem, at)).Concat(unread).Concat(groups);
    }

    // The model's field names are those of the stack file, but for the two lists of options.
    private static SettingsProblem Problem(BlockProblem problem, SettingPath at) => new(
        new SettingPath($"{at.Text}.{(problem.Position is null && problem.Path != "blocks" ? $"codeEnvsExtraSettings.{problem.Path}" : problem.Path)}"),
        problem.Fault.What,
        problem.Fault.Allowed,
        problem.Fault.Fix,
        problem.Fault.Given is { } given && given.Contains('\n', StringComparison.Ordinal) ? $"{given.Split('\n')[0]} …" : problem.Fault.Given);
}

/// <summary>Who may make Code Studios of a template: everyone who is signed in, or groups.</summary>
[Kind<EveryoneSettings>("everyone")]
[Kind<GroupsSettings>("groups")]
public abstract record CodeStudioPermissionsSettings
{
    private protected CodeStudioPermissionsSettings()
    {
    }

    /// <summary>The same in the words of the model.</summary>
    internal abstract StudioPermissions Permissions { get; }
}

/// <summary>Everyone.</summary>
public sealed record EveryoneSettings : CodeStudioPermissionsSettings
{
    [Setting("Everyone who is signed in.", Example = "true")]
    [Only(true)]
    public required bool Everyone { get; init; }

    internal override StudioPermissions Permissions => new(true, []);
}

/// <summary>Groups.</summary>
public sealed record GroupsSettings : CodeStudioPermissionsSettings
{
    [Setting("The groups by name.", Example = "[data-scientists]")]
    [Form(Form.RbacSubject)]
    public required ImmutableArray<string> Groups { get; init; }

    internal override StudioPermissions Permissions => new(false, Groups);

    // A kind that is one value has no rules of its own, so that the template asks for them.
    internal IEnumerable<SettingsProblem> CheckGroups(SettingPath at)
    {
        if (Groups.IsEmpty)
        {
            yield return new(
                at, "is empty, so that nobody but administrators could use the template", "one group or more", "name a group, or remove permissions", "[]");
        }
        else if (Groups.Distinct(StringComparer.Ordinal).Count() != Groups.Length)
        {
            yield return new(at, "names a group twice", "each group once", "remove one of the two", string.Join(", ", Groups));
        }
    }
}

/// <summary>Options of package managers.</summary>
public sealed record CodeEnvsExtraSettings
{
    [Setting("Further options of pip install, each with its value.", Example = "[--prefer-binary]")]
    public ImmutableArray<string> PipOptions { get; init; } = [];

    [Setting("Further options of python3 -m venv.", Example = "[--system-site-packages]")]
    public ImmutableArray<string> VenvOptions { get; init; } = [];

    [Setting("Repository of R packages.", Absent = "a snapshot of CRAN, see docs/code-studios.md", Example = "https://cran.example.com")]
    [Form(Form.WebAddress)]
    public string? CranMirror { get; init; }

    /// <summary>The same in the words of the model.</summary>
    internal PackageOptions Options => new(PipOptions, VenvOptions, CranMirror ?? "");
}

/// <summary>What a template says to DSS alone.</summary>
public sealed record CodeStudioDssSettings
{
    [Setting("Icon of the template.")]
    public string Icon { get; init; } = CodeStudioTemplate.DefaultIcon;

    [Setting("Words to find it by.")]
    public ImmutableArray<string> Tags { get; init; } = [];

    [Setting("Whether recipes offer to be edited in it.")]
    public bool IsEditor { get; init; } = CodeStudioTemplate.DefaultIsEditor;

    [Setting("Whether its pods outlive a restart of DSS.")]
    public bool ReattachOnRestart { get; init; }

    [Setting("Whether projects may choose another container configuration.")]
    public bool AllowContainerConfOverride { get; init; } = CodeStudioTemplate.DefaultAllowContainerConfOverride;

    [Setting("Whether it is built for every container configuration.")]
    public bool AllContainerConfs { get; init; } = CodeStudioTemplate.DefaultAllContainerConfs;

    [Setting("The container configurations that it is built for.")]
    public ImmutableArray<string> ContainerConfs { get; init; } = [];

    [Setting("Whether the node's own options of package managers count as well.")]
    public bool InheritGlobalCodeEnvsExtraSettings { get; init; } = CodeStudioTemplate.DefaultInheritGlobalCodeEnvsExtraSettings;

    [Setting("What an imported archive holds besides, as it was.", Absent = "nothing")]
    public ValueTree? Archive { get; init; }
}
