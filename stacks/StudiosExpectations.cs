using System.Collections.Immutable;
using Infra.Dns;
using Stacks.Settings;

namespace Stacks;

/// <summary>What must be true once everything runs: for the checks after a deployment, and for whoever makes DNS records and certificates.</summary>
/// <param name="Hosts">Names that must resolve to the load balancer and be on its certificate.</param>
/// <param name="ConnectVersion">Version that connect-server and connect-proxy run.</param>
/// <param name="HealthUrl">Answers with status UP.</param>
/// <param name="TemplatesUrl">Lists the templates; <c>workspaceId</c> has to be added.</param>
/// <param name="Templates">Keys of the templates that it must list.</param>
/// <param name="SshEndpoint">Host and port of SSH; null without SSH.</param>
/// <param name="SshCommand">How users connect; null without SSH.</param>
public sealed record StudiosExpectations(
    ImmutableArray<string> Hosts,
    string ConnectVersion,
    string HealthUrl,
    string TemplatesUrl,
    ImmutableArray<string> Templates,
    string? SshEndpoint,
    string? SshCommand)
{
    public static StudiosExpectations Of(StudiosSettings settings, StudiosChoices choices)
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
