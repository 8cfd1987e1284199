using Infra.Clusters;
using Infra.Studios;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The way from users to connect-proxy's SSH server.</summary>
internal static class StudiosSshWiring
{
    /// <summary>Makes the Service; what it returns is its load balancer, null where SSH is off or comes in on the connect host.</summary>
    public static Output<string>? Define(StudiosSettings settings, ICluster cluster, Input<string> space, ComponentResourceOptions options)
    {
        if (settings.Ssh is not { } ssh)
        {
            return null;
        }

        var service = new SshService(
            "ssh",
            new SshServiceArgs
            {
                Namespace = space,
                Plan = Plan(ssh, cluster),
                ExternalDnsHost = ssh.OwnHost is { ExternalDns: true } own ? own.Host.Text : null,
            },
            options);
        return ssh.OwnHost is null ? null : service.LoadBalancer;
    }

    private static SshServicePlan Plan(StudiosSshSettings ssh, ICluster cluster)
    {
        SshExposure exposure = ssh.OwnHost is { } own
            ? new SshExposure.OwnHost(own.Host)
            : new SshExposure.SameHost((ssh.SameHost ?? new SshSameHostSettings()).NodePort);
        return SshServicePlan.Plan(
            exposure,
            ssh.Port,
            ssh.OwnHost?.LoadBalancer ?? cluster.ServiceLoadBalancer,
            internetFacing: ssh.OwnHost?.Internal != true,
            ssh.OwnHost?.SourceRanges ?? []);
    }
}
