using Infra.Databases;
using Pulumi;
using Pulumi.Aws.Rds;
using Tests.Support;

namespace Tests.Infra.Databases;

// Promise: the database is private, encrypted, copied, and speaks TLS only.
public sealed class RdsPostgresTests
{
    [Fact]
    public async Task TheServer_IsPrivate_EncryptedAndCopied()
    {
        var deployed = await Deployed.Of(() => new RdsPostgres("postgres", Args()));

        deployed.Inputs("postgres").ShouldBe(Deployed.Json("""
            {
              "allocatedStorage": 20, "autoMinorVersionUpgrade": true, "backupRetentionPeriod": 7, "copyTagsToSnapshot": true, "dbName": "workbench",
              "dbSubnetGroupName": "postgres-subnets-1a2b3c4d", "deletionProtection": true, "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
              "engine": "postgres", "engineVersion": "17", "finalSnapshotIdentifier": "studio-test-postgres-final", "identifier": "studio-test-postgres",
              "instanceClass": "db.t4g.medium", "kmsKeyId": "arn:key", "maxAllocatedStorage": 100, "multiAz": true, "parameterGroupName": "postgres-parameters-1a2b3c4d",
              "password": "password-of-postgres-password-value", "publiclyAccessible": false, "skipFinalSnapshot": false, "storageEncrypted": true, "storageType": "gp3",
              "username": "workbench", "vpcSecurityGroupIds": ["postgres-security-group_id"]
            }
            """));
        deployed.Inputs("postgres-parameters").ShouldBe(Deployed.Json("""{ "description": "Managed by Pulumi", "family": "postgres17", "parameters": [{ "applyMethod": "immediate", "name": "rds.force_ssl", "value": "1" }] }"""));
    }

    [Fact]
    public async Task ThePassword_IsSecret()
    {
        var args = await Captured.Of<InstanceArgs>("postgres", options => new RdsPostgres("postgres", Args(), options));

        (await Output.IsSecretAsync(args.Password!.Apply(password => password))).ShouldBeTrue();
    }

    private static RdsPostgresArgs Args() => new()
    {
        ClientSecurityGroupId = "sg-nodes",
        Database = "workbench",
        Identifier = "studio-test-postgres",
        KeyArn = "arn:key",
        Namespace = "posit-workbench",
        Network = AwsParts.Network(),
        Protected = true,
        User = "workbench",
    };
}
