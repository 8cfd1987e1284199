using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Infra.Connect;
using Infra.Manifests;
using Infra.Versions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Whose credential pulls the images; the Secret for it is made.</summary>
public sealed record ImagePullCredentialSettings
{
    /// <summary>Name of the Secret.</summary>
    public static readonly KubernetesName SecretName = KubernetesName.Parse("studios-registry");

    [Setting("User of the registry; the vendor's robots are called robot$private+name.", Example = "robot$private+studios")]
    [Length(1, 255)]
    public required string User { get; init; }

    [Setting("Password of studios.imagePullCredential.user at the registry of the images.")]
    [Secret("registryPassword")]
    public required SecretSetting Password { get; init; }
}

/// <summary>The management port of connect-proxy and connect-server, which has their metrics, and who asks for them.</summary>
public sealed record ConnectMetricsSettings : IChecked
{
    [Setting("Namespace whose pods ask for the metrics. The port takes requests to shut down too, so that nobody else may reach it.", Example = "monitoring")]
    public required KubernetesName Namespace { get; init; }

    [Setting("Port, CONNECT_MANAGEMENT_PORT.")]
    [Range(1024, 65535)]
    public int Port { get; init; } = ManagementPort.DefaultPort;

    [Setting(
        "A ServiceMonitor for the Prometheus operator.",
        Absent = "none: your Prometheus finds the Services connect-proxy-metrics and connect-server-metrics")]
    public ServiceMonitorSettings? ServiceMonitor { get; init; }

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at)
    {
        int[] taken = [ConnectPorts.Ssh, ConnectPorts.Tunnel, ConnectPorts.Listener, .. VersionMatrix.Current.Connect.Select(profile => profile.HttpPort)];
        if (taken.Contains(Port))
        {
            yield return new(
                at[nameof(Port)], "is taken by Connect itself", $"any port but {string.Join(", ", taken.Where(port => port > 1024).Order())}",
                $"port: {ManagementPort.DefaultPort}", $"{Port}");
        }
    }
}

/// <summary>How the Prometheus operator asks for metrics.</summary>
public sealed record ServiceMonitorSettings
{
    [Setting("Path of the metrics. The vendor publishes none; this is where Prometheus looks by itself.")]
    [Form(Form.AbsolutePath)]
    public string Path { get; init; } = MetricsMonitor.DefaultPath;

    [Setting("Time between two requests.")]
    public TimeSpan Interval { get; init; } = MetricsMonitor.DefaultInterval;

    [Setting("Labels by which your Prometheus finds its ServiceMonitors.", Example = "{ release: prometheus }")]
    [Entry(Form.KubernetesKey)]
    [Form(Form.KubernetesLabelValue)]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Certificates that stand in the stack file as PEM text.</summary>
internal static class PemCertificates
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    public static IEnumerable<SettingsProblem> Check(string? text, SettingPath at)
    {
        if (text is null || Problem(text) is not { } what)
        {
            yield break;
        }

        // Whatever it is, it may be a key: it is not shown.
        yield return new(
            at, what, $"one or more PEM certificates, each from {Begin} on", $"write {at.Key}: | and the certificates indented below it",
            SettingsProblem.Hidden);
    }

    private static string? Problem(string text)
    {
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return "holds a private key, which is no certificate and belongs into a secret";
        }

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(text);
            return certificates.Count == 0 ? "holds no certificate" : null;
        }
        catch (CryptographicException)
        {
            return "holds a certificate that cannot be read";
        }
    }
}
