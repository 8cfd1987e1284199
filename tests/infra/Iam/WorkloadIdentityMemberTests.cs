using Infra.Iam;
using Infra.Manifests;

namespace Tests.Infra.Iam;

// Promise: IAM sees exactly the service accounts that are meant.
public sealed class WorkloadIdentityMemberTests
{
    [Fact]
    public void AMember_NamesPoolNamespaceAndAccount() =>
        WorkloadIdentityMember.For("example-research.svc.id.goog", "tower-nf", KubernetesName.Parse("tower-launcher-sa"))
            .ShouldBe("serviceAccount:example-research.svc.id.goog[tower-nf/tower-launcher-sa]");

    [Fact]
    public void ANamespaceThatIsNone_IsRefused() =>
        Should.Throw<FormatException>(() => WorkloadIdentityMember.For("example-research.svc.id.goog", "tower]/x", KubernetesName.Parse("a")));
}
