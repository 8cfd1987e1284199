using System.Collections.Immutable;
using Infra.InstalledPlatform;

namespace Infra.Compose;

/// <summary>The variables of a Platform on a host of this program.</summary>
public static class HostVariables
{
    // What the secret brings, see ComposeSecrets.Text.
    private static readonly ImmutableArray<string> Secret =
        [PlatformStudios.TokenVariable, "TOWER_CRYPTO_SECRETKEY", "TOWER_DB_PASSWORD", "TOWER_JWT_SECRET"];

    /// <summary>Compute environments that may be added where the operator does not say: those of AWS.</summary>
    private const string Platforms = "awsbatch-platform,eks-platform";

    /// <summary>All that are no secret.</summary>
    /// <param name="studios">What Data Studios needs.</param>
    /// <param name="contactEmail">Sender and contact.</param>
    /// <param name="further">The operator's own, which win where nothing else stands for them.</param>
    public static ImmutableSortedDictionary<string, string> All(
        ComposeStudios studios, string contactEmail, IReadOnlyDictionary<string, string> further)
    {
        var variables = Fixed(studios).ToBuilder();
        variables["TOWER_CONTACT_EMAIL"] = contactEmail;
        variables["TOWER_ENABLE_PLATFORMS"] = Platforms;
        foreach (var (name, value) in further)
        {
            variables[name] = value;
        }

        return variables.ToImmutable();
    }

    /// <summary>Names that settings stand for, or that are as they are.</summary>
    public static ImmutableHashSet<string> Reserved(ComposeStudios studios) =>
        [.. Fixed(studios).Keys, .. Secret, "TOWER_CONTACT_EMAIL", "MICRONAUT_ENVIRONMENTS"];

    // Names and values of the vendor's configuration for MySQL in a container (Seqera Enterprise 24.1, tower.env and configmap.yml; read 2026-11-26).
    private static ImmutableSortedDictionary<string, string> Fixed(ComposeStudios studios) => studios.Tower.SetItems(
    [
        new("FLYWAY_LOCATIONS", "classpath:db-schema/mysql"),
        new("TOWER_DB_DIALECT", "io.seqera.util.MySQL55DialectCollateBin"),
        new("TOWER_DB_DRIVER", "org.mariadb.jdbc.Driver"),
        new("TOWER_DB_URL", "jdbc:mysql://db:3306/tower?permitMysqlScheme=true"),
        new("TOWER_DB_USER", DatabaseUser),
        new("TOWER_REDIS_URL", "redis://redis:6379"),
        new("TOWER_SERVER_URL", studios.Platform.Address.Platform.Text),
    ]);

    /// <summary>Variables of MySQL that are no secret.</summary>
    public static ImmutableSortedDictionary<string, string> Database { get; } = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create("MYSQL_DATABASE", "tower"), KeyValuePair.Create("MYSQL_RANDOM_ROOT_PASSWORD", "yes"),
            KeyValuePair.Create("MYSQL_USER", DatabaseUser),
        ]);

    private const string DatabaseUser = "tower";
}
