namespace Infra.Compose;

/// <summary>What to do with the files once they are written.</summary>
public static class ComposeGuide
{
    public const string FileName = "DATA-STUDIOS.md";

    /// <summary>The guide, for who keeps the host.</summary>
    /// <param name="studios">What the files say.</param>
    /// <param name="frontendPort">Port of the host for the Platform's frontend.</param>
    public static string Text(ComposeStudios studios, int frontendPort)
    {
        var (platform, connect) = (studios.Platform.Address.Hosts.Platform, studios.Platform.Address.Hosts.Connect);
        return $"""
            # Data Studios on this host

            Written by `./platform compose` for Seqera Platform {studios.Platform.Version}. Before the first start:

            1. DNS: `{platform}` and `*.{platform}` resolve to the load balancer, with one certificate for both.
            2. Load balancer, HTTPS on 443: `{platform}` goes to port {frontendPort} of this host; `{connect}` and `*.{platform}` go to port {ComposePorts.Proxy}, behind the exact host.
            3. Firewall: ports {frontendPort} and {ComposePorts.Proxy} of this host take connections of the load balancer only. Port {ComposePorts.Tunnel} takes none from outside.
            4. `docker login {studios.Proxy.Registry}` with the credential for `{studios.Proxy.Repository}`.

            Then, in this folder:

            ```shell
            docker compose config --quiet
            docker compose pull connect-proxy connect-server
            docker compose up -d --force-recreate backend cron connect-proxy connect-server
            docker compose ps
            curl --fail --silent https://{platform}/health
            ```

            A workspace that has them shows the tab Data Studios.

            `{ComposeFiles.Connect}`, `{ComposeFiles.Tower}` and `{ComposeFiles.SigningKey}` hold secrets and belong to their owner alone. Another token
            (`--renew token`) or key (`--renew signing-key`) needs the `up` command again; with another key users sign in to sessions again.

            """;
    }
}
