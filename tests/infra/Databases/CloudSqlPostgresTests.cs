using Infra.Databases;
using Pulumi;
using Pulumi.Aws.Rds;
using Pulumi.Gcp.Sql;
using Tests.Support;

namespace Tests.Infra.Databases;

// Promise: the server has no public address, speaks TLS only, and its password is a secret that is made here.
public sealed class CloudSqlPostgresTests
{
    [Fact]
    public async Task TheServer_IsPrivateReplicatedAndBackedUp() =>
        (await Deployed.Of(() => Make()))
            .Inputs("database")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "databaseVersion": "POSTGRES_17",
                      "deletionProtection": false,
                      "name": "studio-test-database",
                      "region": "europe-west1",
                      "settings": { "availabilityType": "REGIONAL", "backupConfiguration": {"backupRetentionSettings": {"retainedBackups": 7, "retentionUnit": "COUNT"}, "enabled": true, "pointInTimeRecoveryEnabled": true, "startTime": "01:00", "transactionLogRetentionDays": 7}, "deletionProtectionEnabled": false, "diskAutoresize": true, "diskSize": 20, "diskType": "PD_SSD", "edition": "ENTERPRISE", "finalBackupConfig": {"enabled": true, "retentionDays": 90}, "ipConfiguration": {"ipv4Enabled": false, "privateNetwork": "projects/example-research/global/networks/test", "sslMode": "ENCRYPTED_ONLY"}, "maintenanceWindow": {"day": 7, "hour": 3, "updateTrack": "stable"}, "retainBackupsOnDelete": true, "tier": "db-custom-2-8192" }
                    }
                    """));

    [Fact]
    public async Task Clients_CheckTheServersAuthority()
    {
        CloudSqlPostgres? database = null;
        var deployed = await Deployed.Of(() => database = Make());

        (
            await Deployed.ValueOf(database!.Host),
            await Deployed.ValueOf(database.Port),
            await Deployed.ValueOf(database.Database),
            await Deployed.ValueOf(database.User)
        ).ShouldBe(("10.41.0.5", 5432, "workbench", "rstudio"));
        (database.SslMode, database.CertificateAuthority!.Key, database.Password.Key).ShouldBe((PostgresSslMode.VerifyCa, "ca.crt", "password"));
        deployed.Inputs("database-authority").ShouldContain("\"ca.crt\": \"SQL-AUTHORITY\\n\"");
    }

    [Fact]
    public async Task ThePassword_IsWhereItIsNeededOnly() => (await Deployed.Of(() => Make())).Plan
        .Where(resource => resource.Value.Contains(MockValues.Password("database-password-value"), StringComparison.Ordinal)).Select(resource => resource.Key)
        .ShouldBe(["gcp:sql/user:User::database-user", "kubernetes:core/v1:Secret::database-password"]);

    [Fact]
    public async Task AnotherRotation_MakesAnotherPassword() =>
        (await Deployed.Of(() => Make(rotation: 2)))
            .Inputs("database-password-value")
            .ShouldBe(Deployed.Json("""{ "keepers": { "rotation": "2" }, "length": 32, "special": false }"""));

    [Fact]
    public async Task InProduction_NeitherCloudSqlNorPulumiDeletesIt()
    {
        var args = await Captured.Of<DatabaseInstanceArgs>("database", options => Make(@protected: true, options: options));
        var options = await Captured.Options<DatabaseInstanceArgs>("database", inherited => Make(@protected: true, options: inherited));

        (await Deployed.ValueOf(args.DeletionProtection!.ToOutput()), options.Protect, options.RetainOnDelete).ShouldBe((true, true, true));
    }

    private static CloudSqlPostgres Make(int rotation = 1, bool @protected = false, ComponentResourceOptions? options = null) => new(
        "database",
        new CloudSqlPostgresArgs
        {
            Database = "workbench",
            InstanceName = "studio-test-database",
            Namespace = "posit-workbench",
            Network = GcpParts.ExistingNetwork(),
            PasswordRotation = rotation,
            Project = GcpParts.Project(),
            Protected = @protected,
            User = "rstudio",
        },
        options);
}

// Promise: the database is private, encrypted, copied, and speaks TLS only.
public sealed class RdsPostgresTests
{
    [Fact]
    public async Task TheServer_IsPrivate_EncryptedAndCopied()
    {
        var deployed = await Deployed.Of(() => new RdsPostgres("postgres", Args()));

        deployed
            .Inputs("postgres")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "allocatedStorage": 20, "allowMajorVersionUpgrade": true, "applyImmediately": false, "autoMinorVersionUpgrade": true,
                      "backupRetentionPeriod": 7, "backupWindow": "01:00-02:00", "copyTagsToSnapshot": true, "dbName": "workbench",
                      "dbSubnetGroupName": "postgres-subnets-1a2b3c4d", "deletionProtection": true, "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
                      "engine": "postgres", "engineVersion": "17", "finalSnapshotIdentifier": "studio-test-postgres-final-1a2b3c4d", "identifier": "studio-test-postgres",
                      "instanceClass": "db.t4g.medium", "kmsKeyId": "arn:key", "maintenanceWindow": "sun:03:00-sun:04:00", "maxAllocatedStorage": 100, "multiAz": true,
                      "password": "password-of-postgres-password-value", "publiclyAccessible": false, "skipFinalSnapshot": false, "storageEncrypted": true, "storageType": "gp3",
                      "username": "workbench", "vpcSecurityGroupIds": ["postgres-security-group_id"]
                    }
                    """));
        new[] { "postgresql", "upgrade" }
            .Select(log => deployed.Inputs($"postgres-{log}-log"))
            .ShouldBe([
                Deployed.Json("""{ "name": "/aws/rds/instance/studio-test-postgres/postgresql", "kmsKeyId": "arn:key", "retentionInDays": 365 }"""),
                Deployed.Json("""{ "name": "/aws/rds/instance/studio-test-postgres/upgrade", "kmsKeyId": "arn:key", "retentionInDays": 365 }"""),
            ]);
    }

    [Fact]
    public async Task Clients_CheckTheServer_WhereTheyKnowItsAuthority()
    {
        RdsPostgres? unknown = null, known = null;
        await Deployed.Of(() => unknown = new RdsPostgres("postgres", Args()));
        var deployed = await Deployed.Of(() => known = new RdsPostgres("postgres", Args("AUTHORITY")));

        (unknown!.SslMode, unknown.CertificateAuthority).ShouldBe((PostgresSslMode.Require, null));
        (known!.SslMode, known.CertificateAuthority!.Key, known.Password.Key).ShouldBe((PostgresSslMode.VerifyFull, "ca.crt", "password"));
        deployed.Inputs("postgres-authority").ShouldContain("\"ca.crt\": \"AUTHORITY\"");
    }

    // 65536 GiB is the most that there is.
    [Theory]
    [InlineData(20, 100)]
    [InlineData(13_107, 65_535)]
    [InlineData(16_384, 65_536)]
    public async Task Storage_GrowsFiveTimes(int storage, int most) =>
        (await Deployed.Of(() => new RdsPostgres("postgres", Args(storage: storage)))).Inputs("postgres").ShouldContain($"\"maxAllocatedStorage\": {most},");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheLastSnapshot_DoesNotHangOnProtection(bool isProtected)
    {
        var kept = await Deployed.Of(() => new RdsPostgres("postgres", Args(isProtected: isProtected)));
        var dropped = await Deployed.Of(() => new RdsPostgres("postgres", Args(isProtected: isProtected, finalSnapshot: false)));

        kept.Inputs("postgres").ShouldContain("\"finalSnapshotIdentifier\": \"studio-test-postgres-final-1a2b3c4d\"");
        dropped.Inputs("postgres").ShouldNotContain("finalSnapshotIdentifier");
        dropped.Inputs("postgres").ShouldContain("\"skipFinalSnapshot\": true");
        dropped.Has("postgres-final-snapshot").ShouldBeFalse();
    }

    [Fact]
    public async Task ThePassword_IsSecret()
    {
        var args = await Captured.Of<InstanceArgs>("postgres", options => new RdsPostgres("postgres", Args(), options));

        (await Output.IsSecretAsync(args.Password!.Apply(password => password))).ShouldBeTrue();
    }

    private static RdsPostgresArgs Args(string? authority = null, int storage = 20, bool isProtected = true, bool finalSnapshot = true) => new()
    {
        CertificateAuthority = authority is null ? null : (Input<string>)authority,
        ClientSecurityGroupId = "sg-nodes",
        Database = "workbench",
        FinalSnapshot = finalSnapshot,
        Identifier = "studio-test-postgres",
        KeyArn = "arn:key",
        Namespace = "posit-workbench",
        Network = AwsParts.Network(),
        Protected = isProtected,
        StorageGiB = storage,
        User = "workbench",
    };
}
