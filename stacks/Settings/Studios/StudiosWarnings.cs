using Infra.Versions;

namespace Stacks.Settings;

/// <summary>What is allowed and still worth a second look.</summary>
public static class StudiosWarnings
{
    public static IEnumerable<string> For(StudiosSettings settings)
    {
        var choices = StudiosChoices.Of(settings);
        if (choices.Images.Deprecated)
        {
            yield return $"platform:studios.connectImages: the images come from {choices.Images.Proxy}, a path that the vendor has deprecated and that needs credentials of its own; "
                + "set connectImages: current once the credentials for enterprise/studios are there.";
        }

        if (settings.Ssh?.Workspaces.All == true && !VersionMatrix.Current.Has(StudiosFeature.EnabledByDefault, settings.Platform.Version, choices.Connect))
        {
            yield return $"platform:studios.ssh.workspaces: all is written as an empty variable, which the documentation of Platform {settings.Platform.Version.Major}.{settings.Platform.Version.Minor} "
                + "also calls 'disabled'; list the workspaces if SSH does not appear.";
        }

        if (settings.Ingress?.Gce is { HealthCheckPath: "/" })
        {
            yield return "platform:studios.ingress.gce.healthCheckPath: Google's balancer takes nothing but 200 for healthy, and the vendor publishes no path of connect-proxy that answers so; "
                + "see whether / does, or name another.";
        }

        if (!settings.PathRouting && settings.Ingress?.Nginx?.ClusterIssuer is { } issuer)
        {
            yield return $"platform:studios.ingress.nginx.clusterIssuer: {issuer} must have a DNS-01 solver, because the sessions need a wildcard certificate and HTTP-01 gives none.";
        }

        if (!settings.PathRouting && settings.Ingress?.Traefik?.CertificateResolver is { } resolver)
        {
            yield return $"platform:studios.ingress.traefik.certificateResolver: {resolver} must use a DNS challenge, because the sessions need a wildcard certificate and other challenges give none.";
        }
    }
}
