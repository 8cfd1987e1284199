using System.Text.Json;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.State;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Operate.Deployed;

/// <summary>Reads what a deployed stack exports: from a file that the Pulumi CLI wrote, or from the CLI itself.</summary>
/// <param name="host">The outside.</param>
/// <param name="project">The project of the stack; the CLI runs in its folder.</param>
/// <param name="stack">The stack's name.</param>
public sealed class OutputSource(CommandHost host, ProjectFile project, string stack)
{
    internal const string StackType = "pulumi:pulumi:Stack";

    /// <summary>Reads the outputs.</summary>
    /// <param name="from">A file with what <c>pulumi stack output --json</c> or <c>pulumi stack export</c> printed; null to ask the CLI.</param>
    /// <param name="cancellation">Ends the CLI.</param>
    /// <exception cref="BadInputException">There is neither file nor CLI, one of them fails, or what they hold was rehearsed.</exception>
    public async Task<DeployedOutputs> ReadAsync(string? from, CancellationToken cancellation)
    {
        if (from is not null)
        {
            var text = await File.ReadAllTextAsync(Path.GetFullPath(from, host.CurrentFolder), cancellation);
            return Parse(text, from);
        }
        var cli = PulumiCli.Find(host, project, stack) ?? throw new BadInputException(
            $"The outputs of the deployed stack '{stack}' are needed, and there is neither a file with them nor the Pulumi CLI: no `pulumi` is on the PATH.",
            $"Give a file with --from FILE, written by `pulumi stack output --json --stack {stack}` or `pulumi stack export --stack {stack}`, "
            + "or install the Pulumi CLI and sign in to the stack's backend.");
        var (shown, masked) = await cli.OutputsAsync(cancellation);
        // Texts in the open do not say which of them are secret; those that the other answer hides are
        return new DeployedOutputs("`pulumi stack output`", WithSecrets(Map(shown, PulumiCli.Command), Map(masked, PulumiCli.Command)));
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">What is in it.</param>
    /// <param name="where">Its name, for messages.</param>
    internal DeployedOutputs Parse(string text, string where)
    {
        using var document = ParseJson(text, where);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw NotOutputs(where, "it is no JSON object");
        }
        if (root.TryGetProperty("steps", out var steps) && steps.ValueKind == JsonValueKind.Array)
        {
            throw NotOutputs(where, "it is a plan, as `preview --json` prints it, of what is not deployed yet");
        }
        if (root.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number
            && (root.TryGetProperty("deployment", out _) || root.TryGetProperty("checkpoint", out _)))
        {
            return OfState(CheckpointReader.Read(text, where, StateSealing.Opener(host)), where);
        }
        var values = Masked(Values(root));
        return (RehearsalMarks.Find(values) ?? RehearsalMarks.Find(values, RehearsedState())) is { } mark
            ? throw Rehearsed(where, mark) : new DeployedOutputs(where, values);
    }

    // What this machine rehearsed of the stack; where that cannot be read, nothing can be compared with it
    private Checkpoint RehearsedState()
    {
        try
        {
            return SharedOptions.StateFolder(host, project, stack, given: null).Read(_ => null);
        }
        catch (BadInputException)
        {
            return Checkpoint.Empty;
        }
    }

    private DeployedOutputs OfState(Checkpoint state, string where)
    {
        if (state.Resources.FirstOrDefault(resource => resource.Urn.Stack != stack || resource.Urn.Project != project.Name) is { } foreign)
        {
            throw new BadInputException(
                $"{where} is the state of stack '{foreign.Urn.Stack}' of project '{foreign.Urn.Project}', and '{stack}' of '{project.Name}' was asked for.",
                $"Export the right one: `pulumi stack export --stack {stack}`.");
        }
        if (RehearsalMarks.Find(state) is { } mark)
        {
            throw Rehearsed(where, mark);
        }
        var root = state.Resources.FirstOrDefault(resource => resource.Type == StackType && !resource.Delete) ?? throw new BadInputException(
            $"{where} holds no stack: nothing was deployed, or all of it was destroyed.", $"Deploy it first: `pulumi up --stack {stack}`.");
        return new DeployedOutputs(where, Masked(root.Outputs), state);
    }

    private static PropertyMap Map(string json, string where)
    {
        using var document = ParseJson(json, where);
        return document.RootElement.ValueKind == JsonValueKind.Object ? Masked(Values(document.RootElement)) : throw NotOutputs(where, "it is no JSON object");
    }

    private static JsonDocument ParseJson(string text, string where)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
        }
        catch (JsonException e)
        {
            throw NotOutputs(where, CheckpointReader.Reason(e));
        }
    }

    private static PropertyMap Values(JsonElement root) => StateValues.ReadMap(root, StateSecrets.Closed);

    // {"password": "[secret]"}: there is a value, and it is not in the file
    private static PropertyMap Masked(PropertyMap values) => values.Select(Masked);

    private static PropertyValue Masked(PropertyValue value) => value switch
    {
        StringProperty { Value: PropertyMask.Text } => new SecretProperty(UnknownProperty.Instance),
        ListProperty list => list.Select(Masked),
        ObjectProperty map => new ObjectProperty(Masked(map.Properties)),
        _ => value,
    };

    /// <summary>The values, those secret that are secret in another answer of the same shape.</summary>
    internal static PropertyMap WithSecrets(PropertyMap shown, PropertyMap masked)
        => PropertyMap.From(shown.Select(entry => KeyValuePair.Create(entry.Key, WithSecrets(entry.Value, masked.Find(entry.Key)))));

    private static PropertyValue WithSecrets(PropertyValue shown, PropertyValue? masked) => (shown, masked) switch
    {
        (_, SecretProperty) => new SecretProperty(shown),
        (ObjectProperty left, ObjectProperty right) => new ObjectProperty(WithSecrets(left.Properties, right.Properties)),
        (ListProperty left, ListProperty right) when left.Items.Length == right.Items.Length =>
            new ListProperty([.. left.Items.Zip(right.Items, (item, hidden) => WithSecrets(item, hidden))]),
        _ => shown,
    };

    private static BadInputException NotOutputs(string where, string reason) => new(
        $"{where} does not hold the outputs of a deployed stack: {reason}.", "Write it with `pulumi stack output --json` or `pulumi stack export`.");

    private BadInputException Rehearsed(string where, string mark) => new(
        $"{where} comes from a rehearsal, which deploys nothing: {mark}.",
        $"Give what the Pulumi CLI says of the deployed stack: `pulumi stack output --json --stack {stack} > FILE`.");
}
