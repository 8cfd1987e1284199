using Infra.Iam;
using Infra.Manifests;

namespace Tests.Infra.Iam;

// Promise: IAM sees exactly the service accounts that are meant, in both of its spellings.
public sealed class WorkloadIdentityMemberTests
{
    [Fact]
    public void AMember_NamesPoolNamespaceAndAccount() =>
        WorkloadIdentityMember.Of("example-research.svc.id.goog", "tower-nf", KubernetesName.Parse("tower-launcher-sa"))
            .ShouldBe("serviceAccount:example-research.svc.id.goog[tower-nf/tower-launcher-sa]");

    [Fact]
    public void APrincipal_NamesTheProjectByNumber() =>
        WorkloadIdentityMember.Principal("123456789", "example-research.svc.id.goog", "tower-nf", KubernetesName.Parse("tower-launcher-sa"))
            .ShouldBe("principal://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/example-research.svc.id.goog/subject/ns/tower-nf/sa/tower-launcher-sa");

    [Fact]
    public void ANamespaceThatIsNone_IsRefused() =>
        Should.Throw<FormatException>(() => WorkloadIdentityMember.Of("example-research.svc.id.goog", "tower]/x", KubernetesName.Parse("a")));
}
