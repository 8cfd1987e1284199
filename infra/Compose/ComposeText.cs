using System.Collections.Immutable;
using Infra.InstalledPlatform;
using Infra.Manifests;
using Infra.Versions;

namespace Infra.Compose;

/// <summary>Compose files: what is laid over the vendor's own for Data Studios, and that own one for a host of this program.</summary>
public static class ComposeText
{
    /// <summary>First line of the file, by which it is known again.</summary>
    public const string OverrideHeader = "# Data Studios beside Seqera Platform, for Docker Compose to read after docker-compose.yml.";

    /// <summary><c>docker-compose.override.yml</c>: connect-proxy and connect-server, and the signing key in backend and cron.</summary>
    public static string Override(ComposeStudios studios) =>
        $"""
        {OverrideHeader}
        # Written from the stack file: changes made here are overwritten. Your own go into a further file, given to docker compose with --file.
        services:
          backend:
            volumes:
              - ./{ComposeFiles.SigningKey}:/{ComposeFiles.SigningKey}:ro
          cron:
            volumes:
              - ./{ComposeFiles.SigningKey}:/{ComposeFiles.SigningKey}:ro
          connect-proxy:
            image: {studios.Proxy}
            platform: linux/amd64
            env_file:
              - {ComposeFiles.Connect}
            networks:
              - frontend
              - backend
            ports:
              - "{ComposePorts.Proxy}:{ComposePorts.Proxy}"
            restart: always
            depends_on:
              - redis
          connect-server:
            image: {studios.Server}
            platform: linux/amd64
            env_file:
              - {ComposeFiles.Connect}
            networks:
              - backend
            ports:
              - "{ComposePorts.Tunnel}:{ComposePorts.Tunnel}"
            restart: always

        """;

    /// <summary><c>docker-compose.yml</c> of a host of this program: the vendor's services, with passwords from files and data below one folder.</summary>
    /// <param name="images">Images of the Platform and of what it needs.</param>
    /// <param name="frontendPort">Port of the host for the Platform's frontend.</param>
    /// <param name="data">Folder of the host that MySQL and Redis keep their data in.</param>
    /// <param name="given">Variables of the Platform that Compose hands on from its own environment.</param>
    public static string Platform(ComposeImages images, int frontendPort, string data, ImmutableArray<string> given)
    {
        var handedOn = string.Concat(given.Select(name => $"\n      - {name}"));
        return $"""
            # Seqera Platform, as the vendor's docker-compose.yml of 24.1 and 24.2 has it. Written from the stack file: changes made here are overwritten.
            services:
              db:
                image: {images.Database}
                platform: linux/amd64
                networks:
                  - backend
                expose:
                  - "3306"
                env_file:
                  - {DatabaseFile}
                healthcheck:
                  test: ["CMD", "mysqladmin", "ping", "-h", "localhost"]
                  timeout: 20s
                  retries: 10
                restart: always
                volumes:
                  - {data}/mysql:/var/lib/mysql
              redis:
                image: {images.Redis}
                platform: linux/amd64
                networks:
                  - backend
                expose:
                  - "6379"
                command: --appendonly yes
                restart: always
                volumes:
                  - {data}/redis:/data
              migrate:
                image: {images.Migrate}
                platform: linux/amd64
                command: -c "/migrate-db.sh"
                networks:
                  - backend
                volumes:
                  - ./{TowerYaml.FileName}:/{TowerYaml.FileName}:ro
                env_file:
                  - {ComposeFiles.Tower}
                environment:
                  - MICRONAUT_ENVIRONMENTS=prod,redis,cron{handedOn}
                restart: "no"
                depends_on:
                  db:
                    condition: service_healthy
              cron:
                image: {images.Backend}
                platform: linux/amd64
                command: -c '/tower.sh'
                networks:
                  - backend
                volumes:
                  - ./{TowerYaml.FileName}:/{TowerYaml.FileName}:ro
                env_file:
                  - {ComposeFiles.Tower}
                environment:
                  - MICRONAUT_ENVIRONMENTS=prod,redis,cron{handedOn}
                restart: always
                depends_on:
                  migrate:
                    condition: service_completed_successfully
              backend:
                image: {images.Backend}
                platform: linux/amd64
                command: -c '/wait-for-it.sh db:3306 -t 60; /tower.sh'
                networks:
                  - frontend
                  - backend
                expose:
                  - "8080"
                volumes:
                  - ./{TowerYaml.FileName}:/{TowerYaml.FileName}:ro
                env_file:
                  - {ComposeFiles.Tower}
                environment:
                  - MICRONAUT_ENVIRONMENTS=prod,redis,ha{handedOn}
                restart: always
                depends_on:
                  - db
                  - redis
                  - cron
              frontend:
                image: {images.Frontend}
                platform: linux/amd64
                networks:
                  - frontend
                ports:
                  - "{frontendPort}:80"
                restart: always
                depends_on:
                  - backend
            networks:
              frontend: {Empty}
              backend: {Empty}

            """;
    }

    /// <summary>Env file of MySQL on a host of this program.</summary>
    public const string DatabaseFile = "db.env";

    private const string Empty = "{}";
}

/// <summary>Images of a Seqera Platform by Docker Compose.</summary>
/// <param name="Backend">The backend, which is cron as well.</param>
/// <param name="Frontend">What browsers talk to.</param>
/// <param name="Migrate">What brings the database's tables to the version.</param>
/// <param name="Database">MySQL.</param>
/// <param name="Redis">Redis.</param>
public sealed record ComposeImages(ImageReference Backend, ImageReference Frontend, ImageReference Migrate, ImageReference Database, ImageReference Redis)
{
    /// <summary>The images of a version.</summary>
    /// <param name="version">Version of the Platform.</param>
    /// <param name="mirror">Registry that holds the vendor's images instead of the vendor's own; null for that.</param>
    public static ComposeImages Of(SemanticVersion version, string? mirror)
    {
        var paths = VersionMatrix.Current.Compose;
        return new(
            Vendor(paths.Backend), Vendor(paths.Frontend), Vendor(paths.Migrate), ImageReference.Parse(paths.Database), ImageReference.Parse(paths.Redis));

        ImageReference Vendor(string repository) => new ImageReference(paths.Registry, repository, $"v{version}").From(mirror);
    }
}
