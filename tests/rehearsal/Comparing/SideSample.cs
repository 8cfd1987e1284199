using System.Text.Json;
using Rehearsal.Comparing;
using Rehearsal.Graph;
using Rehearsal.Providers;
using Rehearsal.Schemas;
using Rehearsal.State;

namespace Tests.Rehearsal.Comparing;

/// <summary>Sides of a stack <c>s</c> of a project <c>p</c>, from resources whose inputs are JSON as a state has it.</summary>
internal static class SideSample
{
    public const string ConfigMap = "kubernetes:core/v1:ConfigMap";

    public static readonly Urn Root = Urn.Create("s", "p", null, Urn.RootType, "p-s");

    private static readonly ProviderRegistry Providers = new(SchemaStore.Bundled);

    /// <summary>A secret as a state has it in the open.</summary>
    public static string Secret(string json)
        => $$"""{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": {{JsonSerializer.Serialize(json)}} }""";

    public static ResourceState Resource(string type, string name, string inputs = "{}", Urn? parent = null)
    {
        using var json = JsonDocument.Parse(inputs);
        return new ResourceState
        {
            Urn = Urn.Create("s", "p", parent, type, name),
            Type = type,
            Custom = true,
            Id = name,
            Parent = parent ?? Root,
            Inputs = StateValues.ReadMap(json.RootElement, StateSecrets.Closed),
        };
    }

    public static ResourceState Component(string type, string name) => Resource(type, name) with { Custom = false, Id = null };

    public static Side Deployed(params ResourceState[] resources)
        => SideFiles.OfState(new Checkpoint { Resources = [new ResourceState { Urn = Root, Type = Urn.RootType }, .. resources] }, "a.json");

    public static Side Planned(params ResourceState[] resources)
        => Deployed([.. resources.Select(resource => resource with { Id = null })]) with { Kind = SideKind.Rehearsal, Name = "the program" };

    public static Comparison Compare(Side old, Side @new) => Comparer.Compare(Providers, old, @new);

    /// <summary>What differs, a line for each resource and each property.</summary>
    public static string[] Lines(Comparison comparison) => [.. comparison.Changes.SelectMany(change => change.Properties.Select(Line).Prepend(
        $"{change.Kind.Word()} {change.Name}{(change.Moved is { } moved ? $", {moved}" : "")}{(change.Restarts is { } restart ? $", {restart}" : "")}"))];

    public static string[] Lines(Side old, Side @new) => Lines(Compare(old, @new));

    private static string Line(PropertyChange property) => $"  {property.Path}: {property.Old} => {property.New}{(property.Replaces ? " (replaces)" : "")}"
        + string.Concat(property.Lines.Select(line => $" | {line}"));
}
