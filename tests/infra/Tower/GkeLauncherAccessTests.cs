using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Iam;
using Infra.Manifests;
using Infra.Tower;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Tower;

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

        deployed.Inputs("fusion-tower-launcher-sa").ShouldBe(Deployed.Json(
            """
            {
              "member": "serviceAccount:example-research.svc.id.goog[tower-nf/tower-launcher-sa]", "role": "roles/iam.workloadIdentityUser",
              "serviceAccountId": "projects/example-research/serviceAccounts/studio-test-fusion"
            }
            """));
        deployed.Inputs("fusion-example-work").ShouldBe(Deployed.Json(
            """{ "bucket": "example-work", "member": "serviceAccount:studio-test-fusion@example-research.iam.gserviceaccount.com", "role": "roles/storage.objectAdmin" }"""));
        (await Deployed.ValueOf<ImmutableDictionary<string, string>>(account!.Annotations)).ShouldBe(
            new Dictionary<string, string> { ["iam.gke.io/gcp-service-account"] = "studio-test-fusion@example-research.iam.gserviceaccount.com" });
    }

    private static GkeLauncherAccess Access(bool grant = true) => new(
        "access",
        new GkeLauncherAccessArgs { Cluster = GcpParts.Cluster(), GrantPermissions = grant, ServiceAccount = ServiceAccountEmail.Parse(Email) });
}
