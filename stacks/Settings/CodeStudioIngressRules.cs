using Infra.CodeStudios;
using Infra.Dns;

namespace Stacks.Settings;

/// <summary>Whether every path leads somewhere, and nobody comes in who may not.</summary>
internal static class CodeStudioIngressRules
{
    // Let's Encrypt, "Rate Limits", New Certificates per Exact Set of Identifiers: five in seven days (read 2026-11-26).
    private const int MostEqualCertificates = 5;

    public static IEnumerable<SettingsProblem> Check(CodeStudioIngressSettings ingress, CodeStudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        var here = at[nameof(settings.Ingress)];
        var studios = CodeStudioRules.All(settings, at).ToList();
        return
        [
            .. CheckSignIn(ingress, here),
            .. CheckHost(ingress, platform, here),
            .. CheckTls(ingress, studios.Count, here),
            .. CheckPaths(studios),
            .. studios.SelectMany(studio => CheckPrefixes(studio.Studio, studio.At)),
        ];
    }

    private static IEnumerable<SettingsProblem> CheckSignIn(CodeStudioIngressSettings ingress, SettingPath here)
    {
        if (ingress is { SignIn: null, Open: not true })
        {
            yield return new(
                here[nameof(ingress.SignIn)], "is missing, and with it everybody who reaches the host runs code in every Code Studio",
                ingress.AsksSignIn ? "signIn, or open: true" : "open: true, where something before the host asks who comes",
                ingress.AsksSignIn
                    ? "signIn: { address: http://oauth2-proxy.sign-in.svc.cluster.local/oauth2/auth }"
                    : "traefik or nginx with signIn, or open: true where the network or a proxy keeps others away");
        }
        else if (ingress is { SignIn: { } signIn, AsksSignIn: false })
        {
            yield return new(
                here[nameof(ingress.SignIn)], "is nothing that this controller can be told to ask", "absent with alb and gateway",
                "take traefik or nginx, or have something before the host ask and say open: true", signIn.Address);
        }
        else if (ingress is { SignIn: { } asked, Open: true })
        {
            yield return new(
                here[nameof(ingress.Open)],
                "is given beside signIn, which closes the door",
                "one of the two",
                "remove open",
                $"true, {asked.Address}");
        }

        if (ingress is TraefikCodeStudioSettings { SignIn.Page: { } page })
        {
            yield return new(
                here[nameof(ingress.SignIn)][nameof(ingress.SignIn.Page)],
                "is read by nginx only: Traefik hands the answer of the service on",
                "absent with traefik",
                "remove page, and have the service itself send browsers to it",
                page);
        }
    }

    private static IEnumerable<SettingsProblem> CheckHost(CodeStudioIngressSettings ingress, PlatformSettings platform, SettingPath here)
    {
        if (ingress.Host.IsWildcard)
        {
            yield return new(
                here[nameof(ingress.Host)],
                "is a wildcard, and Code Studios have paths of one host",
                "a host",
                "host: studios.example.com",
                ingress.Host.Text);
        }

        IEnumerable<DomainName> taken =
        [
            .. platform.Dns?.HostsOf(platform.Studios) ?? (platform.Studios is { } studios ? [studios.ConnectUrl.Host, studios.Platform.Url.Host] : []),
            .. platform.Workbench?.Ingress is { } workbench ? new[] { workbench.Host } : [],
        ];
        if (taken.Contains(ingress.Host))
        {
            yield return new(
                here[nameof(ingress.Host)], "is a host of Seqera Platform, Studios or Workbench, whose Ingress would compete for requests", "a host of its own",
                "host: code-studios.example.com", ingress.Host.Text);
        }
    }

    private static IEnumerable<SettingsProblem> CheckTls(CodeStudioIngressSettings ingress, int studios, SettingPath here)
    {
        if (ingress is NginxCodeStudioSettings { ClusterIssuer: { } issuer } && studios > MostEqualCertificates)
        {
            yield return SettingsProblem.Warning(
                here["nginx"][nameof(NginxCodeStudioSettings.ClusterIssuer)],
                $"issues the same certificate in {studios} namespaces, and Let's Encrypt gives {MostEqualCertificates} of a kind in a week",
                "tlsSecret, or the controller's default certificate, with more Code Studios than that",
                "have one certificate copied into the namespaces, or give it to nginx as default-ssl-certificate", issuer);
        }

        if (ingress is TraefikCodeStudioSettings { CertificateResolver: { } resolver, TlsSecret: not null })
        {
            yield return new(
                here["traefik"][nameof(TraefikCodeStudioSettings.CertificateResolver)],
                "is given beside tlsSecret, and Traefik shows one certificate",
                "one of the two",
                "remove one of them",
                resolver);
        }
    }

    private static IEnumerable<SettingsProblem> CheckPaths(List<(string Template, string Name, CodeStudioSettings Studio, SettingPath At)> studios)
    {
        var paths = studios
            .SelectMany(studio =>
                new[] { (studio.At[nameof(studio.Studio.PathPrefix)], studio.Studio.PathIn(studio.Template, studio.Name)) }.Concat(
                    studio.Studio.Webapp is { } webapp
                        ? [(studio.At[nameof(studio.Studio.Webapp)][nameof(webapp.PathPrefix)], webapp.PathIn(studio.Template, studio.Name))]
                        : []))
            .ToList();
        foreach (var (index, (at, path)) in paths.Index())
        {
            foreach (var (otherAt, other) in paths[..index].Where(other => $"{other.Item2}/".StartsWith($"{path}/", StringComparison.Ordinal)
                || $"{path}/".StartsWith($"{other.Item2}/", StringComparison.Ordinal)))
            {
                yield return new(
                    at, $"and {otherAt}, {other}, lie in each other, so that one would get the other's requests", "a prefix of its own",
                    "remove pathPrefix for one that no other has", path);
            }
        }
    }

    private static IEnumerable<SettingsProblem> CheckPrefixes(CodeStudioSettings studio, SettingPath at)
    {
        foreach (var (here, prefix) in new[]
        {
            (at[nameof(studio.PathPrefix)], studio.PathPrefix),
            (at[nameof(studio.Webapp)][nameof(CodeStudioWebappSettings.PathPrefix)], studio.Webapp?.PathPrefix),
        })
        {
            if (prefix is not null && PodVariables.AreIn(prefix))
            {
                yield return new(
                    here, "differs from pod to pod, and no rule of an Ingress can name it", "a prefix without variables beside ingress",
                    "remove the variable, or codeStudios.ingress", prefix);
            }
        }
    }
}
