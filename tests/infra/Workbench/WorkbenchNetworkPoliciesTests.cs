using System.Text.Json.Nodes;
using Infra.Workbench;
using Tests.Support;

namespace Tests.Infra.Workbench;

// Promise: servers and sessions reach what they need and each other, people's own code does not reach the node's credentials, and nobody reaches a session
// but the servers.
public sealed class WorkbenchNetworkPoliciesTests
{
    private const string Servers = """
        { "matchLabels": { "app.kubernetes.io/name": "rstudio-workbench", "app.kubernetes.io/instance": "rstudio-workbench" } }
        """;

    // Kubernetes documentation, "Well-Known Labels": the label of every pod of a Job.
    private const string Sessions = """{ "matchExpressions": [{ "key": "job-name", "operator": "Exists" }] }""";

    private const string Names = """
        { "ports": [
          { "port": 53, "protocol": "UDP" }, { "port": 53, "protocol": "TCP" }, { "port": 5353, "protocol": "UDP" }, { "port": 5353, "protocol": "TCP" }
        ] }
        """;

    [Fact]
    public async Task Servers_AreOpenToTheWayOfBrowsers_AndReachWhatTheyNeed() => (await Spec("workbench-server-policy", new())).ShouldBe(Deployed.Json($$"""
        {
          "podSelector": {{Servers}},
          "policyTypes": ["Ingress", "Egress"],
          "ingress": [{{Ports(8787)}}],
          "egress": [
            {{Names}},
            { "to": [{ "podSelector": {{Sessions}} }] },
            { "to": [{ "podSelector": {{Servers}} }], "ports": [{ "port": 8787, "protocol": "TCP" }] },
            {{Ports(5432)}},
            {{Ports(443, 8000, 8443, 10443)}},
            {{Ports(443, 6443)}},
            {{Ports(8999)}}
          ]
        }
        """));

    [Fact]
    public async Task Sessions_AreReachedByServersOnly_AndDoNotReachTheCredentialsOfTheNode() =>
        (await Spec("workbench-session-policy", new())).ShouldBe(Deployed.Json($$"""
        {
          "podSelector": {{Sessions}},
          "policyTypes": ["Ingress", "Egress"],
          "ingress": [{ "from": [{ "podSelector": {{Servers}} }] }],
          "egress": [
            { "to": [
              { "namespaceSelector": {} },
              { "ipBlock": { "cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"] } },
              { "ipBlock": { "cidr": "::/0", "except": ["fd00:ec2::254/128", "fd20:ce::254/128"] } }
            ] },
            {{Names}}
          ]
        }
        """));

    [Fact]
    public async Task SessionsWithoutPrivateAddresses_ReachTheServersAndTheInternet() =>
        Rules(await Spec("workbench-session-policy", new() { PrivateAddresses = false, SessionEgress = [new([5432], Block: "10.1.0.0/24")] }), "egress")
            .ShouldBe(Deployed.Json($$"""
            [
              { "to": [
                { "ipBlock": { "cidr": "0.0.0.0/0", "except": ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "169.254.169.254/32"] } },
                { "ipBlock": { "cidr": "::/0", "except": ["fc00::/7"] } }
              ] },
              { "to": [{ "podSelector": {{Servers}} }], "ports": [{ "port": 8787, "protocol": "TCP" }, { "port": 80, "protocol": "TCP" }] },
              {{Names}},
              { "to": [{ "ipBlock": { "cidr": "10.1.0.0/24" } }], "ports": [{ "port": 5432, "protocol": "TCP" }] }
            ]
            """));

    // Workload Identity of GKE answers at the address that is the node's elsewhere.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OnGke_SessionsHaveTheirOwnIdentity(bool privateAddresses) =>
        (await Spec("workbench-session-policy", new() { MetadataServiceAllowed = true, PrivateAddresses = privateAddresses })).ShouldNotContain("169.254");

    [Fact]
    public async Task WithTheControllersNamespace_NobodyElseComesIn() => Rules(
        await Spec("workbench-server-policy", new() { ControllerNamespace = "traefik", MetricsNamespace = "monitoring" }), "ingress").ShouldBe(Deployed.Json($$"""
        [
          { "from": [{{Namespace("traefik")}}], "ports": [{ "port": 8787, "protocol": "TCP" }] },
          { "from": [{ "podSelector": {{Sessions}} }, { "podSelector": {{Servers}} }], "ports": [{ "port": 8787, "protocol": "TCP" }] },
          { "from": [{{Namespace("monitoring")}}], "ports": [{ "port": 8989, "protocol": "TCP" }, { "port": 8787, "protocol": "TCP" }] }
        ]
        """));

