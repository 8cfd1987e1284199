using Infra.Cache;
using Infra.Databases;
using Infra.Storage;
using Tests.Support;

namespace Tests.Infra;

// Promise: a component makes these resources and no others, under these names: an engine finds what it made by them.
public sealed class AwsDataChildrenTests
{
    [Fact]
    public async Task ElastiCacheRedis_HasTheseChildren() =>
        (
            await Deployed.Of(options => new ElastiCacheRedis(
                "redis",
                new ElastiCacheRedisArgs
                {
                    ClientSecurityGroupId = "sg-nodes",
                    KeyArn = "arn:key",
                    Namespace = "seqera",
                    Network = AwsParts.Network(),
                    ReplicationGroupId = "studio-test-redis",
                },
                options))
        ).Lineages.ShouldBe([
            "platform:cache:ElastiCacheRedis$aws:cloudwatch/logGroup:LogGroup::redis-logs",
            "platform:cache:ElastiCacheRedis$aws:elasticache/parameterGroup:ParameterGroup::redis-parameters",
            "platform:cache:ElastiCacheRedis$aws:elasticache/replicationGroup:ReplicationGroup::redis",
            "platform:cache:ElastiCacheRedis$aws:elasticache/subnetGroup:SubnetGroup::redis-subnets",
            "platform:cache:ElastiCacheRedis$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::redis-security-group",
            "platform:cache:ElastiCacheRedis$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::redis-security-group-from-clients-6379",
            "platform:cache:ElastiCacheRedis$platform:networks:ServiceSecurityGroup::redis-security-group",
            "platform:cache:ElastiCacheRedis$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::redis-password",
            "platform:cache:ElastiCacheRedis$platform:secrets:GivenSecret::redis-password",
            "platform:cache:ElastiCacheRedis$random:index/randomId:RandomId::redis-final-snapshot",
            "platform:cache:ElastiCacheRedis$random:index/randomPassword:RandomPassword::redis-password-value",
            "platform:cache:ElastiCacheRedis::redis",
        ]);

    [Fact]
    public async Task RdsPostgres_HasTheseChildren() =>
        (
            await Deployed.Of(options => new RdsPostgres(
                "postgres",
                new RdsPostgresArgs
                {
                    ClientSecurityGroupId = "sg-nodes",
                    Database = "workbench",
                    Identifier = "studio-test",
                    Namespace = "workbench",
                    Network = AwsParts.Network(),
                    User = "workbench",
                },
                options))
        ).Lineages.ShouldBe([
            "platform:databases:RdsPostgres$aws:cloudwatch/logGroup:LogGroup::postgres-postgresql-log",
            "platform:databases:RdsPostgres$aws:cloudwatch/logGroup:LogGroup::postgres-upgrade-log",
            "platform:databases:RdsPostgres$aws:rds/instance:Instance::postgres",
            "platform:databases:RdsPostgres$aws:rds/subnetGroup:SubnetGroup::postgres-subnets",
            "platform:databases:RdsPostgres$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::postgres-security-group",
            "platform:databases:RdsPostgres$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::postgres-security-group-from-clients-5432",
            "platform:databases:RdsPostgres$platform:networks:ServiceSecurityGroup::postgres-security-group",
            "platform:databases:RdsPostgres$platform:secrets:GivenSecret$kubernetes:core/v1:Secret::postgres-password",
            "platform:databases:RdsPostgres$platform:secrets:GivenSecret::postgres-password",
            "platform:databases:RdsPostgres$random:index/randomId:RandomId::postgres-final-snapshot",
            "platform:databases:RdsPostgres$random:index/randomPassword:RandomPassword::postgres-password-value",
            "platform:databases:RdsPostgres::postgres",
        ]);

    [Fact]
    public async Task EfsStorage_HasTheseChildren() =>
        (
            await Deployed.Of(options => new EfsStorage(
                "storage",
                new EfsStorageArgs
                {
                    ClientSecurityGroupId = "sg-nodes",
                    DisplayName = "studio-test",
                    KeyArn = "arn:key",
                    Network = AwsParts.Network(),
                },
                options))
        ).Lineages.ShouldBe([
            "platform:storage:EfsStorage$aws:efs/backupPolicy:BackupPolicy::storage-backup",
            "platform:storage:EfsStorage$aws:efs/fileSystem:FileSystem::storage",
            "platform:storage:EfsStorage$aws:efs/mountTarget:MountTarget::storage-target-subnet-1",
            "platform:storage:EfsStorage$aws:efs/mountTarget:MountTarget::storage-target-subnet-2",
            "platform:storage:EfsStorage$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::storage-security-group",
            "platform:storage:EfsStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::storage-security-group-from-clients-2049",
            "platform:storage:EfsStorage$platform:networks:ServiceSecurityGroup::storage-security-group",
            "platform:storage:EfsStorage::storage",
        ]);

    [Fact]
    public async Task FsxLustreStorage_HasTheseChildren() =>
        (
            await Deployed.Of(options => new FsxLustreStorage(
                "storage",
                new FsxLustreStorageArgs
                {
                    CapacityGiB = 1200,
                    ClientSecurityGroupId = "sg-nodes",
                    Deployment = FsxLustreDeployment.Scratch,
                    DisplayName = "studio-test",
                    Network = AwsParts.Network(),
                },
                options))
        ).Lineages.ShouldBe([
            "platform:storage:FsxLustreStorage$aws:fsx/lustreFileSystem:LustreFileSystem::storage",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::storage-security-group",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::storage-security-group-to-clients-1018-1023",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::storage-security-group-to-clients-988",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::storage-security-group-to-itself-1018-1023",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::storage-security-group-to-itself-988",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::storage-security-group-at-clients-1018-1023",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::storage-security-group-at-clients-988",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::storage-security-group-from-clients-1018-1023",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::storage-security-group-from-clients-988",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::storage-security-group-from-itself-1018-1023",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::storage-security-group-from-itself-988",
            "platform:storage:FsxLustreStorage$platform:networks:ServiceSecurityGroup::storage-security-group",
            "platform:storage:FsxLustreStorage::storage",
        ]);
}
