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
    public Command Build(CommandHost host)
    {
        var stack = new Option<string?>("--stack", "-s") { Description = "Only what building, and this stack, need.", HelpName = "STACK" };
        var offline = new Option<bool>("--offline") { Description = "Ask no feed of packages." };
        var format = SharedOptions.Format("How to print it.", "text", "json");
        var command = new Command("doctor", "Say what this machine has and lacks for building, previews and deployments.")
        {
            stack, offline, format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var clone = ProjectFile.FindFolder(host.OwnFolder) ?? ProjectFile.FindFolder(host.CurrentFolder)
                ?? throw new BadInputException(
                    $"There is no {ProjectFile.FileName} in {host.CurrentFolder} or above it.", "Run ./platform of a clone of the repository.");
            var needs = parsed.GetValue(stack) is { } name ? Needs(host, name) : null;
            var diagnosis = await LookAsync((machine ?? Surroundings.Of)(host, clone), needs, parsed.GetValue(offline), cancellation);
            if (parsed.GetValue(format) == "json")
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
            "./platform doctor --json           for other programs")
            .WithExitCodes((ExitCodes.Failure, "Something is missing that building or previews need."));
    }

    private static StackNeeds Needs(CommandHost host, string name)
    {
        var (stack, project, file) = StackTarget.FindFile(host, name, configFile: null);
        return StackNeeds.Read(project, stack, file);
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
