using System.Collections.Immutable;
using Infra.Dns;
using Pulumi;
using Stacks.Settings;

namespace Stacks;

/// <summary>What the operators of Seqera Platform, load balancer and DNS need to know of Studios.</summary>
/// <param name="ConnectUrl">Value of TOWER_DATA_STUDIO_CONNECT_URL.</param>
/// <param name="ProxyService">Service that the load balancer sends connect and session hosts to, port 80.</param>
/// <param name="ServerService">Headless Service of the tunnels.</param>
/// <param name="RegistrationTokenSecret">Secret for TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN of the Platform backend.</param>
/// <param name="SigningKeySecret">Secret with <c>oidc.pem</c>, which backend and cron mount.</param>
/// <param name="SshHostKeySecret">Secret with the SSH host key; null without SSH.</param>
/// <param name="SshFingerprint">Value of TOWER_DATA_STUDIO_CONNECT_SSH_KEY_FINGERPRINT; null without SSH.</param>
[Exported]
public sealed record StudiosOutputs(
    Output<string> ConnectUrl,
    Output<string> ProxyService,
    Output<string> ServerService,
    Output<string> RegistrationTokenSecret,
    Output<string> SigningKeySecret,
    Output<string>? SshHostKeySecret,
    Output<string>? SshFingerprint)
{
    /// <summary>Host name or address that the connect and session hosts must resolve to; null where they are routed elsewhere.</summary>
    public Output<string>? LoadBalancer { get; init; }

    /// <summary>Host name or address that an own SSH host must resolve to; null without one.</summary>
    public Output<string>? SshLoadBalancer { get; init; }

    /// <summary>Files by name that the Platform's operator has to apply; null where this program patches the Platform.</summary>
    public Output<ImmutableDictionary<string, string>>? PlatformChanges { get; init; }

    /// <summary>What must be true once everything runs.</summary>
    public required StudiosExpectations Expected { get; init; }
}

/// <summary>What must be true once everything runs: for the checks after a deployment, and for DNS records and certificates that are made by hand.</summary>
/// <param name="Hosts">Names that must resolve to the load balancer and be on its certificate.</param>
/// <param name="ConnectVersion">Version that connect-server and connect-proxy run.</param>
/// <param name="HealthUrl">Answers with status UP.</param>
/// <param name="TemplatesUrl">Lists the templates; <c>workspaceId</c> has to be added.</param>
/// <param name="Templates">Keys of the templates that it must list.</param>
/// <param name="SshEndpoint">Host and port of SSH; null without SSH.</param>
/// <param name="SshCommand">How users connect; null without SSH.</param>
[Exported]
public sealed record StudiosExpectations(
    ImmutableArray<string> Hosts,
    string ConnectVersion,
    string HealthUrl,
    string TemplatesUrl,
    ImmutableArray<string> Templates,
    string? SshEndpoint,
    string? SshCommand)
{
    public static StudiosExpectations For(StudiosSettings settings, StudiosChoices choices)
    {
        var hosts = choices.Address.Hosts;
        List<string> names = [hosts.Connect.Text];
        if (hosts.Sessions is SessionRouting.Subdomain subdomain)
        {
            names.Add(subdomain.Wildcard.Text);
        }

        var ssh = settings.Ssh is null ? null : settings.Ssh.OwnHost?.Host ?? hosts.Connect;
        return new(
            [.. names],
            choices.Connect.ToString(),
            $"{choices.Address.Platform}/health",
            $"{choices.Address.Platform}/api/studios/templates?workspaceId=",
            [.. choices.Templates.Select(template => template.Key)],
            ssh is null ? null : $"{ssh}:{settings.Ssh!.Port}",
            // Two at signs: ssh splits at the last one.
            ssh is null ? null : $"ssh -p {settings.Ssh!.Port} <user>@<session>@{ssh}");
    }
}
