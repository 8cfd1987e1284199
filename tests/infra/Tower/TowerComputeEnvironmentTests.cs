using Infra.Manifests;
using Infra.Namespaces;
using Infra.Storage;
using Infra.Tower;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.Tower;

// Promise: an environment is whole: who launches and who runs are different accounts, and what is not asked for is not made.
public sealed class TowerComputeEnvironmentTests
{
    private const string Common = """
        "app.kubernetes.io/instance": "platform", "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
        """;

    [Fact]
    public async Task Everything_LiesBelowTheEnvironment()
    {
        TowerComputeEnvironment? made = null;
        var deployed = await Deployed.Of(options => made = new TowerComputeEnvironment("tower-research", Args(), options));

        deployed.Lineages.ShouldBe(
        [
            "platform:tower:TowerComputeEnvironment$kubernetes:core/v1:ServiceAccount::tower-research-compute",
            "platform:tower:TowerComputeEnvironment$platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::tower-research-namespace",
            "platform:tower:TowerComputeEnvironment$platform:namespaces:PlatformNamespace::tower-research-namespace",
            "platform:tower:TowerComputeEnvironment$platform:storage:SharedClaim$kubernetes:core/v1:PersistentVolumeClaim::tower-research-scratch-claim",
            "platform:tower:TowerComputeEnvironment$platform:storage:SharedClaim::tower-research-scratch",
            "platform:tower:TowerComputeEnvironment$platform:tower:NamespaceLimits$kubernetes:core/v1:LimitRange::tower-research-limits-range",
            "platform:tower:TowerComputeEnvironment$platform:tower:NamespaceLimits$kubernetes:core/v1:ResourceQuota::tower-research-limits-quota",
            "platform:tower:TowerComputeEnvironment$platform:tower:NamespaceLimits::tower-research-limits",
            "platform:tower:TowerComputeEnvironment$platform:tower:PipelineIsolation$kubernetes:networking.k8s.io/v1:NetworkPolicy::tower-research-isolation",
            "platform:tower:TowerComputeEnvironment$platform:tower:PipelineIsolation::tower-research-isolation",
            "platform:tower:TowerComputeEnvironment$platform:tower:TowerLauncher$kubernetes:core/v1:ServiceAccount::tower-research-launcher-account",
            "platform:tower:TowerComputeEnvironment$platform:tower:TowerLauncher$kubernetes:rbac.authorization.k8s.io/v1:Role::tower-research-launcher-role",
            "platform:tower:TowerComputeEnvironment$platform:tower:TowerLauncher$kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::tower-research-launcher-account-binding",
            "platform:tower:TowerComputeEnvironment$platform:tower:TowerLauncher$kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::tower-research-launcher-user-binding",
            "platform:tower:TowerComputeEnvironment$platform:tower:TowerLauncher::tower-research-launcher",
            "platform:tower:TowerComputeEnvironment::tower-research",
        ]);
        deployed.OutputNames("TowerComputeEnvironment::tower-research").ShouldBe(["computeServiceAccount", "headServiceAccount", "namespace"]);
        (await Deployed.ValueOf(made!.Namespace)).ShouldBe("tower-nf");
        (await Deployed.ValueOf(made.HeadServiceAccount)).ShouldBe("tower-launcher-sa");
        (await Deployed.ValueOf(made.ComputeServiceAccount)).ShouldBe("tower-compute-sa");
    }

    [Fact]
    public async Task OnlyWhatIsAskedFor_IsMade()
    {
        var deployed = await Deployed.Of(() => new TowerComputeEnvironment(
            "tower", new TowerComputeEnvironmentArgs { Namespace = KubernetesName.Parse("tower-nf"), Users = [], Isolated = false }));

        new[] { "tower-limits", "tower-isolation", "tower-scratch", "tower-launcher-token", "tower-launcher-user-binding" }.Where(deployed.Has).ShouldBeEmpty();
    }

    [Fact]
    public async Task ANamespaceThatExists_IsUsed_AndNotLabelled()
    {
        TowerComputeEnvironment? made = null;
        var deployed = await Deployed.Of(() => made = new TowerComputeEnvironment("tower", new TowerComputeEnvironmentArgs
        {
            Namespace = KubernetesName.Parse("team-a"),
            CreatesNamespace = false,
            Users = ["someone"],
        }));

        deployed.Plan.Keys.Where(key => key.Contains("amespace", StringComparison.Ordinal)).ShouldBeEmpty();
        deployed.Inputs("tower-compute").ShouldContain("\"namespace\": \"team-a\"");
        (await Deployed.ValueOf(made!.Namespace)).ShouldBe("team-a");
    }

