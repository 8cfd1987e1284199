using System.CommandLine;
using Operate.Doctor;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.StackFiles;

namespace Operate.Commands;

/// <summary><c>doctor</c>: what this machine has and lacks for building, previews and deployments.</summary>
/// <param name="machine">Where to look; this machine when not given.</param>
internal sealed class DoctorCommand(Func<CommandHost, string, Surroundings>? machine = null) : ICommand
{
    private static readonly string[] Formats = ["text", "json"];

    public Command Build(CommandHost host)
    {
        var stack = new Option<string?>("--stack", "-s") { Description = "Only what building, and this stack, need.", HelpName = "STACK" };
        var offline = new Option<bool>("--offline") { Description = "Ask no feed of packages." };
        var format = new Option<string>("--format", "-f") { Description = "How to print it: text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong(Formats);
        var json = new Option<bool>("--json", "-j") { Description = "Short for --format json." };
        var command = new Command("doctor", "Say what this machine has and lacks for building, previews and deployments; exit code 1 when it cannot build or preview.")
        {
            stack, offline, format, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var clone = ProjectFile.FindFolder(host.OwnFolder) ?? ProjectFile.FindFolder(host.CurrentFolder)
                ?? throw new BadInputException($"There is no {ProjectFile.FileName} in {host.CurrentFolder} or above it.", "Run ./platform of a clone of the repository.");
            var needs = parsed.GetValue(stack) is { } name ? StackNeeds.Read(ProjectFile.Read(clone), name) : null;
            var diagnosis = await LookAsync((machine ?? Surroundings.Of)(host, clone), needs, parsed.GetValue(offline), cancellation);
            if (parsed.GetValue(json) || parsed.GetValue(format) == "json")
            {
                host.Terminal.Write(DoctorReport.Json(diagnosis));
            }
            else
            {
                DoctorReport.Write(host.Terminal, diagnosis);
            }
            return diagnosis.IsReady ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command.WithExamples(
            "./platform doctor                  everything, with what is missing for what",
            "./platform doctor --stack prod     only what that stack needs: no Google Cloud for one in AWS",
            "./platform doctor --offline        without asking the feeds of packages",
            "./platform doctor --json           for other programs");
    }

    /// <summary>Looks at everything, or at what a stack needs.</summary>
    internal static async Task<Diagnosis> LookAsync(Surroundings around, StackNeeds? stack, bool offline, CancellationToken cancellation)
    {
        var (tools, feeds) = (Tools.AskAsync(around, stack, cancellation), Building.FeedsAsync(around, offline, withNpm: stack is null, cancellation));
        return new Diagnosis(
        [
            await tools,
            new NeedGroup("Building", [Building.Packages(around), .. await feeds, .. Building.Places(around)]),
            new NeedGroup(stack is null ? "Deploying" : $"Deploying {stack.Stack}",
            [
                .. stack is { Aws: false } ? (Need[])[] : [CloudCredentials.Aws(around)],
                .. stack is { Google: false } ? (Need[])[] : [CloudCredentials.Google(around)],
                .. stack is { OwnKubeconfig: false } ? (Need[])[] : [Access.Kubeconfig(around, stack?.Context)],
                .. Access.PulumiLogin(around),
                Access.Passphrase(around, stack?.Sealed),
            ]),
        ]);
    }
}
