using Infra.Clusters;
using Infra.Iam;
using Infra.Manifests;
using Infra.Tower;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Tower;

// Promise: the Platform gets onto the cluster as a group that the launcher's binding names, with no more rights in AWS than it uses.
public sealed class EksLauncherAccessTests
{
    private const string User = "arn:aws:iam::123456789012:user/tower";

    [Fact]
    public async Task APrincipal_IsAdmittedByAnAccessEntry()
    {
        EksLauncherAccess? access = null;
        var deployed = await Deployed.Of(() => access = Make(Made(), User));

        deployed.Inputs("access-entry").ShouldBe(Deployed.Json($$"""
            { "clusterName": "studio-test", "kubernetesGroups": ["tower-launchers"], "principalArn": "{{User}}", "type": "STANDARD" }
            """));
        deployed.Inputs("access-policy").ShouldContain("\"user\": \"tower\"");
        deployed.Inputs("access-policy").ShouldContain("arn:aws:test:eu-west-1:123456789012:cluster");
        access!.Groups.ShouldBe(["tower-launchers"]);
        access.Users.ShouldBeEmpty();
    }

    [Fact]
    public async Task WithAnExternalId_ARoleIsAdmittedInstead()
    {
        EksLauncherAccess? access = null;
        var deployed = await Deployed.Of(() => access = Make(Made(), User, externalId: "seqera-1"));

        deployed.Inputs("access-entry").ShouldContain("\"principalArn\": \"arn:aws:test:eu-west-1:123456789012:access-role\"");
        deployed.Inputs("access-role").ShouldContain("sts:ExternalId");
        deployed.Inputs("access-policy").ShouldContain("\"role\": \"access-role-1a2b3c4d\"");
        (await Deployed.ValueOf(access!.AssumedRoleArn!)).ShouldBe("arn:aws:test:eu-west-1:123456789012:access-role");
    }

    [Fact]
    public async Task WhereIamBelongsToOthers_NothingIsGranted()
    {
        var deployed = await Deployed.Of(() => Make(Made(), User, grant: false));

        deployed.Has("access-policy").ShouldBeFalse();
    }

    [Fact]
    public async Task AnOlderCluster_GetsAnEntryInAwsAuth()
    {
        var deployed = await Deployed.Of(() => Make(AwsParts.Adopted(), User));

        deployed.Has("access-entry").ShouldBeFalse();
        deployed.Inputs("access-mapping-patch").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "ConfigMap",
              "data": { "mapUsers": "- userarn: {{User}}\n  username: tower-launchers\n  groups:\n  - tower-launchers\n" },
              "metadata": { "annotations": { "pulumi.com/patchForce": "true" }, "name": "aws-auth", "namespace": "kube-system" }
            }
            """));
    }

    [Theory]
    [InlineData(WorkloadIdentity.Irsa, false)]
    [InlineData(WorkloadIdentity.PodIdentity, true)]
    public async Task Fusion_WorksInItsBuckets(WorkloadIdentity identity, bool associated)
    {
        EksFusionRole? role = null;
        var deployed = await Deployed.Of(() => role = new EksFusionRole(
            "fusion",
            new EksFusionRoleArgs
            {
                Cluster = AwsParts.Adopted(), Identity = identity, Namespace = "tower-nf", ServiceAccount = KubernetesName.Parse("tower-launcher-sa"), WorkBuckets = ["example-work"],
            }));

        deployed.Has("fusion-identity-association").ShouldBe(associated);
        deployed.Inputs("fusion-identity-policy").ShouldContain("arn:aws:s3:::example-work/*");
        (await Deployed.ValueOf(role!.RoleArn)).ShouldBe("arn:aws:test:eu-west-1:123456789012:fusion-identity-role");
        (await Deployed.ValueOf(role.Annotations.Apply(annotations => annotations.ContainsKey(ServiceAccountRole.RoleAnnotation)))).ShouldBe(!associated);
    }

    private static EksCluster Made() => new("cluster", AwsParts.Cluster(AwsParts.Account()));

    private static EksLauncherAccess Make(IEksCluster cluster, string principal, string? externalId = null, bool grant = true) => new(
        "access",
        new EksLauncherAccessArgs
        {
            Cluster = cluster,
            ExternalId = externalId is null ? null : (Pulumi.Input<string>)externalId,
            GrantPermissions = grant,
            Group = KubernetesName.Parse("tower-launchers"),
            PrincipalArn = principal,
        });
}