    [Fact]
    public async Task Tasks_RunAsAnAccountOfTheirOwn_WithTheCloudIdentityAndWithoutApiToken()
    {
        var deployed = await Deployed.Of(() => new TowerComputeEnvironment("tower", Args()));

        deployed.Inputs("tower-compute").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "ServiceAccount", "automountServiceAccountToken": false,
              "metadata": {
                "name": "tower-compute-sa", "namespace": "tower-nf",
                "annotations": { "iam.gke.io/gcp-service-account": "fusion@example.iam.gserviceaccount.com" },
                "labels": { "app.kubernetes.io/name": "tower-launcher", "app.kubernetes.io/component": "compute", {{Common}} }
              }
            }
            """));
        deployed.Inputs("tower-launcher-account").ShouldContain("fusion@example.iam.gserviceaccount.com");
    }

    [Fact]
    public async Task UsersGroupsAndGooglePrincipals_ShareOneBinding()
    {
        var deployed = await Deployed.Of(() => new TowerComputeEnvironment("tower", Args()));

        deployed.Inputs("tower-launcher-user-binding").ShouldContain(Deployed.Json("""
            [
              { "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "tower-launcher-user" },
              { "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "seqera@example.iam.gserviceaccount.com" },
              { "apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "tower-launchers" }
            ]
            """).Replace("\n", "\n  "));
    }

    [Fact]
    public async Task Bounds_AreAQuotaAndARange()
    {
        var deployed = await Deployed.Of(() => new TowerComputeEnvironment("tower", Args()));

        var metadata = $$"""
            "metadata": {
              "name": "tower-limits", "namespace": "tower-nf",
              "labels": { "app.kubernetes.io/name": "tower", "app.kubernetes.io/component": "limits", {{Common}} }
            }
            """;
        deployed.Inputs("tower-limits-quota").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "ResourceQuota", {{metadata}},
              "spec": { "hard": { "pods": "500", "requests.cpu": "200", "requests.memory": "800Gi", "requests.storage": "2Ti" } }
            }
            """));
        deployed.Inputs("tower-limits-range").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "LimitRange", {{metadata}},
              "spec": {
                "limits": [{ "type": "Container", "defaultRequest": { "cpu": "500m", "memory": "1Gi" }, "max": { "cpu": "32", "memory": "256Gi" } }]
              }
            }
            """));
    }

    [Theory]
    [InlineData(
        false,
        """{ "cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"] }""",
        """{ "cidr": "::/0", "except": ["fd00:ec2::254/128", "fd20:ce::254/128"] }""")]
    [InlineData(true, """{ "cidr": "0.0.0.0/0" }""", """{ "cidr": "::/0" }""")]
    public async Task Pods_AreIsolated_AndReachTheMetadataServiceOnlyWhereItIsSafe(
        bool metadataServiceAllowed, string everywhere, string everywhereInIpv6)
    {
        var deployed = await Deployed.Of(() => new PipelineIsolation(
            "isolation",
            new PipelineIsolationArgs
            {
                Namespace = "tower-nf",
                MetadataServiceAllowed = metadataServiceAllowed,
                ApiServerPorts = [6443, 16443],
                FurtherEgress = [new FurtherEgress([30500])],
            }));

        deployed.Inputs("isolation").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
              "metadata": {
                "name": "tower-pipelines", "namespace": "tower-nf",
                "labels": { "app.kubernetes.io/name": "tower", "app.kubernetes.io/component": "isolation", {{Common}} }
              },
              "spec": {
                "podSelector": {}, "policyTypes": ["Ingress", "Egress"],
                "ingress": [{ "from": [{ "podSelector": {} }] }],
                "egress": [
                  { "to": [{ "namespaceSelector": {} }, { "ipBlock": {{everywhere}} }, { "ipBlock": {{everywhereInIpv6}} }] },
                  { "ports": [
                    { "port": 53, "protocol": "UDP" }, { "port": 53, "protocol": "TCP" }, { "port": 5353, "protocol": "UDP" }, { "port": 5353, "protocol": "TCP" }
                  ] },
                  { "ports": [{ "port": 443, "protocol": "TCP" }, { "port": 6443, "protocol": "TCP" }, { "port": 16443, "protocol": "TCP" }] },
                  { "ports": [{ "port": 30500, "protocol": "TCP" }] }
                ]
              }
            }
            """));
    }

    private static TowerComputeEnvironmentArgs Args() => new()
    {
        Namespace = KubernetesName.Parse("tower-nf"),
        PodSecurity = PodSecurityLevel.Baseline,
        IdentityAnnotations = new InputMap<string> { ["iam.gke.io/gcp-service-account"] = "fusion@example.iam.gserviceaccount.com" },
        Users = ["tower-launcher-user", "seqera@example.iam.gserviceaccount.com"],
        Groups = ["tower-launchers"],
        Scratch = new TowerScratch(new ExistingVolumeStorage("lustre"), KubernetesName.Parse("tower-scratch"), Quantity.Parse("1Ti")),
        Quota = new NamespaceAmounts { Pods = 500, Cpu = Quantity.Parse("200"), Memory = Quantity.Parse("800Gi"), Storage = Quantity.Parse("2Ti") },
        ContainerDefaults = new ContainerAmounts(Quantity.Parse("500m"), Quantity.Parse("1Gi")),
        ContainerMaximum = new ContainerAmounts(Quantity.Parse("32"), Quantity.Parse("256Gi")),
    };
}
