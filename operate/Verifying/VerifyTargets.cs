using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Infra.Dns;
using Operate.Deployed;
using Stacks;
using Stacks.Settings;

namespace Operate.Verifying;

/// <summary>A host and a port.</summary>
public sealed record HostPort(string Host, int Port)
{
    private const int HighestPort = 65535;

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads <c>host:2222</c> or <c>[::1]:2222</c>; null where it is neither.</summary>
    public static HostPort? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > HighestPort)
        {
            return null;
        }
        var host = text[..colon];
        if (host is ['[', .. var address, ']'])
        {
            return new HostPort(address, port);
        }
        return host.Contains(':', StringComparison.Ordinal) ? null : new HostPort(host, port);
    }
}

/// <summary>A web address of the platform.</summary>
/// <param name="Role">What answers there: <c>platform</c>, <c>connect</c>, <c>session</c>, <c>workbench</c>.</param>
/// <param name="Url">Where.</param>
/// <param name="Balancer">Host name or address that its name has to lead to; null where nobody knows.</param>
public sealed record WebTarget(string Role, Uri Url, string? Balancer)
{
    public string Host => Url.IdnHost;

    /// <summary>What reports call it: a session's host is another in every run, its wildcard is not.</summary>
    public string Label => Role == "session" ? $"*{Host[Host.IndexOf('.', StringComparison.Ordinal)..]}" : Host;
}

/// <summary>Where SSH into sessions is.</summary>
/// <param name="Endpoint">Host and port that users dial.</param>
/// <param name="Fingerprint">Of the tracked host key, as <c>SHA256:…</c>; null where the outputs do not say.</param>
/// <param name="Balancer">Host name or address that an own host has to lead to; null where nobody knows.</param>
/// <param name="OwnHost">Whether its host is another than connect-proxy's.</param>
public sealed record SshTarget(HostPort Endpoint, string? Fingerprint, string? Balancer, bool OwnHost);

/// <summary>The hosts of a deployed platform.</summary>
public sealed record VerifyTargets
{
    public WebTarget? Platform { get; init; }

    public WebTarget? Connect { get; init; }

    /// <summary>A host below the wildcard that no session has; null with path routing.</summary>
    public WebTarget? Session { get; init; }

    public WebTarget? Workbench { get; init; }

    public SshTarget? Ssh { get; init; }

    /// <summary>Where nothing answers yet: the Platform is to be installed.</summary>
    public bool PlatformIsAbsent { get; init; }

    /// <summary>Address of the Platform's health; null where it has none of these stacks.</summary>
    public string? HealthUrl { get; init; }

    /// <summary>Address that lists the templates, to which the id of a workspace has to be added.</summary>
    public string? TemplatesUrl { get; init; }

    /// <summary>Keys of the templates that must be listed.</summary>
    public ImmutableArray<string> Templates { get; init; } = [];

    /// <summary>Whether the stack has Studios, on the cluster or by Docker Compose.</summary>
    public bool HasStudios => Connect is not null;

    /// <summary>The web addresses of Studios that there are.</summary>
    public ImmutableArray<WebTarget> Web => [.. new[] { Platform, Connect, Session }.OfType<WebTarget>()];

    public static VerifyTargets Of(DeployedOutputs outputs, PlatformSettings settings)
    {
        var targets = outputs switch
        {
            { Studios: { } studios } => OfStudios(studios),
            { PlatformInstallation: { } installation } => OfInstallation(installation, settings),
            { Compose: { } compose } => OfCompose(compose),
            _ => new VerifyTargets(),
        };
        return outputs.Workbench is { } workbench && Address(workbench.Text(nameof(WorkbenchOutputs.Url))) is { } url
            ? targets with { Workbench = new WebTarget("workbench", url, workbench.Text(nameof(WorkbenchOutputs.LoadBalancer))) } : targets;
    }

    private static VerifyTargets OfStudios(ExportedPart<StudiosOutputs> studios)
    {
        var expected = studios.Part<StudiosExpectations>(nameof(StudiosOutputs.Expected));
        var balancer = studios.Text(nameof(StudiosOutputs.LoadBalancer));
        var health = expected?.Text(nameof(StudiosExpectations.HealthUrl));
        var connect = Address(studios.Text(nameof(StudiosOutputs.ConnectUrl)));
        var wildcard = expected?.Texts(nameof(StudiosExpectations.Hosts)).FirstOrDefault(host => host.StartsWith("*.", StringComparison.Ordinal));
        var endpoint = HostPort.TryParse(expected?.Text(nameof(StudiosExpectations.SshEndpoint)) ?? "");
        var own = endpoint is not null && endpoint.Host != connect?.IdnHost;
        return new VerifyTargets
        {
            Platform = Address(health) is { } platform ? new WebTarget("platform", new Uri(platform, "/"), null) : null,
            Connect = connect is null ? null : new WebTarget("connect", connect, balancer),
            Session = connect is null || wildcard is null ? null : new WebTarget("session", Below(connect, wildcard), balancer),
            Ssh = endpoint is null ? null : new SshTarget(
                endpoint, studios.Text(nameof(StudiosOutputs.SshFingerprint)), own ? studios.Text(nameof(StudiosOutputs.SshLoadBalancer)) : null, own),
            HealthUrl = health,
            TemplatesUrl = expected?.Text(nameof(StudiosExpectations.TemplatesUrl)),
            Templates = expected?.Texts(nameof(StudiosExpectations.Templates)) ?? [],
        };
    }

    private static VerifyTargets OfInstallation(ExportedPart<PlatformInstallationOutputs> installation, PlatformSettings settings)
    {
        var balancer = installation.Text(nameof(PlatformInstallationOutputs.LoadBalancer));
        return new VerifyTargets
        {
            PlatformIsAbsent = true,
            Platform = Address(installation.Text(nameof(PlatformInstallationOutputs.ServerUrl))) is { } url ? new WebTarget("platform", url, balancer) : null,
            Connect = settings.Studios is { ConnectUrl: var connect } ? new WebTarget("connect", new Uri($"{connect}"), balancer) : null,
            Session = settings.Studios is { Routing: SessionRouting.Subdomain { Wildcard: var wildcard }, ConnectUrl: var beside }
                ? new WebTarget("session", Below(new Uri($"{beside}"), wildcard.Text), balancer) : null,
        };
    }

    private static VerifyTargets OfCompose(ExportedPart<ComposeOutputs> compose)
    {
        var balancer = compose.Text(nameof(ComposeOutputs.LoadBalancer));
        var (platform, connect) = (Address(compose.Text(nameof(ComposeOutputs.PlatformUrl))), Address(compose.Text(nameof(ComposeOutputs.ConnectUrl))));
        return new VerifyTargets
        {
            Platform = platform is null ? null : new WebTarget("platform", platform, balancer),
            Connect = connect is null ? null : new WebTarget("connect", connect, balancer),
            // The rule of Data Studios: sessions live beside the connect host
            Session = connect is not null && DomainName.TryParse(connect.IdnHost, out var host) && host.Labels.Count > 2
                ? new WebTarget("session", Below(connect, $"*.{host.Parent()}"), balancer) : null,
            HealthUrl = platform is null ? null : $"{new Uri(platform, "/health")}",
        };
    }

    // A name that nobody has, so that only the wildcard can answer
    private static Uri Below(Uri beside, string wildcard)
        => new UriBuilder(beside) { Host = $"verify-{RandomNumberGenerator.GetHexString(8, lowercase: true)}{wildcard[1..]}", Path = "/" }.Uri;

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url : null;
}
