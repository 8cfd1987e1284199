using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary><c>outputs STACK</c>: what the program would export.</summary>
internal sealed class OutputsCommand : ICommand
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Command Build(CommandHost host)
    {
        var (stack, program, configFile, stackOutputs, showSecrets) = (SharedOptions.Stack(), SharedOptions.Program(), SharedOptions.ConfigFile(), SharedOptions.StackOutputs(), SharedOptions.ShowSecrets());
        var json = new Option<bool>("--json", "-j") { Description = "Write them as JSON, in the shape of `pulumi stack output --json`." };
        var command = new Command("outputs", "Show what the program would export, without a cloud.") { stack, json, showSecrets, program, configFile, stackOutputs };
        command.SetAction((parsed, cancellation) =>
        {
            var target = StackTarget.Of(host, parsed.GetRequiredValue(stack), parsed.GetValue(program), parsed.GetValue(configFile));
            var request = target.Request(target.Config(host), StackOutputFiles.Read(parsed.GetRequiredValue(stackOutputs), host.CurrentFolder));
            return RunAsync(host, request, parsed.GetValue(json), parsed.GetValue(showSecrets), parsed.IsVerbose(), cancellation);
        });
        return command.WithExamples(
            "./platform outputs dev                     values that only a deployment knows read [unknown], secrets [secret]",
            "./platform outputs dev --json              for other tools; what is unknown has Pulumi's own mark",
            "pulumi stack output --json --stack dev     the same of a stack that is deployed");
    }

    private static async Task<int> RunAsync(CommandHost host, RehearsalRequest request, bool json, bool showSecrets, bool verbose, CancellationToken cancellation)
    {
        var result = await Rehearsing.RunAsync(host, request, live: false, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.Of(result.Outcome);
        }

        DiagnosticRenderer.Write(host.Terminal, result.Diagnostics, verbose, toError: true);
        var outputs = showSecrets ? PropertyReveal.Reveal(result.Outputs) : PropertyMask.Mask(result.Outputs);
        if (json) await host.Terminal.Output.WriteAsync(Json(outputs).AsMemory(), cancellation);
        else foreach (var line in PropertyText.Lines(outputs)) host.Terminal.Write(line);
        return ExitCodes.Success;
    }

    private static string Json(PropertyMap outputs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented)) PropertyJson.Write(writer, outputs);
        return $"{Encoding.UTF8.GetString(buffer.WrittenSpan)}\n";
    }
}
