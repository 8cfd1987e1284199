using System.Text.Json.Nodes;
using Infra.Databases;
using Stacks.Settings;
using Tests.Stacks.Settings.Aws;
using Tests.Stacks.Settings.Gcp;
using Tests.Support;

namespace Tests.Stacks.Settings;

// Promise: a database that could not be made, reached or kept is refused in the stack file with the way out, and a password is never shown.
public sealed class PostgresRulesTests
{
    private const string Server = "\"address\": \"postgres.example.com:5432\"";

    private static readonly PlatformSettings OnAws = AwsSample.Read().Settings;
    private static readonly PlatformSettings OnGcp = GcpSample.Read().Settings;

    [Theory]
    [InlineData("""{ "rds": {} }""")]
    [InlineData("""{ "rds": { "version": 15, "instanceClass": "db.t4g.small", "storageGiB": 16384 } }""")]
    [InlineData("""{ "rds": { "backupWindow": "03:00-03:30", "maintenanceWindow": "tue:03:30-tue:04:00" } }""")]
    [InlineData($$"""{ "existing": { {{Server}} } }""")]
    [InlineData($$"""{ "existing": { {{Server}}, "sslMode": "verifyFull", "user": "posit-wb@server", "database": "_wb.1" } }""")]
    public void Takes(string json) => PostgresSample.Messages(OnAws with { Production = true }, json).ShouldBeEmpty();

    [Theory]
    [InlineData(1, 4)]
    [InlineData(1, 6)]
    [InlineData(2, 13)]
    [InlineData(96, 87)]
    [InlineData(96, 624)]
    public void Takes_MachinesOfCloudSql(int processors, int memory) => PostgresSample.Messages(
        OnGcp with { Production = true }, $$"""{ "cloudSql": { "processors": {{processors}}, "memoryGiB": {{memory}} } }""").ShouldBeEmpty();

    [Theory]
    [InlineData(1, 7, "4 to 6", 6)]
    [InlineData(2, 14, "4 to 13", 13)]
    [InlineData(8, 7, "8 to 52", 8)]
    [InlineData(96, 86, "87 to 624", 87)]
    public void Rejects_MemoryThatCloudSqlDoesNotGive(int processors, int memory, string allowed, int nearest) =>
        PostgresSample.Messages(OnGcp, $$"""{ "cloudSql": { "processors": {{processors}}, "memoryGiB": {{memory}} } }""").ShouldBe([
            $"""
            platform:workbench.database.cloudSql.memoryGiB: is not what Cloud SQL gives to {processors} processors
              given:   {memory}
              allowed: {allowed}
              fix:     memoryGiB: {nearest}, or another number of processors
            """,
        ]);

    [Theory]
    [InlineData("rds", "version", "14", "is not one of the values there are")]
    [InlineData("rds", "version", "18", "is not one of the values there are")]
    [InlineData("rds", "storageGiB", "19", "is out of range")]
    [InlineData("rds", "storageGiB", "16385", "is out of range")]
    [InlineData("rds", "backupRetentionDays", "36", "is out of range")]
    [InlineData("rds", "passwordRotation", "0", "is out of range")]
    [InlineData("rds", "instanceClass", "\"m7g.large\"", "is not an instance class of RDS")]
    [InlineData("rds", "instanceClass", "\"cache.m7g.large\"", "is not an instance class of RDS")]
    [InlineData("rds", "instanceClass", "\"db.t4g.micro\"", "has 1 GiB of memory, and Posit asks for 2 at least")]
    [InlineData("rds", "backupWindow", "\"01:00-01:29\"", "is shorter than RDS takes")]
    [InlineData("rds", "maintenanceWindow", "\"sun:23:50-mon:00:10\"", "is shorter than RDS takes")]
    [InlineData("rds", "backupWindow", "\"03:30-04:30\"", "overlaps with maintenanceWindow, sun:03:00-sun:04:00, and RDS wants them apart")]
    [InlineData("rds", "certificateAuthority", "\"no certificate\"", "holds no certificate")]
    [InlineData("rds", "user", "\"someone\"", "is not a key of this platform")]
    [InlineData("cloudSql", "storageGiB", "9", "is out of range")]
    [InlineData("cloudSql", "processors", "3", "is odd, and Cloud SQL has no such machine")]
    [InlineData("cloudSql", "processors", "98", "is out of range")]
    [InlineData("cloudSql", "memoryGiB", "3", "is out of range")]
    [InlineData("cloudSql", "memoryGiB", "625", "is out of range")]
    [InlineData("cloudSql", "backups", "0", "is out of range")]
    [InlineData("cloudSql", "backups", "366", "is out of range")]
    [InlineData("existing", "sslMode", "\"verify-full\"", "is not one of disable, allow, prefer, require, verifyCa, verifyFull")]
    [InlineData("existing", "database", "\"work bench\"", "is not a name of PostgreSQL")]
    [InlineData("existing", "database", "\"Workbench\"", "is not a name of PostgreSQL")]
    [InlineData("existing", "user", "\"1st\"", "is not a name of PostgreSQL")]
    [InlineData("existing", "user", "\"posit\\npassword=x\"", "is not a name of PostgreSQL")]
    public void Rejects_WhatIsOutOfBounds(string kind, string key, string value, string what) =>
        PostgresSample.Messages(kind == "cloudSql" ? OnGcp : OnAws, Json(kind, key, value)).ShouldHaveSingleItem()
            .ShouldStartWith($"platform:workbench.database.{kind}.{key}: {what}\n");

