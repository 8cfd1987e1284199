using Infra.Compose;
using Infra.Storage;
using Pulumi;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Wiring;

namespace Stacks;

/// <summary>The wiring: which components a platform is made of, in the order in which they need each other.</summary>
public static class Platform
{
    /// <summary>Versions of the Pulumi CLI that this program runs with: an older engine ignores <c>replacementTrigger</c>, and with it rotations.</summary>
    public const string RequiredCli = ">=3.208.0";

    /// <summary>
    /// Declares everything that the settings ask for. A function and not a Stack class, so that tests run it in parallel with settings of their own.
    /// </summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="secret">Gives the value of a secret that the settings name.</param>
    public static PlatformOutputs Define(PlatformSettings settings, Func<SecretSetting, Output<string>> secret)
    {
        var stack = new StackContext(settings, secret);
        stack = settings.Aws is { } aws ? stack with { Aws = AwsWiring.Create(aws, stack) } : stack;
        stack = settings.Gcp is { } gcp ? stack with { Gcp = GcpWiring.Create(gcp, stack) } : stack;
        stack = settings.Cluster is { } cluster ? stack with { Cluster = cluster.Match(new ClusterWiring(stack)) } : stack;
        var storage = settings.Storage?.Match(new StorageWiring(stack));
        (ComposeHost Host, ComposeOutputs Outputs)? compose =
            settings.Compose is { Host: { } host } described ? ComposeWiring.Create(described, host, stack) : null;
        if (settings.Backup is { } backup)
        {
            // The rules of the settings let nothing else through.
            BackupWiring.Create(backup, new[] { storage as IBackedUp, compose?.Host }.OfType<IBackedUp>(), stack);
        }

        var outputs = new PlatformOutputs
        {
            Compose = compose?.Outputs,
            Cluster = settings.Cluster is null ? null : ClusterOutputs.Of(stack.Cluster),
            TowerEnvironments = settings.Tower is { } tower ? TowerWiring.Create(tower, storage, stack) : null,
        };
        // Controllers come after a zone of this stack.
        stack = settings switch
        {
            // With a host by Docker Compose the names are its own.
            { Compose.Host: not null } => stack,
            { Dns: { } dns } => dns.Match(new StackZone.Opening(stack)),
            { Cluster: not null } => ControllersWiring.Add(stack),
            _ => stack,
        };
        outputs = settings.Workbench is { } workbench ? outputs with { Workbench = WorkbenchWiring.Create(workbench, storage!, stack) } : outputs;
        outputs = settings.CodeStudios is { } codeStudios ? outputs with { CodeStudios = CodeStudiosWiring.Create(codeStudios, storage, stack) } : outputs;
        return settings.Studios is { } chosen ? WithStudios(outputs, CodeStudioSeqeraRules.With(chosen, settings), stack) : BeforeStudios(outputs, stack);
    }

    private static PlatformOutputs WithStudios(PlatformOutputs outputs, StudiosSettings studios, StackContext stack) => studios.Platform.State switch
    {
        PlatformState.Absent => outputs with { PlatformInstallation = PlatformInstallation(studios, stack) },
        _ => outputs with { Studios = Studios(studios, stack) },
    };

    // What an operator builds first; it stays as it is when Studios is described.
    private static PlatformOutputs BeforeStudios(PlatformOutputs outputs, StackContext stack)
    {
        stack.Settings.Redis?.Match(new RedisWiring(null, null, null, stack));
        return outputs;
    }

    private static PlatformInstallationOutputs PlatformInstallation(StudiosSettings studios, StackContext stack) =>
        PlatformInstallationWiring.Create(studios, DnsWiring.CreateEarly(stack.Zone, studios, stack), stack);

    private static StudiosOutputs Studios(StudiosSettings studios, StackContext stack) => stack.Zone is { } zone
        ? DnsWiring.Create(zone, studios, stack)
        : StudiosWiring.Create(studios, DomainIngress.None with { Annotations = EdgeWiring.Annotations(studios.Ingress, stack) }, stack);
}