    [Theory]
    [InlineData("https://login.example.com/realms/research", 5432, "443 8000 8443 10443", "5432")]
    [InlineData("https://login.example.com:8444", 6432, "8444 443 8000 8443 10443", "6432 5432")]
    public async Task AProviderAndADatabaseOnOtherPorts_AreReached(string issuer, int database, string web, string postgres)
    {
        var plan = new WorkbenchPlan { SignIn = new WorkbenchSignIn.OpenId(issuer, "email") };
        var egress = Rules(await Spec("workbench-server-policy", new(), plan, database), "egress");

        var opened = JsonNode.Parse(egress)!.AsArray()
            .Where(rule => rule!["to"] is null).Select(rule => string.Join(' ', rule!["ports"]!.AsArray().Select(port => port!["port"]!.ToString()))).ToArray();
        opened.ShouldBe(["53 53 5353 5353", postgres, web, "443 6443"]);
    }

    [Theory]
    [InlineData("ldaps://ldap.example.com", 636)]
    [InlineData("ldaps://ldap.example.com:1636", 1636)]
    [InlineData("ldap://ldap.example.com", 389)]
    public async Task ADirectory_IsReached_OnItsOwnPort(string address, int port)
    {
        var plan = new WorkbenchPlan { SignIn = new WorkbenchSignIn.Sssd(new(address, "dc=example,dc=com")) };

        Rules(await Spec("workbench-server-policy", new(), plan), "egress").ShouldContain($"\"port\": {port}");
    }

    [Fact]
    public async Task FurtherEgress_IsOfServersOrSessions()
    {
        var network = new WorkbenchNetwork { ServerEgress = [new([636])], SessionEgress = [new([30500])] };

        (await Spec("workbench-server-policy", network)).ShouldSatisfyAllConditions(
            policy => policy.ShouldContain("\"port\": 636"), policy => policy.ShouldNotContain("30500"));
        (await Spec("workbench-session-policy", network)).ShouldSatisfyAllConditions(
            policy => policy.ShouldContain("\"port\": 30500"), policy => policy.ShouldNotContain("636"));
    }

    [Fact]
    public async Task WithoutANetwork_ThereIsNoPolicy()
    {
        var deployed = await WorkbenchParts.Deploy();

        deployed.Has("workbench-server-policy").ShouldBeFalse();
        deployed.Has("workbench-session-policy").ShouldBeFalse();
    }

    [Fact]
    public async Task ThePolicies_StandInItsNamespaceUnderTheirNames()
    {
        var deployed = await WorkbenchParts.Deploy(network: new());

        deployed.Lineages.Where(lineage => lineage.Contains("NetworkPolicy", StringComparison.Ordinal)).ShouldBe([
            "platform:workbench:PositWorkbench$kubernetes:networking.k8s.io/v1:NetworkPolicy::workbench-server-policy",
            "platform:workbench:PositWorkbench$kubernetes:networking.k8s.io/v1:NetworkPolicy::workbench-session-policy",
        ]);
        foreach (var (name, physical) in new[] { ("workbench-server-policy", "workbench-server"), ("workbench-session-policy", "workbench-sessions") })
        {
            var metadata = JsonNode.Parse(deployed.Inputs(name))!["metadata"]!;
            ((string)metadata["name"]!, (string)metadata["namespace"]!).ShouldBe((physical, "posit-workbench"));
        }
    }

    private static async Task<string> Spec(string name, WorkbenchNetwork network, WorkbenchPlan? plan = null, int database = 5432) =>
        Deployed.Json(JsonNode.Parse((await WorkbenchParts.Deploy(plan, network, port: database)).Inputs(name))!["spec"]!.ToJsonString());

    private static string Rules(string spec, string direction) => Deployed.Json(JsonNode.Parse(spec)![direction]!.ToJsonString());

    private static string Namespace(string name) =>
        $$"""{ "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "{{name}}" } } }""";

    private static string Ports(params int[] ports) =>
        $$"""{ "ports": [{{string.Join(", ", ports.Select(port => $$"""{ "port": {{port}}, "protocol": "TCP" }"""))}}] }""";
}