    [Theory]
    [InlineData("postgres.example.com", "has no port", false)]
    [InlineData("postgres.example.com:0", "has no port from 1 to 65535", false)]
    [InlineData("fd00::5:5432", "is an IPv6 address, and a client would take its end for the port", false)]
    [InlineData("postgresql://postgres.example.com/workbench", "has a scheme", false)]
    [InlineData("postgresql://posit@postgres.example.com", "has a scheme", false)]
    [InlineData("posit@postgres.example.com:5432", "has no host name or address before the port", false)]
    [InlineData("localhost:5432", "is each pod's own machine as the pod sees it", false)]
    [InlineData("127.0.0.1:5432", "is each pod's own machine as the pod sees it", false)]
    [InlineData("/var/run/postgresql:5432", "has no host name or address before the port", false)]
    [InlineData("Postgres.example.com:5432", "has no host name or address before the port", false)]
    [InlineData("postgresql://posit:hunter2@postgres.example.com/workbench", "has a password inside", true)]
    [InlineData("postgres://posit:hunter2@10.0.0.5:5432", "has a password inside", true)]
    [InlineData("postgres://posit:hunter2/?#@10.0.0.5:5432", "has a password inside", true)]
    [InlineData("postgresql://postgres.example.com/workbench?user=posit&password=hunter2", "has a password inside", true)]
    [InlineData("host=postgres.example.com password=hunter2", "has a password inside", true)]
    [InlineData("posit:hunter2@postgres.example.com", "has a password inside", true)]
    [InlineData("posit:hunter2@postgres.example.com:5432", "has a password inside", true)]
    public void Rejects_WhatIsNoAddress(string address, string what, bool hidden)
    {
        var message = PostgresSample.Messages(OnAws, Json("existing", "address", $"\"{address}\"")).ShouldHaveSingleItem();

        message.ShouldStartWith($"platform:workbench.database.existing.address: {what}\n  given:   {(hidden ? "[secret]" : address)}\n");
        message.ShouldNotContain("hunter2");
    }

    // A password does not become harmless in another setting.
    [Theory]
    [InlineData("rds", "instanceClass")]
    [InlineData("existing", "database")]
    [InlineData("existing", "user")]
    public void APassword_IsHiddenWhereverItStands(string kind, string key) =>
        PostgresSample.Messages(OnAws, Json(kind, key, "\"postgres://posit:hunter2@db.example.com/workbench\"")).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(message => message.ShouldContain("given:   [secret]"), message => message.ShouldNotContain("hunter2"));

    [Theory]
    [InlineData("disable")]
    [InlineData("require")]
    public void Rejects_AnAuthorityThatIsNeverAsked(string sslMode) => PostgresSample.Messages(
        OnAws, $$"""{ "existing": { {{Server}}, "sslMode": "{{sslMode}}", "certificateAuthority": {{ExampleAuthority.Json}} } }""").ShouldBe([
        $"""
        platform:workbench.database.existing.sslMode: checks no certificate, and certificateAuthority would never be asked
          given:   {sslMode}
          allowed: verifyCa or verifyFull beside certificateAuthority
          fix:     sslMode: verifyFull, or remove certificateAuthority
        """,
    ]);

