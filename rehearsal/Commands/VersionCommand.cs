using System.CommandLine;
using System.Reflection;

namespace Rehearsal.Commands;

/// <summary><c>version</c>: which build this is.</summary>
internal sealed class VersionCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var command = new Command("version", "Say which version this is, and which .NET runs it.");
        command.SetAction(_ =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
            host.Terminal.Write($"Studio Platform rehearsal {version}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
            return ExitCodes.Success;
        });
        return command.WithExamples("./platform version");
    }
}
