using System.CommandLine;
using Rehearsal.Manifests;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary><c>manifests STACK -o DIR</c>: the plan's Kubernetes objects as files.</summary>
internal sealed class ManifestsCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, program, configFile, stackOutputs) = (SharedOptions.Stack(), SharedOptions.Program(), SharedOptions.ConfigFile(), SharedOptions.StackOutputs());
        var showSecrets = SharedOptions.ShowSecrets();
        var output = new Option<string>("--output", "-o") { Description = "The folder to write to; made when it is not there.", HelpName = "DIR", Required = true };
        var command = new Command("manifests", "Write one YAML file for every Kubernetes object of the plan.") { stack, output, showSecrets, program, configFile, stackOutputs };
        command.SetAction((parsed, cancellation) =>
        {
            var target = StackTarget.Of(host, parsed.GetRequiredValue(stack), parsed.GetValue(program), parsed.GetValue(configFile));
            var folder = Path.GetFullPath(parsed.GetRequiredValue(output), host.CurrentFolder);
            var request = target.Request(target.Config(host), StackOutputFiles.Read(parsed.GetRequiredValue(stackOutputs), host.CurrentFolder));
            return RunAsync(host, target.Stack, request, folder, parsed.GetValue(showSecrets), parsed.IsVerbose(), cancellation);
        });
        return command.WithExamples(
            "./platform manifests dev -o out                  secrets read <secret>, unknown values <known after up>",
            "./platform manifests dev -o out --show-secrets   for a cluster without Pulumi: keep the folder safe",
            "kubectl apply --dry-run=server -f out            what a cluster thinks of them");
    }

    private static async Task<int> RunAsync(CommandHost host, string stack, RehearsalRequest request, string folder, bool showSecrets, bool verbose, CancellationToken cancellation)
    {
        var result = await Rehearsing.RunAsync(host, request, live: true, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.Of(result.Outcome);
        }

        DiagnosticRenderer.Write(host.Terminal, result.Diagnostics, verbose);
        var files = ManifestFile.Of(stack, KubernetesObjects.Of(result.Plan, showSecrets));
        ManifestFolder.Write(folder, stack, files, @private: showSecrets);
        foreach (var file in verbose ? files : []) host.Terminal.Write($"  {file.Name}");
        host.Terminal.Write($"{files.Count} Kubernetes objects of {stack} in {folder}");
        foreach (var urn in KubernetesObjects.WithoutManifest(result.Plan)) host.Terminal.Write($"No manifest for {urn.Type} ({urn.Name}): it is not a single object.");
        return ExitCodes.Success;
    }
}
