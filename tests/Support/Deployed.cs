using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Testing;

namespace Tests.Support;

/// <summary>What a piece of program registered when it ran against <see cref="PlatformMocks"/>.</summary>
internal sealed class Deployed
{
    private readonly PlatformMocks _mocks;

    private Deployed(PlatformMocks mocks, IEnumerable<string> lineages)
    {
        _mocks = mocks;
        Lineages = [.. lineages.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Every resource below the component under test as <c>type$type::name</c>: what an engine makes URNs of.
    /// Empty unless the component was given the options; the mocked engine itself forgets parents.
    /// </summary>
    public ImmutableArray<string> Lineages { get; }

    public static Task<Deployed> Of(Action create) => Of(_ => create());

    public static Task<Deployed> Of(Action<ComponentResourceOptions> create) => Of(create, ImmutableDictionary<string, string>.Empty, isPreview: false);

    /// <summary>Runs a piece of program.</summary>
    /// <param name="create">It.</param>
    /// <param name="reads">What resources that are there already look like, by logical name, as JSON; another is like what the program says of it.</param>
    /// <param name="isPreview">Whether it is previewed.</param>
    public static async Task<Deployed> Of(Action<ComponentResourceOptions> create, IReadOnlyDictionary<string, string> reads, bool isPreview)
    {
        var mocks = new PlatformMocks(reads);
        var lineages = new Lineages();
        var options = new TestOptions { IsPreview = isPreview, ProjectName = "platform", StackName = "test" };
        await Deployment.TestAsync(mocks.Object, options, () => create(new ComponentResourceOptions { ResourceTransformations = { lineages.Record } }));
        return new Deployed(mocks, lineages.All);
    }

    /// <summary>Runs a piece of program that must be refused, and gives what it was told.</summary>
    public static async Task<string> Refusal(Action create) => (await Should.ThrowAsync<RunException>(() => Of(create))).Message;

    public static async Task<T> ValueOf<T>(Output<T> output) => (await Pulumi.Utilities.OutputUtilities.GetValueAsync(output))!;

    /// <summary>The inputs of one resource by its logical name, as canonical JSON; secrets and plain values look alike here.</summary>
    public string Inputs(string name) => Canonical(_mocks.Resources.Single(resource =>
        resource.Name == name && resource.Inputs.Count > 0 && !resource.Type!.StartsWith("platform:", StringComparison.Ordinal)).Inputs);

    /// <summary>The inputs of a component by its token, as canonical JSON.</summary>
    public string ComponentInputs(string token) => Canonical(_mocks.Resources.Single(resource => resource.Type == token).Inputs);

    /// <summary>Every resource with its inputs as canonical JSON, by type and logical name: what two plans are compared by.</summary>
    public ImmutableSortedDictionary<string, string> Plan => _mocks.Resources.ToImmutableSortedDictionary(
        resource => $"{resource.Type}::{resource.Name}", resource => Canonical(resource.Inputs), StringComparer.Ordinal);

    public bool Has(string name) => _mocks.Resources.Any(resource => resource.Name == name);

    /// <summary>The text as canonical JSON: members in order, indented.</summary>
    public static string Json(string text) => Canonical(JsonNode.Parse(text));

    /// <summary>The names of the outputs that the resource registered, in order.</summary>
    public ImmutableArray<string> OutputNames(string urnEnd) =>
        [.. _mocks.Outputs.Single(request => request.Urn.EndsWith(urnEnd, StringComparison.Ordinal)).Outputs.Keys.Order(StringComparer.Ordinal)];

    private static string Canonical(object? value) =>
        Sorted(JsonSerializer.SerializeToNode(value))?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null";

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Sorted)]),
            null => null,
            _ => node.DeepClone(),
        };
}
