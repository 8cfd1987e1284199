using System.Collections.Immutable;
using Rehearsal.Secrets;
using Rehearsal.State;
using Rehearsal.Wire;
using Stacks;
using Stacks.Settings;

namespace Operate.Deployed;

/// <summary>What a deployed stack exports, by the records that its program exports; never what a rehearsal made up (see <see cref="OutputSource"/>).</summary>
/// <remarks>
/// A part that the stack does not have is null; so is an output that an older program did not export. Outputs of a newer program are ignored.
/// Another command adds what it needs here: <c>Part&lt;SomeOutputs&gt;(nameof(PlatformOutputs.Some))</c>.
/// </remarks>
public sealed class DeployedOutputs
{
    internal DeployedOutputs(string source, PropertyMap values, Checkpoint? state = null)
    {
        Source = source;
        State = state;
        Root = new ExportedPart<PlatformOutputs>(values);
    }

    /// <summary>Where they come from, as a sentence has it: <c>outputs.json</c> or <c>`pulumi stack output`</c>.</summary>
    public string Source { get; }

    /// <summary>All of them.</summary>
    public ExportedPart<PlatformOutputs> Root { get; }

    public ExportedPart<StudiosOutputs>? Studios => Root.Part<StudiosOutputs>(nameof(PlatformOutputs.Studios));

    /// <summary>What the Platform's installation needs, between the first update and the second.</summary>
    public ExportedPart<PlatformInstallationOutputs>? PlatformInstallation
        => Root.Part<PlatformInstallationOutputs>(nameof(PlatformOutputs.PlatformInstallation));

    public ExportedPart<ComposeOutputs>? Compose => Root.Part<ComposeOutputs>(nameof(PlatformOutputs.Compose));

    public ExportedPart<ClusterOutputs>? Cluster => Root.Part<ClusterOutputs>(nameof(PlatformOutputs.Cluster));

    public ImmutableSortedDictionary<string, ExportedPart<TowerEnvironmentOutputs>> TowerEnvironments
        => Root.Parts<TowerEnvironmentOutputs>(nameof(PlatformOutputs.TowerEnvironments));

    public ExportedPart<WorkbenchOutputs>? Workbench => Root.Part<WorkbenchOutputs>(nameof(PlatformOutputs.Workbench));

    public ImmutableSortedDictionary<string, ExportedPart<CodeStudioOutputs>> CodeStudios
        => Root.Parts<CodeStudioOutputs>(nameof(PlatformOutputs.CodeStudios));

    /// <summary>The whole state, where an export was given; null where only the outputs are known.</summary>
    internal Checkpoint? State { get; }

    /// <summary>Lets a filter know every secret that came with the outputs, and with the state.</summary>
    public void TellSecrets(SecretFilter filter)
    {
        filter.Learn(Root.Values);
        foreach (var resource in State?.Resources ?? [])
        {
            filter.Learn(resource.Inputs);
            filter.Learn(resource.Outputs);
        }
    }
}

/// <summary>The values of one exported record.</summary>
/// <typeparam name="T">The record of <c>stacks/</c>, whose properties name the values: <c>part.Text(nameof(StudiosOutputs.ConnectUrl))</c>.</typeparam>
/// <param name="Values">By exported name.</param>
public sealed record ExportedPart<T>(PropertyMap Values)
{
    /// <summary>A text, a secret one included; null where it is absent, hidden or something else.</summary>
    public string? Text(string property) => Open(property) is StringProperty text ? text.Value : null;

    /// <summary>A whole number; null where it is absent, hidden or something else.</summary>
    public int? Number(string property) => Open(property) is NumberProperty { Value: >= int.MinValue and <= int.MaxValue } number ? (int)number.Value : null;

    /// <summary>A truth value; null where it is absent, hidden or something else.</summary>
    public bool? Flag(string property) => Open(property) is BooleanProperty flag ? flag.Value : null;

    /// <summary>The texts of a list; none where it is absent.</summary>
    public ImmutableArray<string> Texts(string property)
        => Open(property) is ListProperty list ? [.. list.Items.Select(Opened).OfType<StringProperty>().Select(text => text.Value)] : [];

    /// <summary>The texts of a map; none where it is absent.</summary>
    public ImmutableSortedDictionary<string, string> TextsByName(string property)
        => Entries(property).Where(entry => entry.Value is StringProperty)
            .ToImmutableSortedDictionary(entry => entry.Key, entry => ((StringProperty)entry.Value!).Value, StringComparer.Ordinal);

    /// <summary>A record inside of this one; null where it is absent.</summary>
    public ExportedPart<TInner>? Part<TInner>(string property) => Open(property) is ObjectProperty inner ? new(inner.Properties) : null;

    /// <summary>A map of records; none where it is absent.</summary>
    public ImmutableSortedDictionary<string, ExportedPart<TInner>> Parts<TInner>(string property)
        => Entries(property).Where(entry => entry.Value is ObjectProperty).ToImmutableSortedDictionary(
            entry => entry.Key, entry => new ExportedPart<TInner>(((ObjectProperty)entry.Value!).Properties), StringComparer.Ordinal);

    /// <summary>Whether there is a value, but masked in a file of outputs or sealed with a passphrase that is not here.</summary>
    public bool IsHidden(string property) => Values.Find(SettingPath.KeyFor(property)) is { ContainsUnknowns: true };

    private IEnumerable<(string Key, PropertyValue? Value)> Entries(string property)
        => Open(property) is ObjectProperty map ? map.Properties.Select(entry => (entry.Key, Opened(entry.Value))) : [];

    private PropertyValue? Open(string property) => Opened(Values.Find(SettingPath.KeyFor(property)));

    private static PropertyValue? Opened(PropertyValue? value) => value switch
    {
        SecretProperty secret => Opened(secret.Value),
        OutputProperty output => Opened(output.Value),
        _ => value,
    };
}
