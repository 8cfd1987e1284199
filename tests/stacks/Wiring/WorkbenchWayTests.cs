using Pulumi;
using Stacks;
using Stacks.Settings.Reading;
using Tests.Stacks.Settings;
using Tests.Stacks.Settings.Workbench;
using Tests.Support;

namespace Tests.Stacks.Wiring;

// Promise: each way to Workbench gets the certificate, the address and the record that belong to it, whatever else the stack has.
public sealed class WorkbenchWayTests
{
    private const string Server = """
        {
          "license": { "server": "license.example.com:8989" }, "signIn": { "testUser": {} }, "replicas": 2, "database": { {0}: {} }, "ingress": {1}
        }
        """;

    private static readonly string OnEks = """
        {
          "aws": { "region": "eu-west-1" },
          "cluster": { "eks": {
            "administrators": ["arn:aws:iam::123456789012:role/deploy"], "publicAccess": ["203.0.113.0/24"],
            "nodePools": { "general": { "instanceTypes": ["m7i.large"] } }
          } },
          "dns": { "route53": { "zone": "example.com" } },
          "storage": { "efs": {} }
        }
        """;

    private static readonly string OnGke = """
        {
          "gcp": { "project": "example-research", "region": "europe-west1" },
          "cluster": { "gke": { "nodePools": { "general": { "machineType": "n2-standard-4" } } } },
          "dns": { "cloudDns": { "zone": "example.com" } },
          "storage": { "existingClass": { "storageClassName": "filestore-rwx" } }
        }
        """;

    [Fact]
    public async Task AnIngressOfGke_HasAnAddressOfItsOwn_AndTheServiceItsBackend()
    {
        var deployed = await Deployed.Of(() => Define(OnGke, """{ "host": "workbench.example.com", "gce": {} }"""));

        deployed.Inputs("record-workbench.example.com").ShouldContain("\"type\": \"A\"");
        deployed.Inputs("workbench-routes-hosts").ShouldContain("\"kubernetes.io/ingress.global-static-ip-name\": \"studio-test-workbench\"");
        deployed.Inputs("workbench-routes-managedcertificate").ShouldContain("\"workbench.example.com\"");
        Release(deployed).ShouldContain("\"cloud.google.com/backend-config\"");
        deployed.Has("edge-address").ShouldBeFalse();
        deployed.Has("workbench-certificate").ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, "Z-eu-west-1")]
    [InlineData(false, "\"type\": \"A\"")]
    public async Task BehindTheTraefikOfTheStack_TheRecordLeadsToItsBalancer(bool onEks, string target)
    {
        var deployed = await Deployed.Of(() => Define(
            onEks ? OnEks : OnGke, """{ "host": "workbench.example.com", "tlsSecret": "workbench-tls", "traefik": {} }""", ("traefik", "{}")));

        deployed.Inputs("record-workbench.example.com").ShouldContain(target);
        Release(deployed).ShouldContain("\"ingressClassName\": \"traefik\"");
        deployed.Has("workbench-routes").ShouldBeFalse();
        deployed.Has("workbench-certificate").ShouldBeFalse();
    }

    [Fact]
    public async Task ATraefikOfOthers_HasItsRecordElsewhere()
    {
        var deployed = await Deployed.Of(() => Define(
            OnEks, """{ "host": "workbench.example.com", "tlsSecret": "workbench-tls", "traefik": { "className": "theirs" } }""", ("traefik", "{}")));

        deployed.Has("record-workbench.example.com").ShouldBeFalse();
    }

    [Fact]
    public async Task AnAlb_HasACertificateOfItsOwn_WhereNobodyElseHasOne()
    {
        var deployed = await Deployed.Of(() => Define(
            OnEks, """{ "host": "workbench.example.com", "alb": { "webAcl": { "create": {} }, "accessLogs": {} } }"""));

        deployed.Inputs("workbench-certificate").ShouldContain("\"domainName\": \"workbench.example.com\"");
        deployed.Inputs("workbench-routes-hosts").ShouldSatisfyAllConditions(
            ingress => ingress.ShouldContain("alb.ingress.kubernetes.io/certificate-arn"),
            ingress => ingress.ShouldContain("alb.ingress.kubernetes.io/wafv2-acl-arn"),
            ingress => ingress.ShouldContain("access_logs.s3.enabled=true"));
        deployed.Inputs("workbench-logs").ShouldContain("studio-test-workbench-access-logs-123456789012");
        deployed.Inputs("workbench-namespace").ShouldContain("\"elbv2.k8s.aws/pod-readiness-gate-inject\": \"enabled\"");
    }

    [Theory]
    [InlineData("""{ "arn": "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef", "names": ["*.example.com"] }""", false)]
    [InlineData("""{ "arn": "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef", "names": ["example.com"] }""", true)]
    public async Task TheCertificateOfTheDomain_IsTakenWhereItCoversTheHost(string certificate, bool isMade)
    {
        var deployed = await Deployed.Of(() => Define(
            OnEks, """{ "host": "workbench.example.com", "alb": {} }""", ("dns.route53.certificate", certificate)));

        deployed.Has("workbench-certificate").ShouldBe(isMade);
        deployed.Inputs("workbench-routes-hosts").Contains("certificate/01234567-89ab-cdef-0123-456789abcdef", StringComparison.Ordinal).ShouldBe(!isMade);
    }

    [Fact]
    public async Task ARecordMadeElsewhere_IsNotMadeHere_AndItsTargetIsSaid()
    {
        PlatformOutputs? outputs = null;
        var deployed = await Deployed.Of(() =>
            outputs = Define(OnGke, """{ "host": "workbench.example.org", "makeRecord": false, "gce": { "staticAddress": "given" } }"""));

        deployed.Has("record-workbench.example.org").ShouldBeFalse();
        deployed.Has("workbench-address").ShouldBeFalse();
        deployed.Inputs("workbench-routes-hosts").ShouldContain("\"kubernetes.io/ingress.global-static-ip-name\": \"given\"");
        outputs!.Workbench!.LoadBalancer.ShouldNotBeNull();
    }

    [Fact]
    public async Task FilesOfTheStackFile_AreASecretThatTheIngressNames()
    {
        var (certificate, key) = TlsFilesTests.Made("workbench.example.com");
        var sample = new StackSample(OnEks, ("workbenchTlsCertificate", certificate), ("workbenchTlsKey", key));
        var deployed = await Deployed.Of(() => Define(sample, "\"rds\"", """{ "host": "workbench.example.com", "nginx": {} }"""));

        deployed.Plan["kubernetes:core/v1:Secret::workbench-tls"].ShouldContain("\"tls.key\": \"workbenchTlsKey\"");
        Release(deployed).ShouldContain("\"secretName\": \"workbench-tls-given\"");
    }

    private static string Release(Deployed deployed) => deployed.Plan["kubernetes:helm.sh/v3:Release::workbench"];

    private static PlatformOutputs Define(string ground, string ingress, params (string Path, string? Json)[] changes) =>
        Define(new StackSample(ground), ground == OnEks ? "\"rds\"" : "\"cloudSql\"", ingress, changes);

    private static PlatformOutputs Define(StackSample ground, string database, string ingress, params (string Path, string? Json)[] changes)
    {
        var read = SettingsValidation.Read(ground.Raw([
            ("workbench", Server.Replace("{0}", database, StringComparison.Ordinal).Replace("{1}", ingress, StringComparison.Ordinal)), .. changes,
        ]));
        read.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return Platform.Define(read.Settings, secret => Output.CreateSecret(secret.Key));
    }
}
