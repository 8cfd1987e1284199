using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Iam;
using Infra.Manifests;
using Infra.Tower;
using Pulumi;
using Pulumi.Aws.Eks;
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
        deployed.Inputs("access-policy").ShouldContain("arn:aws:eks:eu-west-1:123456789012:cluster/studio-test");
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
        var deployed = await Deployed.Of(() => Make(AwsParts.Adopted(), User, ways: EksAccessMethod.AwsAuth));

        deployed.Has("access-entry").ShouldBeFalse();
        deployed.Inputs("access-mapping-patch").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "ConfigMap",
              "data": { "mapUsers": "- userarn: {{User}}\n  username: tower-launchers\n  groups:\n  - tower-launchers\n" },
              "metadata": { "annotations": { "pulumi.com/patchForce": "true" }, "name": "aws-auth", "namespace": "kube-system" }
            }
            """));
    }

    [Fact]
    public async Task ARoleUnderAPath_IsEnteredAsItsSessionsAreKnown()
    {
        var deployed = await Deployed.Of(() =>
            Make(AwsParts.Adopted(), "arn:aws:iam::123456789012:role/teams/research/platform", ways: EksAccessMethod.AwsAuth));

        deployed.Inputs("access-mapping-patch").ShouldContain("- rolearn: arn:aws:iam::123456789012:role/platform\\n  username: tower-launchers");
    }

    [Fact]
    public async Task DuringAMove_BothWaysAreOpen()
    {
        var deployed = await Deployed.Of(() =>
            Make(Made(EksAuthenticationMode.ApiAndConfigMap), User, ways: [EksAccessMethod.AccessEntry, EksAccessMethod.AwsAuth]));

        deployed.Has("access-entry").ShouldBeTrue();
        deployed.Has("access-mapping-patch").ShouldBeTrue();
    }

    // An entry is replaced for another principal only: it lets in before the old one goes.
    [Fact]
    public async Task ANewEntry_IsCreatedBeforeTheOldOneIsDeleted() =>
        (
            await Captured.Options<AccessEntryArgs>("access-entry", options => Make(Made(), User, null, true, [EksAccessMethod.AccessEntry], options))
        ).DeleteBeforeReplace.ShouldBe(false);

    [Fact]
    public async Task Rejects_AwsAuth_WhereOnlyAccessEntriesAreRead() =>
        (await Deployed.Refusal(() => Make(Made(), User, ways: [EksAccessMethod.AccessEntry, EksAccessMethod.AwsAuth]))).ShouldBe(
            $"The principal '{User}' would get access through aws-auth, which a cluster in the mode API does not read: choose an access method that the cluster's authentication mode supports.");

    [Fact]
    public async Task Rejects_AnAccessEntry_WhereOnlyAwsAuthIsRead() =>
        (await Deployed.Refusal(() => Make(AwsParts.Adopted(), User))).ShouldBe(
            $"The principal '{User}' would get access through an access entry, which a cluster in the mode CONFIG_MAP does not have: choose an access method that the cluster's authentication mode supports.");

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
                Cluster = AwsParts.Adopted(),
                Identity = identity,
                Namespace = "tower-nf",
                ServiceAccounts = [KubernetesName.Parse("tower-launcher-sa"), KubernetesName.Parse("tower-compute-sa")],
                WorkBuckets = ["example-work"],
            }));

        deployed.Has("fusion-identity-association-tower-launcher-sa").ShouldBe(associated);
        deployed.Has("fusion-identity-association-tower-compute-sa").ShouldBe(associated);
        deployed.Inputs("fusion-identity-policy").ShouldContain("arn:aws:s3:::example-work/*");
        (await Deployed.ValueOf(role!.RoleArn)).ShouldBe("arn:aws:test:eu-west-1:123456789012:fusion-identity-role");
        (await Deployed.ValueOf(role.Annotations.Apply(annotations => annotations.ContainsKey(ServiceAccountRole.RoleAnnotation)))).ShouldBe(!associated);
    }

    private static EksCluster Made(EksAuthenticationMode mode = EksAuthenticationMode.Api) => new("cluster", AwsParts.Cluster(AwsParts.Account(), mode));

    private static EksLauncherAccess Make(IEksCluster cluster, string principal, string? externalId = null, bool grant = true, params EksAccessMethod[] ways) =>
        Make(cluster, principal, externalId, grant, ImmutableArray.CreateRange(ways.DefaultIfEmpty(EksAccessMethod.AccessEntry)));

    private static EksLauncherAccess Make(
        IEksCluster cluster,
        string principal,
        string? externalId,
        bool grant,
        ImmutableArray<EksAccessMethod> ways,
        ComponentResourceOptions? options = null
    ) =>
        new(
            "access",
            new EksLauncherAccessArgs
            {
                Cluster = cluster,
                ExternalId = externalId is null ? null : (Pulumi.Input<string>)externalId,
                GrantPermissions = grant,
                PrincipalArn = principal,
                AccessMethods = ways,
            },
            options);
}
