using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Operate.Adopting;

/// <summary>The file of <c>pulumi import --file</c>: which resource of the program stands for which object that exists.</summary>
/// <remarks>
/// Its form is that of Pulumi 3.112 and later: an entry a resource with <c>type</c>, <c>name</c>, <c>id</c>, and <c>parent</c> and <c>provider</c> by the
/// names of other entries or of the table. Components have no id and are marked; a name that several resources have is made unique, and
/// <c>logicalName</c> says the real one.
/// </remarks>
internal static class ImportFile
{
    /// <summary>Writes it.</summary>
    /// <param name="plan">The plan of the whole stack from nothing.</param>
    /// <param name="ids">Provider's ids of the resources that exist, by URN.</param>
    /// <returns>Text of the file, and the URNs that have to be in the state before: providers and their parents.</returns>
    public static (string Text, ImmutableArray<Urn> Before) Render(Plan plan, IReadOnlyDictionary<Urn, string> ids)
    {
        var states = plan.Steps.Select(step => step.New).OfType<ResourceState>().DistinctBy(state => state.Urn).ToDictionary(state => state.Urn);
        var providers = ids.Keys.Select(urn => Provider(states[urn])).OfType<Urn>().Distinct().ToArray();
        var before = providers.SelectMany(urn => Line(states, urn)).Distinct().Where(urn => urn.Type != Urn.RootType).ToImmutableArray();
        var wanted = ids.Keys.SelectMany(urn => Line(states, urn)).Where(urn => urn.Type != Urn.RootType).Except(before).ToHashSet();
        var names = Names([.. before, .. states.Keys.Where(wanted.Contains)]);
        var table = new JsonObject(before.Select(urn => KeyValuePair.Create<string, JsonNode?>(names[urn], urn.Value)));
        var resources = new JsonArray([.. states.Values.Where(state => wanted.Contains(state.Urn)).Select(state => Entry(state, ids, names))]);
        var file = new JsonObject { ["nameTable"] = table, ["resources"] = resources };
        return (JsonText.Write(JsonText.WideLines, json => file.WriteTo(json)) + "\n", before);
    }

    private static JsonObject Entry(ResourceState state, IReadOnlyDictionary<Urn, string> ids, Dictionary<Urn, string> names)
    {
        var entry = new JsonObject { ["type"] = state.Type, ["name"] = names[state.Urn] };
        if (ids.TryGetValue(state.Urn, out var id))
        {
            entry["id"] = id;
        }
        else
        {
            entry["component"] = true;
        }

        if (state.Parent is { } parent && names.TryGetValue(parent, out var under))
        {
            entry["parent"] = under;
        }

        if (ids.ContainsKey(state.Urn) && Provider(state) is { } provider)
        {
            entry["provider"] = names[provider];
        }

        if (names[state.Urn] != state.Urn.Name)
        {
            entry["logicalName"] = state.Urn.Name;
        }

        return entry;
    }

    // First redis, then redis-StatefulSet, then redis-StatefulSet-2
    private static Dictionary<Urn, string> Names(IReadOnlyCollection<Urn> urns)
    {
        var names = new Dictionary<Urn, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var urn in urns)
        {
            var kind = urn.Type.Split(':')[^1];
            var others = Enumerable.Range(2, urns.Count).Select(number => $"{urn.Name}-{kind}-{number}");
            names.Add(urn, others.Prepend($"{urn.Name}-{kind}").Prepend(urn.Name).First(taken.Add));
        }

        return names;
    }

    private static IEnumerable<Urn> Line(Dictionary<Urn, ResourceState> states, Urn urn)
    {
        for (var next = urn; next is not null; next = states.GetValueOrDefault(next)?.Parent)
        {
            yield return next;
        }
    }

    // A default provider is made by the import itself
    private static Urn? Provider(ResourceState state) =>
        ProviderReference.TryParse(state.Provider, out var reference) && !ProviderReference.IsDefaultProvider(reference.Urn) ? reference.Urn : null;
}
