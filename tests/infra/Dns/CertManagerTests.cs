using Infra.Charts;
using Infra.Dns;
using Infra.Iam;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Dns;

// Promise: certificates are asked for where there is an issuer, and the issuer may write its proofs and nothing else.
public sealed class CertManagerTests
{
    [Fact]
    public async Task OnEks_HasTheseChildren() => (await Deployed.Of(options => Make(OnEks(), options))).Lineages.ShouldBe([
        "platform:dns:CertManager$kubernetes:cert-manager.io/v1:ClusterIssuer::certs-issuer",
        "platform:dns:CertManager$kubernetes:helm.sh/v3:Release::certs",
        "platform:dns:CertManager$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole$aws:eks/podIdentityAssociation:PodIdentityAssociation::certs-zone-identity-association-cert-manager",
        "platform:dns:CertManager$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole$aws:iam/role:Role::certs-zone-identity-role",
        "platform:dns:CertManager$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole$aws:iam/rolePolicy:RolePolicy::certs-zone-identity-policy",
        "platform:dns:CertManager$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole::certs-zone-identity",
        "platform:dns:CertManager$platform:dns:ZoneEditor::certs-zone",
        "platform:dns:CertManager$platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::certs-namespace",
        "platform:dns:CertManager$platform:namespaces:PlatformNamespace::certs-namespace",
        "platform:dns:CertManager::certs",
    ]);

    [Fact]
    public async Task OnGke_HasTheseChildren() => (await Deployed.Of(options => Make(OnGke(), options))).Lineages.ShouldBe([
        "platform:dns:CertManager$kubernetes:cert-manager.io/v1:ClusterIssuer::certs-issuer",
        "platform:dns:CertManager$kubernetes:helm.sh/v3:Release::certs",
        "platform:dns:CertManager$platform:dns:ZoneEditor$gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember::certs-zone-writer",
        "platform:dns:CertManager$platform:dns:ZoneEditor$platform:iam:WorkloadServiceAccount$gcp:serviceaccount/account:Account::certs-zone-account",
        "platform:dns:CertManager$platform:dns:ZoneEditor$platform:iam:WorkloadServiceAccount$gcp:serviceaccount/iAMMember:IAMMember::certs-zone-account-cert-manager",
        "platform:dns:CertManager$platform:dns:ZoneEditor$platform:iam:WorkloadServiceAccount::certs-zone-account",
        "platform:dns:CertManager$platform:dns:ZoneEditor::certs-zone",
        "platform:dns:CertManager$platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::certs-namespace",
        "platform:dns:CertManager$platform:namespaces:PlatformNamespace::certs-namespace",
        "platform:dns:CertManager::certs",
    ]);

    [Fact]
    public async Task WithHttp01_NobodyWritesIntoAZone() => (await Deployed.Of(options => Make(new AcmeSolver.Http01("nginx"), options))).Lineages.ShouldBe([
        "platform:dns:CertManager$kubernetes:cert-manager.io/v1:ClusterIssuer::certs-issuer",
        "platform:dns:CertManager$kubernetes:helm.sh/v3:Release::certs",
        "platform:dns:CertManager$platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::certs-namespace",
        "platform:dns:CertManager$platform:namespaces:PlatformNamespace::certs-namespace",
        "platform:dns:CertManager::certs",
    ]);

    [Fact]
    public async Task TheRelease_IsThisOne() => (await Deployed.Of(options => Make(OnGke(), options, highlyAvailable: true)))
        .Inputs("certs").ShouldBe(Deployed.Json(
        """
        {
          "chart": "cert-manager", "compat": "true", "name": "cert-manager", "namespace": "cert-manager", "timeout": 600, "version": "v1.21.2",
          "repositoryOpts": { "repo": "https://charts.jetstack.io" },
          "values": {
            "cainjector": { "podDisruptionBudget": { "enabled": true }, "replicaCount": 2 },
            "crds": { "enabled": true, "keep": false },
            "global": { "leaderElection": { "namespace": "cert-manager" } },
            "podDisruptionBudget": { "enabled": true },
            "replicaCount": 2,
            "serviceAccount": {
              "annotations": { "iam.gke.io/gcp-service-account": "studio-test-dns01@example-research.iam.gserviceaccount.com" },
              "create": true, "name": "cert-manager"
            },
            "webhook": { "podDisruptionBudget": { "enabled": true }, "replicaCount": 2 }
          }
        }
        """));

    [Theory]
    [InlineData("eks", """{ "dns01": { "route53": { "hostedZoneID": "Z123", "region": "eu-west-1" } } }""")]
    [InlineData("gke", """{ "dns01": { "cloudDNS": { "hostedZoneName": "example-com", "project": "example-research" } } }""")]
    [InlineData("http", """{ "http01": { "ingress": { "ingressClassName": "nginx" } } }""")]
    public async Task TheIssuer_ProvesNamesInItsWay(string solver, string expected) =>
        (await Deployed.Of(options => Make(solver switch { "eks" => OnEks(), "gke" => OnGke(), _ => new AcmeSolver.Http01("nginx") }, options)))
        .Inputs("certs-issuer").ShouldBe(Deployed.Json(
            $$"""
            {
              "apiVersion": "cert-manager.io/v1", "kind": "ClusterIssuer", "metadata": { "name": "letsencrypt" },
              "spec": {
                "acme": {
                  "email": "ops@example.com", "privateKeySecretRef": { "name": "letsencrypt-staging-account" },
                  "server": "https://acme-staging-v02.api.letsencrypt.org/directory", "solvers": [{{expected}}]
                }
              }
            }
            """));

    [Fact]
    public void Proofs_AreTextRecordsOfOneZone() => Deployed.Json(DnsPolicies.Proofs("aws-us-gov", "Z123").ToJson()).ShouldBe(Deployed.Json(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Sid": "Wait", "Effect": "Allow", "Action": "route53:GetChange", "Resource": "arn:aws-us-gov:route53:::change/*" },
            { "Sid": "Read", "Effect": "Allow", "Action": "route53:ListResourceRecordSets", "Resource": "arn:aws-us-gov:route53:::hostedzone/Z123" },
            {
              "Sid": "Prove", "Effect": "Allow", "Action": "route53:ChangeResourceRecordSets", "Resource": "arn:aws-us-gov:route53:::hostedzone/Z123",
              "Condition": {
                "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": "TXT" },
                "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": "_acme-challenge.*" }
              }
            }
          ]
        }
        """));

    private static AcmeSolver.Dns01 OnEks() => new(new ControlledZone.Route53(AwsParts.Adopted(), Output.Create("Z123")));

    private static AcmeSolver.Dns01 OnGke() =>
        new(new ControlledZone.CloudDns(GcpParts.Cluster(), Output.Create("example-com"), "studio-test-dns01"));

    private static CertManager Make(AcmeSolver solver, ComponentResourceOptions options, bool highlyAvailable = false) => new(
        "certs",
        new CertManagerArgs
        {
            Chart = ChartOptions.None,
            Email = "ops@example.com",
            HighlyAvailable = highlyAvailable,
            KeepDefinitions = false,
            Server = AcmeServer.Staging,
            Solver = solver,
        },
        options);
}
