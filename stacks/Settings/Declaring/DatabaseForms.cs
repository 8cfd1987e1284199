namespace Stacks.Settings.Declaring;

/// <summary>How the sizes of database servers and the names in them are written.</summary>
internal static class DatabaseForms
{
    private const string Size = "(micro|small|medium|large|xlarge|[0-9]{1,3}xlarge)";

    public static TextForm ElastiCacheNodeType { get; } = TextForm.Matching(
        "an instance type",
        "family, generation and size, as in cache.m7g.large",
        "cache.m7g.large",
        $@"^cache\.{NamedForms.OwnedFamily}{Size}$");

    // Which of them a region has, only AWS knows.
    public static TextForm RdsInstanceClass { get; } = TextForm.Matching(
        "an instance class of RDS",
        "family, generation and size, as in db.m7g.large",
        "db.m7g.large",
        $@"^db\.{NamedForms.OwnedFamily}{Size}$");

    // PostgreSQL 17 manual, 4.1.1: 63 bytes, and what is not quoted is folded to lower case. Hyphens, dots and @ are what services put into names of roles.
    public static TextForm PostgresName { get; } = TextForm.Matching(
        "a name of PostgreSQL",
        "up to 63 lower-case letters, digits, underscores, hyphens, dots and @, a letter or an underscore first",
        "workbench",
        "^[a-z_][a-z0-9_@.-]{0,62}$");
}
