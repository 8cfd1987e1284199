using System.Text.Json;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.StackFiles;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary>What <c>--against FILE</c> compares a preview with: a <c>pulumi stack export</c>, a plan (<c>preview --json</c>), or what another stack file would
/// give.</summary>
internal static class Against
{
    /// <summary>The resources that the file stands for, under the URNs of this stack.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="target">The stack that is previewed.</param>
    /// <param name="request">The preview.</param>
    /// <param name="file">The file as the operator named it.</param>
    /// <param name="cancellation">Ends the preview of another stack file.</param>
    /// <exception cref="BadInputException">The file cannot be read, or is none of the three.</exception>
    public static async Task<Checkpoint> ReadAsync(CommandHost host, StackTarget target, RehearsalRequest request, string file, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(file, host.CurrentFolder);
        if (Path.GetExtension(path) is ".yaml" or ".yml")
        {
            return await PreviewedAsync(host, target, request, path, cancellation);
        }
        var text = await File.ReadAllTextAsync(path, cancellation);
        var (isPlan, urn) = Kind(text, file);
        if (urn is not null && (urn.Stack != target.Stack || urn.Project != target.Project.Name))
        {
            text = text
                .Replace($"urn:pulumi:{urn.Stack}::{urn.Project}::", $"urn:pulumi:{target.Stack}::{target.Project.Name}::", StringComparison.Ordinal)
                .Replace(Root(urn.Project, urn.Stack), Root(target.Project.Name, target.Stack), StringComparison.Ordinal);
        }
        if (isPlan)
        {
            return CheckpointReader.ReadPlan(text, file);
        }
        var state = CheckpointReader.Read(text, file, StateSealing.Opener(host));
        return state.Problem() is { } problem
            ? throw new BadInputException($"{file} is damaged: {problem}.", "Export it anew with `pulumi stack export`.") { ExitCode = ExitCodes.Failure }
            : state;
    }

    // The stack's own resource has the stack's name; a quotation mark ends its URN
    private static string Root(string project, string stack) => $"::{Urn.RootType}::{project}-{stack}\"";

    private static async Task<Checkpoint> PreviewedAsync(CommandHost host, StackTarget target, RehearsalRequest request, string path,
        CancellationToken cancellation)
    {
        var other = target with { File = StackFile.Read(path, target.Project.Name) };
        var config = other.Config(host);
        var result = await host.Engine().RunAsync(request with { Config = config.Values, SecretKeys = config.SecretKeys }, Unwatched.Instance, cancellation);
        return result.Outcome == RehearsalOutcome.Succeeded
            ? new Checkpoint
            {
                Resources = [.. result.Plan.Steps.Where(step => step.New is not null && step.Operation != Operation.Replace)
                .Select(step => step.New!)]
            }
            : throw new BadInputException(
                $"{Path.GetFileName(path)} gives no plan to compare with: {result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)?.Message}")
            {
                ExitCode = ExitCodes.Failure,
            };
    }

    /// <summary>Whether a text is a plan or a state, and the URN of its first resource.</summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static (bool IsPlan, Urn? Urn) Kind(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("steps", out var steps))
            {
                return (true, steps.EnumerateArray().Select(step => Urn.Parse(step.GetProperty("urn").GetString()!)).FirstOrDefault());
            }
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("version", out _))
            {
                var resources = root.TryGetProperty("deployment", out var deployment) && deployment.TryGetProperty("resources", out var all) ? all : default;
                return (false, resources.ValueKind == JsonValueKind.Array && resources.GetArrayLength() > 0
                    ? Urn.Parse(resources[0].GetProperty("urn").GetString()!) : null);
            }
        }
        catch (JsonException e) when (text.TrimStart() is ['{' or '[', ..])
        {
            throw new BadInputException($"{file} is damaged: {CheckpointReader.Reason(e)}.", "Write it anew: `pulumi stack export` or `preview --json`.", e);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw NoneOfThem(file, e);
        }
        throw NoneOfThem(file, cause: null);
    }

    private static BadInputException NoneOfThem(string file, Exception? cause)
        => new($"{file} is not an export, a plan or a stack file.", "Give what `pulumi stack export` or `preview --json` printed, or a Pulumi.STACK.yaml.",
            cause);
}
