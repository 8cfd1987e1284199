using System.Collections.Immutable;

namespace Infra.CodeStudios;

/// <summary>Command lines for those who use a Code Studio.</summary>
public static class StudioCommands
{
    /// <summary>The custom actions of a template by name, each as the command that runs it in the pod.</summary>
    public static ImmutableSortedDictionary<string, string> Actions(CodeStudioState state, string namespaceName) => state.Actions
        .ToImmutableSortedDictionary(action => action.Name, action => Command(action, namespaceName), StringComparer.Ordinal);

    /// <summary>What makes every port of a studio reachable on one's own machine; null where there is none.</summary>
    public static string? PortForward(StudioLaunch launch, string namespaceName) =>
        launch.Ports.IsEmpty
            ? null
            : $"kubectl --namespace {namespaceName} port-forward service/{launch.Name} {Ports(launch)}";

    /// <summary>Addresses by port: below a host, or on one's own machine behind <see cref="PortForward"/>, where no prefix is taken away.</summary>
    public static ImmutableSortedDictionary<string, string> Addresses(StudioLaunch launch, string? host) => launch.Ports.ToImmutableSortedDictionary(
        PortNames.Of,
        port => host is not null ? $"https://{host}{launch.PathOf(port)}/"
            : ProxiedUrlSuffixes.KeepsPrefix(port.ProxiedUrlSuffix) ? $"http://localhost:{BlockChecks.Text(port.Port)}{launch.PathOf(port)}/"
            : $"http://localhost:{BlockChecks.Text(port.Port)}{port.ProxiedUrlSuffix}",
        StringComparer.Ordinal);

    private static string Ports(StudioLaunch launch) => string.Join(' ', launch.Ports.Select(port => BlockChecks.Text(port.Port)));

    // In the background it goes on when kubectl has ended, and what it prints is where the next shell finds it.
    private static string Command(CustomAction action, string namespaceName)
    {
        var exec = $"kubectl --namespace {namespaceName} exec deployment/studio --container studio --";
        return action.Behaviour is ActionBehaviour.WaitForOutput
            ? $"{exec} {action.PathInImage}"
            : $"{exec} bash -c {StudioPath.Quoted($"nohup {action.PathInImage} >/tmp/action-{StudioPath.Word(action.Name)}.log 2>&1 </dev/null &")}";
    }
}
