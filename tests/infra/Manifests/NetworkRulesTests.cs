using System.Collections.Immutable;
using Infra.Connect;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Tests.Support;

namespace Tests.Infra.Manifests;

// Promise: a rule opens the port that a pod or a node listens on, and names a peer only where every agent understands the name alike.
public sealed class NetworkRulesTests
{
    [Fact]
    public async Task Dns_IsOnThePortsOfEveryResolver() => (await Egress(NetworkRules.ToDns())).ShouldBe(Deployed.Json("""
        [{ "ports": [
          { "port": 53, "protocol": "UDP" }, { "port": 53, "protocol": "TCP" }, { "port": 5353, "protocol": "UDP" }, { "port": 5353, "protocol": "TCP" }
        ] }]
        """));

    [Theory]
    [InlineData(443, "443 8000 8443 10443")]
    [InlineData(8443, "8443 443 8000 10443")]
    [InlineData(32443, "32443 443 8000 8443 10443")]
    public async Task AWebAddress_MayBeAGatewayInTheCluster(int port, string ports) => (await Egress(NetworkRules.ToWeb(port))).ShouldBe(Ports(ports));

    [Theory]
    [InlineData("", "443 6443")]
    [InlineData("6443", "443 6443")]
    [InlineData("16443", "443 6443 16443")]
    public async Task TheApiServer_MayListenOnANode(string given, string ports) =>
        (await Egress(NetworkRules.ToApiServer(given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)))).ShouldBe(Ports(ports));

    [Theory]
    [InlineData(6379, "6379")]
    [InlineData(6380, "6380 6379")]
    public async Task ARedisElsewhere_MayBeBehindAService(int port, string ports) =>
        (await Egress(NetworkRules.ToRedis(null, Output.Create(port)))).ShouldBe(Ports(ports));

    [Fact]
    public async Task ARedisOfOurs_IsNamed() =>
        (await Egress(NetworkRules.ToRedis(new Labels("redis", "cache"), Output.Create(6379)))).ShouldBe(Deployed.Json("""
        [{
          "to": [{ "podSelector": { "matchLabels": {
            "app.kubernetes.io/name": "redis", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "cache"
          } } }],
          "ports": [{ "port": 6379, "protocol": "TCP" }]
        }]
        """));

    [Theory]
    [InlineData("HTTPS_PROXY=http://squid.proxy.svc:3128", "3128")]
    [InlineData("https_proxy=squid:3128 HTTP_PROXY=http://squid:3129 NO_PROXY=10.0.0.0/8", "3128 3129")]
    [InlineData("HTTP_PROXY=http://squid HTTPS_PROXY=https://squid ALL_PROXY=socks5://squid", "80 443 1080")]
    public async Task ForwardProxies_AreOpenedOnTheirPorts(string variables, string ports) =>
        (await Egress([.. NetworkRules.ToProxies(Variables(variables))])).ShouldBe(Ports(ports));

    [Theory]
    [InlineData("")]
    [InlineData("NO_PROXY=http://squid:3128")]
    [InlineData("CONNECT_PROXY_URL=https://connect.example.com")]
    public void WithoutForwardProxy_NoPortIsOpened(string variables) => NetworkRules.ToProxies(Variables(variables)).ShouldBeEmpty();

    [Fact]
    public async Task FurtherEgress_NamesWhatItIsTold() => (await Egress([.. NetworkRules.ToFurther(
        [new([3128, 3129]), new([8443], Block: "10.0.0.0/8"), new([8080], Namespace: "squid")])])).ShouldBe(Deployed.Json("""
        [
          { "ports": [{ "port": 3128, "protocol": "TCP" }, { "port": 3129, "protocol": "TCP" }] },
          { "to": [{ "ipBlock": { "cidr": "10.0.0.0/8" } }], "ports": [{ "port": 8443, "protocol": "TCP" }] },
          {
            "to": [{ "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "squid" } } }],
            "ports": [{ "port": 8080, "protocol": "TCP" }]
          }
        ]
        """));

    // A rule with no ports is one for all of them; an empty list of ports would say the same, and of peers the opposite.
    [Fact]
    public async Task ARuleWithoutPorts_IsForAllOfThem() => (await Egress(NetworkRules.To(
        [new PodSelection(ImmutableDictionary<string, string>.Empty, "job-name"), new PodSelection(ImmutableDictionary<string, string>.Empty)])))
        .ShouldBe(Deployed.Json("""
        [{ "to": [{ "podSelector": { "matchExpressions": [{ "key": "job-name", "operator": "Exists" }] } }, { "podSelector": {} }] }]
        """));

    [Fact]
    public async Task Traffic_IsRefusedInBothDirections_WhereNoRuleAllowsIt() =>
        (await Spec(new PodTraffic(ConnectLabels.Proxy, [], []))).ShouldBe(Deployed.Json("""
        {
          "podSelector": { "matchLabels": {
            "app.kubernetes.io/name": "studios", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "proxy"
          } },
          "policyTypes": ["Ingress", "Egress"]
        }
        """));

    [Theory]
    [InlineData("http://squid.example.com:3128", 3128)]
    [InlineData("squid.example.com:3128", 3128)]
    [InlineData("10.0.0.7:3128", 3128)]
    [InlineData("http://[2001:db8::1]:3128", 3128)]
    [InlineData("socks5://squid", 1080)]
    [InlineData("http://", null)]
    [InlineData("ftp://squid:3128", null)]
    [InlineData("", null)]
    [InlineData("squid:port", null)]
    public void AProxysPort_IsReadAsGoReadsIt(string address, int? port) => ForwardProxy.Port(address).ShouldBe(port);

    [Fact]
    public void EveryPolicy_IsMadeByTheOnePlanner() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("NetworkPolicySpecArgs", StringComparison.Ordinal))
            .Select(Path.GetFileName)
            .ShouldBe(["PodTraffic.cs"]);

    private static async Task<string> Egress(params NetworkPolicyEgressRuleArgs[] rules)
    {
        var spec = await Spec(new PodTraffic(null, [], [.. rules]));
        return Deployed.Json(System.Text.Json.Nodes.JsonNode.Parse(spec)!["egress"]!.ToJsonString());
    }

    private static async Task<string> Spec(PodTraffic traffic)
    {
        var deployed = await Deployed.Of(() => new NetworkPolicy(
            "policy", new NetworkPolicyArgs { Metadata = new ObjectMetaArgs { Name = "policy" }, Spec = traffic.ToSpec() }));
        return Deployed.Json(System.Text.Json.Nodes.JsonNode.Parse(deployed.Inputs("policy"))!["spec"]!.ToJsonString());
    }

    private static string Ports(string ports) =>
        Deployed.Json($$"""[{ "ports": [{{string.Join(", ", ports.Split(' ').Select(port => $$"""{ "port": {{port}}, "protocol": "TCP" }"""))}}] }]""");

    private static IEnumerable<KeyValuePair<string, string>> Variables(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .Select(parts => KeyValuePair.Create(parts[0], parts[1]));
}
