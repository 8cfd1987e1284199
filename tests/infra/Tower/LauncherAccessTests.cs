using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Iam;
using Infra.Manifests;
using Infra.Tower;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Tower;

// Promise: adding the Platform to aws-auth never takes anybody out, the nodes least of all.
public sealed class AwsAuthEntriesTests
{
    private const string Nodes = """
        - rolearn: arn:aws:iam::123456789012:role/nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups:
          - system:bootstrappers
          - system:nodes

        """;

    private static readonly AwsAuthEntry Launcher = new(IamPrincipalKind.Role, "arn:aws:iam::123456789012:role/tower", "tower-launchers", ["tower-launchers"]);

    private const string LauncherText = """
        - rolearn: arn:aws:iam::123456789012:role/tower
          username: tower-launchers
          groups:
          - tower-launchers

        """;

    [Fact]
    public void Nodes_Stay() => AwsAuthEntries.Merge(Nodes, Launcher).ShouldBe(Nodes + LauncherText);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[]\n")]
    public void AnEmptyList_GetsItsFirstEntry(string list) => AwsAuthEntries.Merge(list, Launcher).ShouldBe(LauncherText);

    [Fact]
    public void MergingTwice_ChangesNothingMore()
    {
        var once = AwsAuthEntries.Merge(Nodes, Launcher);

        AwsAuthEntries.Merge(once, Launcher).ShouldBe(once);
    }

    [Fact]
    public void AnOlderEntryOfThePrincipal_IsReplaced() =>
        AwsAuthEntries
            .Merge(AwsAuthEntries.Merge(Nodes, Launcher with { UserName = "old", Groups = ImmutableArray.Create("a", "b") }), Launcher)
            .ShouldBe(Nodes + LauncherText);

    [Fact]
    public void Users_HaveAKeyOfTheirOwn() =>
        AwsAuthEntries
            .Merge("", Launcher with { Kind = IamPrincipalKind.User, Arn = "arn:aws:iam::123456789012:user/tower" })
            .ShouldStartWith("- userarn: arn:aws:iam::123456789012:user/tower\n");

    [Theory]
    [InlineData("key: value")]
    [InlineData("- text")]
    public void SomethingElse_IsNotTouched(string list) => Should.Throw<FormatException>(() => AwsAuthEntries.Merge(list, Launcher)).Message.ShouldBe(
        "The config map kube-system/aws-auth holds something else than a list of entries: repair it first, nothing was changed.");

    [Fact]
    public void BrokenYaml_IsNotTouched() => Should.Throw<FormatException>(() => AwsAuthEntries.Merge("- [", Launcher)).Message.ShouldStartWith(
        "The config map kube-system/aws-auth holds a list that is not YAML (");
}

// Promise: the Platform's account may find and enter the cluster and nothing more; RBAC knows it by its address; pods reach their bucket and no other.
public sealed class GkeLauncherAccessTests
{
    private const string Email = "seqera-platform@example-research.iam.gserviceaccount.com";

    [Fact]
    public async Task TheAccount_MaySignIn() => (await Deployed.Of(() => Access())).Inputs("access-sign-in").ShouldBe(Deployed.Json(
        $$"""{ "member": "serviceAccount:{{Email}}", "project": "example-research", "role": "roles/container.clusterViewer" }"""));

    [Fact]
    public async Task WhereIamBelongsToOthers_NothingIsGranted() => (await Deployed.Of(() => Access(grant: false))).Has("access-sign-in").ShouldBeFalse();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rbac_KnowsItByItsAddress(bool grant)
    {
        GkeLauncherAccess? access = null;
        await Deployed.Of(() => access = Access(grant));

        (await Deployed.ValueOf(access!.Users.ShouldHaveSingleItem().ToOutput())).ShouldBe(Email);
        access.Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task PodsOfFusion_ActAsAnAccountOfTheirOwn()
    {
        WorkloadServiceAccount? account = null;
        var deployed = await Deployed.Of(() => account = new WorkloadServiceAccount(
            "fusion",
            new WorkloadServiceAccountArgs
            {
                AccountId = "studio-test-fusion",
                Buckets = ["example-work"],
                Cluster = GcpParts.Cluster(),
                Description = "Fusion in namespace tower-nf",
                Namespace = "tower-nf",
                ServiceAccounts = [KubernetesName.Parse("tower-launcher-sa")],
            }));

        deployed
            .Inputs("fusion-tower-launcher-sa")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "member": "serviceAccount:example-research.svc.id.goog[tower-nf/tower-launcher-sa]", "role": "roles/iam.workloadIdentityUser",
                      "serviceAccountId": "projects/example-research/serviceAccounts/studio-test-fusion"
                    }
                    """));
        deployed
            .Inputs("fusion-example-work")
            .ShouldBe(
                Deployed.Json(
                    """{ "bucket": "example-work", "member": "serviceAccount:studio-test-fusion@example-research.iam.gserviceaccount.com", "role": "roles/storage.objectAdmin" }"""));
        (await Deployed.ValueOf<ImmutableDictionary<string, string>>(account!.Annotations)).ShouldBe(
            new Dictionary<string, string> { ["iam.gke.io/gcp-service-account"] = "studio-test-fusion@example-research.iam.gserviceaccount.com" });
    }

    private static GkeLauncherAccess Access(bool grant = true) => new(
        "access",
        new GkeLauncherAccessArgs { Cluster = GcpParts.Cluster(), GrantPermissions = grant, ServiceAccount = ServiceAccountEmail.Parse(Email) });
}
