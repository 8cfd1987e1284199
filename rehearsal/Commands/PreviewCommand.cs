using System.CommandLine;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary><c>preview STACK</c>: what the program would create.</summary>
internal sealed class PreviewCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, program, configFile, stackOutputs) = (SharedOptions.Stack(), SharedOptions.Program(), SharedOptions.ConfigFile(), SharedOptions.StackOutputs());
        var json = new Option<bool>("--json", "-j") { Description = "Write the plan as JSON, in the shape of `pulumi preview --json`." };
        var command = new Command("preview", "Show what the program would create, without a cloud.") { stack, json, program, configFile, stackOutputs };
        command.SetAction((parsed, cancellation) =>
        {
            var target = StackTarget.Of(host, parsed.GetRequiredValue(stack), parsed.GetValue(program), parsed.GetValue(configFile));
            var request = target.Request(target.Config(host), StackOutputFiles.Read(parsed.GetRequiredValue(stackOutputs), host.CurrentFolder));
            return RunAsync(host, target, request, parsed.GetValue(json), parsed.IsVerbose(), cancellation);
        });
        return command.WithExamples(
            "./platform preview dev                              the plan of Pulumi.dev.yaml as a tree",
            "./platform preview dev --verbose                    with the inputs of every resource",
            "./platform preview prod --json > plan.json          for other tools",
            "./platform preview dev --program 'node index.js'    another Pulumi program, in the current folder");
    }

    private static async Task<int> RunAsync(CommandHost host, StackTarget target, RehearsalRequest request, bool json, bool verbose, CancellationToken cancellation)
    {
        if (!json && !host.Terminal.IsLive) host.Terminal.Write(new Span($"Previewing {target.Stack} ({target.Project.Name})", Ink.Strong));
        if (verbose) host.Terminal.WriteError(new Span($"+ {target.Program.Command} {string.Join(' ', target.Program.Arguments)}", Ink.Faint));
        var result = await Rehearsing.RunAsync(host, request, live: !json, cancellation);
        if (json) PreviewJson.Write(host.Terminal.Output, request, result);
        else PreviewRenderer.Write(host.Terminal, result, verbose);
        if (json && result.Outcome != RehearsalOutcome.Succeeded) DiagnosticRenderer.Write(host.Terminal, result.Diagnostics, verbose, toError: true);
        return ExitCodes.Of(result.Outcome);
    }
}
