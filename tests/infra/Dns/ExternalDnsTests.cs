using Infra.Dns;
using Infra.Iam;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Dns;

// Promise: external-dns writes the records of its domains in its zone, marks them as its own, and may do no more.
public sealed class ExternalDnsTests
{
    [Fact]
    public async Task OnEks_HasTheseChildren() => (await Deployed.Of(options => Make(OnEks(WorkloadIdentity.PodIdentity), options))).Lineages.ShouldBe([
        "platform:dns:ExternalDns$kubernetes:helm.sh/v3:Release::dns",
        "platform:dns:ExternalDns$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole$aws:eks/podIdentityAssociation:PodIdentityAssociation::dns-zone-identity-association-external-dns",
        "platform:dns:ExternalDns$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole$aws:iam/role:Role::dns-zone-identity-role",
        "platform:dns:ExternalDns$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole$aws:iam/rolePolicy:RolePolicy::dns-zone-identity-policy",
        "platform:dns:ExternalDns$platform:dns:ZoneEditor$platform:iam:ServiceAccountRole::dns-zone-identity",
        "platform:dns:ExternalDns$platform:dns:ZoneEditor::dns-zone",
        "platform:dns:ExternalDns$platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::dns-namespace",
        "platform:dns:ExternalDns$platform:namespaces:PlatformNamespace::dns-namespace",
        "platform:dns:ExternalDns::dns",
    ]);

    [Fact]
    public async Task OnGke_ItReadsTheListOfZones_AndWritesOne()
    {
        var deployed = await Deployed.Of(options => Make(OnGke(), options));

        deployed.Inputs("dns-zone-writer").ShouldBe(Deployed.Json(
            """
            { "managedZone": "example-com", "member": "serviceAccount:studio-test-records@example-research.iam.gserviceaccount.com", "project": "example-research", "role": "roles/dns.admin" }
            """));
        deployed.Inputs("dns-zone-reader").ShouldBe(Deployed.Json(
            """
            { "member": "serviceAccount:studio-test-records@example-research.iam.gserviceaccount.com", "project": "example-research", "role": "roles/dns.reader" }
            """));
        deployed.Inputs("dns").ShouldBe(Deployed.Json(
            """
            {
              "chart": "external-dns", "compat": "true", "name": "external-dns", "namespace": "external-dns", "version": "1.23.0",
              "repositoryOpts": { "repo": "https://kubernetes-sigs.github.io/external-dns/" },
              "values": {
                "domainFilters": ["apps.example.com"], "extraArgs": { "txt-wildcard-replacement": "wildcard", "zone-id-filter": "example-com" }, "fullnameOverride": "external-dns",
                "policy": "upsert-only", "provider": { "name": "google" }, "registry": "txt",
                "serviceAccount": {
                  "annotations": { "iam.gke.io/gcp-service-account": "studio-test-records@example-research.iam.gserviceaccount.com" },
                  "create": true, "name": "external-dns"
                },
                "sources": ["service", "ingress"], "txtOwnerId": "studio-test"
              }
            }
            """));
    }

    [Fact]
    public async Task OnEks_WithIrsa_TheAccountNamesItsRole()
    {
        var deployed = await Deployed.Of(options => Make(OnEks(WorkloadIdentity.Irsa), options, ExternalDnsPolicy.Sync));

        var inputs = System.Text.Json.JsonDocument.Parse(deployed.Inputs("dns")).RootElement.GetProperty("values");
        inputs.GetProperty("policy").GetString().ShouldBe("sync");
        inputs.GetProperty("serviceAccount").GetProperty("annotations").GetProperty("eks.amazonaws.com/role-arn").GetString().ShouldNotBeNullOrEmpty();
        Deployed.Json(inputs.GetProperty("env").GetRawText()).ShouldBe(Deployed.Json("""[{ "name": "AWS_DEFAULT_REGION", "value": "eu-west-1" }]"""));
        inputs.GetProperty("extraArgs").GetProperty("zone-id-filter").GetString().ShouldBe("Z123");
    }

    [Fact]
    public void Records_AreThoseOfItsDomains() => Deployed.Json(DnsPolicies.Records(
        "aws", "Z123", [DomainName.Parse("apps.example.com"), DomainName.Parse("lab.example.com")]).ToJson()).ShouldBe(Deployed.Json(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Sid": "List", "Effect": "Allow", "Action": "route53:ListHostedZones", "Resource": "*" },
            {
              "Sid": "Read", "Effect": "Allow", "Action": ["route53:ListResourceRecordSets", "route53:ListTagsForResources"],
              "Resource": "arn:aws:route53:::hostedzone/Z123"
            },
            {
              "Sid": "Write", "Effect": "Allow", "Action": "route53:ChangeResourceRecordSets", "Resource": "arn:aws:route53:::hostedzone/Z123",
              "Condition": {
                "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"] },
                "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["*apps.example.com", "*lab.example.com"] }
              }
            }
          ]
        }
        """));

    private static ControlledZone.Route53 OnEks(WorkloadIdentity identity) => new(AwsParts.Adopted(), Output.Create("Z123"), identity);

    private static ControlledZone.CloudDns OnGke() => new(GcpParts.Cluster(), Output.Create("example-com"), "studio-test-records");

    private static ExternalDns Make(ControlledZone zone, ComponentResourceOptions options, ExternalDnsPolicy policy = ExternalDnsPolicy.UpsertOnly) => new(
        "dns",
        new ExternalDnsArgs { Domains = [DomainName.Parse("apps.example.com")], Owner = "studio-test", Policy = policy, Zone = zone },
        options);
}