    [Theory]
    [InlineData("verifyCa")]
    [InlineData("verifyFull")]
    public void Takes_AnAuthority(string sslMode) => PostgresSample.Messages(
        OnAws, $$"""{ "existing": { {{Server}}, "sslMode": "{{sslMode}}", "certificateAuthority": {{ExampleAuthority.Json}} } }""").ShouldBeEmpty();

    [Theory]
    [InlineData("rds", "multiZone", "false", "warning: ", "leaves a production stack without its database while a zone is away")]
    [InlineData("rds", "finalSnapshot", "false", "warning: ", "leaves nothing of a production stack's database when its server is deleted")]
    [InlineData("rds", "backupRetentionDays", "0", "", "leaves a production stack without backups")]
    [InlineData("cloudSql", "multiZone", "false", "warning: ", "leaves a production stack without its database while a zone is away")]
    [InlineData("cloudSql", "finalBackup", "false", "warning: ", "leaves nothing of a production stack's database when its server is deleted")]
    [InlineData("existing", "sslMode", "\"prefer\"", "",
        "lets a production stack send its password and data where anybody in the network can read them")]
    public void InProduction_WhatLosesDataIsSaid(string kind, string key, string value, string level, string what)
    {
        var platform = kind == "cloudSql" ? OnGcp : OnAws;

        PostgresSample.Messages(platform with { Production = true }, Json(kind, key, value)).ShouldHaveSingleItem()
            .ShouldStartWith($"{level}platform:workbench.database.{kind}.{key}: {what}\n");
        PostgresSample.Messages(platform with { Production = false }, Json(kind, key, value)).ShouldBeEmpty();
    }

    [Fact]
    public void Rejects_RdsBesideAnotherCluster() => PostgresSample.Messages(OnGcp, """{ "rds": {} }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.database.rds: needs the VPC of the cluster, and the stack file does not say it\n");

    [Fact]
    public void Rejects_CloudSqlBesideAnotherCluster() => PostgresSample.Messages(OnAws, """{ "cloudSql": {} }""").ShouldHaveSingleItem()
        .ShouldStartWith("platform:workbench.database.cloudSql: needs a GKE cluster, and the stack file does not describe one\n");

    [Fact]
    public void AnExistingServer_HasDefaults()
    {
        var settings = (ExistingPostgresSettings)PostgresSample.Bind($$"""{ "existing": { {{Server}} } }""").Settings!;

        (settings.Database, settings.User, settings.Password!.Key, settings.SslMode)
            .ShouldBe(("workbench", "workbench", "workbenchDatabasePassword", PostgresSslMode.Require));
    }

    [Fact]
    public void Rejects_TwoPasswords() => PostgresSample.Messages(OnAws, Json("existing", "passwordSecret", "\"workbench-db\"")).ShouldBe([
        """
        platform:workbench.database.existing.passwordSecret: is given beside platform:workbenchDatabasePassword, and only one can be read
          given:   workbench-db
          allowed: one of the two
          fix:     pulumi config rm platform:workbenchDatabasePassword, or remove passwordSecret
        """,
    ]);

    [Fact]
    public void Rejects_NoPassword() => PostgresSample.Messages(OnAws, Json("existing", "database", "\"workbench\""), isSealed: false).ShouldBe([
        """
        platform:workbench.database.existing.passwordSecret: is missing, and so is platform:workbenchDatabasePassword
          allowed: one of the two
          fix:     pulumi config set --secret platform:workbenchDatabasePassword <value>, or passwordSecret: <name>
        """,
    ]);

    [Fact]
    public void Takes_ASecretThatOthersLookAfter() =>
        PostgresSample.Messages(OnAws, Json("existing", "passwordSecret", "\"workbench-db\""), isSealed: false).ShouldBeEmpty();

    private static string Json(string kind, string key, string value)
    {
        var settings = JsonNode.Parse(kind == "existing" ? $"{{ {Server} }}" : "{}")!;
        settings[key] = JsonNode.Parse(value);
        return new JsonObject { [kind] = settings }.ToJsonString();
    }
}
