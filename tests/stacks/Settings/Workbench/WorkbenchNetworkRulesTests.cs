namespace Tests.Stacks.Settings.Workbench;

// Promise: a policy that would cut Workbench off, metrics that nobody could ask for and nodes with nothing to pull are refused where they are written.
public sealed class WorkbenchNetworkRulesTests
{
    private const string Monitored = """{ "metricsNamespace": "monitoring" }""";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "policies": false }""")]
    [InlineData("""{ "metricsNamespace": "monitoring", "sessionsReachPrivateAddresses": false, "sessionEgress": [{ "ports": [5432], "block": "10.0.0.0/24" }] }""")]
    [InlineData("""{ "egress": [{ "ports": [636] }] }""")]
    public void Takes_WhatRestrictsTraffic(string network) => WorkbenchSample.Messages(("workbench.network", network)).ShouldBeEmpty();

    [Theory]
    [InlineData("controllerNamespace", "\"traefik\"")]
    [InlineData("metricsNamespace", "\"monitoring\"")]
    [InlineData("sessionsReachPrivateAddresses", "false")]
    [InlineData("egress", """[{ "ports": [636] }]""")]
    [InlineData("sessionEgress", """[{ "ports": [636] }]""")]
    public void Rejects_ARuleWithoutPolicies(string key, string value) => WorkbenchSample.Messages(
        ("workbench.network", $$"""{ "policies": false, "{{key}}": {{value}} }"""), ("workbench.ingress", WorkbenchSample.Ingress))
        .ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.network.{key}: has no meaning with policies: false, which restricts nothing");

    [Fact]
    public void Rejects_AControllerThatAnswersNobody() => WorkbenchSample.Messages(("workbench.network", """{ "controllerNamespace": "traefik" }""")).ShouldBe([
        """
        platform:workbench.network.controllerNamespace: lets nobody but the pods of a controller through, and no controller that is a pod answers for Workbench
          given:   traefik
          allowed: given beside workbench.ingress.traefik or workbench.ingress.nginx
          fix:     remove controllerNamespace, or describe workbench.ingress
        """,
    ]);

    [Theory]
    [InlineData("traefik")]
    [InlineData("nginx")]
    public void Takes_AControllerOfTheCluster(string controller) => WorkbenchSample.Messages(
        ("workbench.network", """{ "controllerNamespace": "ingress" }"""),
        ("workbench.ingress", $$"""{ "host": "workbench.example.com", "tlsSecret": "workbench-tls", "{{controller}}": {} }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_AnEgressRuleThatAllowsNothing() => WorkbenchSample.Messages(("workbench.network", """{ "sessionEgress": [{ "ports": [] }] }"""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:workbench.network.sessionEgress[0].ports: is empty, so the rule allows nothing");

    [Fact]
    public void Rejects_MetricsThatNoPolicyLetsThrough() => WorkbenchSample.Messages(("workbench.serviceMonitor", "{}")).ShouldBe([
        """
        platform:workbench.network.metricsNamespace: is missing beside serviceMonitor: the policies keep every Prometheus from the metrics
          allowed: the namespace of your Prometheus
          fix:     metricsNamespace: monitoring, or policies: false
        """,
    ]);

    [Theory]
    [InlineData("{}", Monitored)]
    [InlineData("""{ "namespace": "monitoring", "labels": { "release": "prometheus" } }""", Monitored)]
    [InlineData("{}", """{ "policies": false }""")]
    public void Takes_MetricsThatSomebodyAsksFor(string monitor, string network) => WorkbenchSample.Messages(
        ("workbench.serviceMonitor", monitor), ("workbench.network", network)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "serviceMonitor": { "enabled": true } }""", "serviceMonitor.enabled")]
    [InlineData("""{ "prometheus": { "port": 9000 } }""", "prometheus.port")]
    [InlineData("""{ "pod": { "port": 8000 } }""", "pod.port")]
    [InlineData("""{ "service": { "port": 8080 } }""", "service.port")]
    [InlineData("""{ "launcher": { "namespace": "sessions" } }""", "launcher.namespace")]
    [InlineData("""{ "strategy": { "type": "RollingUpdate" } }""", "strategy.type")]
    [InlineData("""{ "fullnameOverride": "workbench" }""", "fullnameOverride")]
    [InlineData("""{ "config": { "server": { "rserver.conf": { "metrics-enabled": "0", "chronicle-enabled": "1" } } } }""", "config.server.rserver.conf.metrics-enabled")]
    [InlineData("""{ "config": { "server": { "rserver.conf": { "www-port": "8000" } } } }""", "config.server.rserver.conf.www-port")]
    public void Rejects_ValuesThatMoveWhatPoliciesName(string values, string at) =>
        Values(values).ShouldHaveSingleItem().ShouldStartWith($"platform:charts.releases.rstudio-workbench.values.{at}: decides about ");

    [Theory]
    [InlineData("""{ "config": { "server": { "launcher.kubernetes.conf": { "job-expiry-hours": 1 } } } }""", "config.server.launcher.kubernetes.conf.job-expiry-hours", "1")]
    [InlineData("""{ "config": { "server": { "rserver.conf": { "auth-timeout-minutes": 1234567 } } } }""", "config.server.rserver.conf.auth-timeout-minutes", "1234567")]
    [InlineData("""{ "config": { "session": { "rsession.conf": { "list": ["a", 1.0] } } } }""", "config.session.rsession.conf.list", """["a",1.0]""")]
    [InlineData("""{ "chronicle": { "localConfig": { "Server": { "Port": 5252 } } } }""", "chronicle.localConfig.Server.Port", "5252")]
    public void Rejects_ANumberThatLandsInAFile(string values, string at, string given) => Values(values).ShouldBe([
        $"""
        platform:charts.releases.rstudio-workbench.values.{at}: has a number, and the chart would write 1.0 as 1 and 1234567 as 1.234567e+06 into the file
          given:   {given}
          allowed: texts
          fix:     put the number in quotes, as in "1.0"
        """,
    ]);

    [Theory]
    [InlineData("""{ "config": { "server": { "launcher.kubernetes.conf": { "job-expiry-hours": "1" } } } }""")]
    [InlineData("""{ "revisionHistoryLimit": 5, "readinessProbe": { "periodSeconds": 5 } }""")]
    public void Takes_NumbersWhereTheyAreNumbers(string values) => Values(values).ShouldBeEmpty();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "nodeSelector": { "workload": "sessions" }, "tolerations": [{ "key": "workload" }], "images": ["registry.example.com/session:1"] }""")]
    public void Takes_PullingBeforehand(string prePull)
    {
        WorkbenchSample.Messages(("workbench.prePull", prePull)).ShouldBeEmpty();
        WorkbenchSample.Warnings(("workbench.prePull", prePull)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "version": "0.22.1" }""", "version")]
    [InlineData("""{ "values": { "session": { "image": { "tag": "mine" } } } }""", "session")]
    [InlineData("""{ "values": { "components": { "enabled": false } } }""", "components")]
    [InlineData("""{ "values": { "versionOverride": "2026.09.0" } }""", "versionOverride")]
    public void Rejects_NothingToPull(string chart, string what) => WorkbenchSample.Messages(
        ("workbench.prePull", "{}"), ("charts", $$"""{ "releases": { "rstudio-workbench": {{chart}} } }""")).ShouldHaveSingleItem()
        .ShouldStartWith($"platform:workbench.prePull: has nothing to pull: the images that the chart brings beside another {what} are not known here");

    [Fact]
    public void Warns_OfImagesThatAreLeftOut() => WorkbenchSample.Warnings(
        ("workbench.prePull", """{ "images": ["registry.example.com/session:1"] }"""),
        ("charts", """{ "releases": { "rstudio-workbench": { "version": "0.22.1" } } }""")).ShouldBe([
        """
        platform:workbench.prePull: leaves out what the chart brings beside another version, which is known of version 0.22.0 alone
          given:   0.22.1
          allowed: images that include the chart's own
          fix:     add the images of session and session-init to images, or remove the setting
        """,
    ]);

    private static string[] Values(string values) =>
        WorkbenchSample.Messages(("charts", $$"""{ "releases": { "rstudio-workbench": { "values": {{values}} } } }"""));
}
