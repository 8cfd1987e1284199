using System.Collections.Immutable;
using System.Text.Json;
using Rehearsal.Graph;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Rehearsal.Comparing;

/// <summary>Makes sides of what files hold: states, and plans in the shape of <c>preview --json</c>.</summary>
internal static class SideFiles
{
    private const string Same = "same";
    private const string Create = "create";

    /// <summary>The side of a state.</summary>
    /// <param name="state">What was read.</param>
    /// <param name="name">What the operator calls it.</param>
    public static Side OfState(Checkpoint state, string name)
    {
        var waiting = state.Resources.Count(resource => resource.Delete);
        return Of(state.Resources, name, SideKind.State) with
        {
            Ciphertext = state.Secrets.Ciphertext,
            Notes =
            [
                .. waiting == 0 ? Array.Empty<string>()
                    : [$"In {name} {(waiting == 1 ? "a replaced resource still waits" : $"{waiting} replaced resources still wait")} for deletion."],
                .. state.Pending.IsEmpty ? Array.Empty<string>()
                    : [$"{name} was saved while an operation ran: how {(state.Pending.Length == 1 ? "one of its steps" : $"{state.Pending.Length} of its steps")}"
                        + " ended nobody knows (`pulumi refresh` finds out)."],
            ],
        };
    }

    /// <summary>The side of a plan.</summary>
    /// <param name="text">What <c>preview --json</c> printed, ours or Pulumi's.</param>
    /// <param name="name">What the operator calls it.</param>
    /// <exception cref="BadInputException">The text is no plan.</exception>
    public static Side OfPlan(string text, string name)
    {
        var plan = CheckpointReader.ReadPlan(text, name);
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
        var steps = document.RootElement.GetProperty("steps").EnumerateArray().Select(Step).ToArray();
        var left = document.RootElement.TryGetProperty("changeSummary", out var summary) && summary.ValueKind == JsonValueKind.Object
            ? summary.TryGetProperty(Same, out var same) && same.TryGetInt32(out var number) && number > steps.Count(step => step.Operation == Same)
            : Array.Exists(steps, step => step.Operation != Create);
        var failed = document.RootElement.TryGetProperty("diagnostics", out var diagnostics) && diagnostics.ValueKind == JsonValueKind.Array
            && diagnostics.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.Object && Text(entry, "severity") == "error");
        return Of(plan.Resources, name, SideKind.Plan) with
        {
            Replaced = steps.Where(step => step.Operation is "replace" or "create-replacement" or "import-replacement").GroupBy(step => step.Urn)
                .ToImmutableDictionary(step => step.Key, step => step.First().Reasons),
            Deleted = left ? [.. steps.Where(step => step.Operation == "delete").Select(step => step.Urn)] : null,
            Planned = [.. steps.Where(step => step.Operation != Create).Select(step => step.Urn)],
            Notes = failed ? [$"{name} is the plan of a preview that failed: what came after the error is missing in it."] : [],
        };
    }

    /// <summary>A side with the names that its resources give it.</summary>
    public static Side Of(IEnumerable<ResourceState> resources, string name, SideKind kind)
    {
        ImmutableArray<ResourceState> all = [.. resources];
        var urn = all.FirstOrDefault(state => state.Type == Urn.RootType)?.Urn ?? all.FirstOrDefault()?.Urn;
        var outputs = all.LastOrDefault(state => state.Type == Urn.RootType)?.Outputs;
        return new Side
        {
            Name = name,
            Kind = kind,
            Stack = urn?.Stack ?? "",
            Project = urn?.Project ?? "",
            Resources = all,
            // A preview's JSON has none of what is created
            Outputs = kind == SideKind.Plan && outputs is { Count: 0 } ? null : outputs,
        };
    }

    private static (string Operation, Urn Urn, ImmutableArray<string> Reasons) Step(JsonElement step) => (Text(step, "op"), Urn.Parse(Text(step, "urn")),
        step.TryGetProperty("replaceReasons", out var reasons) && reasons.ValueKind == JsonValueKind.Array
            ? [.. reasons.EnumerateArray().Select(reason => reason.GetString() ?? "")] : []);

    private static string Text(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
