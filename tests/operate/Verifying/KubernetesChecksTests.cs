using System.Collections.Immutable;
using System.Text.Json.Nodes;
using k8s.Models;
using Operate.Clusters;
using Operate.Verifying;
using Tests.Operate.Support;

namespace Tests.Operate.Verifying;

/// <summary>What each check of the cluster says of a stack that is well, and of one thing that is not.</summary>
public sealed partial class KubernetesChecksTests : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        _server.Add(StudioCluster.All());
        _server.Services["posit-workbench/rstudio-workbench:80/auth-sign-in"] = (200, "<!DOCTYPE html><html></html>");
        _server.Services["posit-workbench/rstudio-workbench:80/health-check"] = (200, "# TYPE license_days_left gauge\nlicense_days_left 182\n");
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task AStackThatIsWell_HasNoFailure()
    {
        var findings = await AllAsync();

        findings.Where(finding => finding.Outcome == Outcome.Failed).ShouldBeEmpty();
        findings.Where(finding => finding.Outcome == Outcome.Passed).Select(finding => finding.Check).ShouldBe(
        [
            "API server", "namespace posit-workbench", "namespace seqera-platform", "namespace tower-nf",
            "Deployment rstudio-workbench in posit-workbench", "Deployment backend in seqera-platform", "Deployment connect-proxy in seqera-platform",
            "Deployment cron in seqera-platform", "StatefulSet connect-server in seqera-platform",
            "claim seqera-platform/redis-data", "events in posit-workbench", "events in seqera-platform", "events in tower-nf",
            "sign-in page through the Service", "licence of Workbench", "Rstudio", "Jupyter", "Vscode", "Positron",
            "session image posit/workbench-session:R4.5.2", "session image posit/workbench-session-init:2026.08.1",
            .. new[] { "serviceaccounts", "pods/log", "pods", "pods/attach", "pods/exec", "events", "services", "jobs.batch", "pods.metrics.k8s.io" }
                .Select(resource => $"workbench: rstudio-workbench on {resource} in posit-workbench"),
            .. new[]
                {
                    "configmaps", "persistentvolumeclaims", "pods", "pods/status", "pods/exec", "pods/log", "deployments.apps", "jobs.batch", "jobs/log.batch",
                    "jobs/status.batch",
                }.Select(resource => $"tower.environments.main: tower-launcher-sa on {resource} in tower-nf"),
        ]);
    }

    [Fact]
    public async Task NothingIsChanged_AndNoSecretIsRead()
    {
        await AllAsync();

        _server
            .Requests.Where(request => request.StartsWith("POST", StringComparison.Ordinal))
            .ShouldAllBe(request => request.EndsWith("accessreviews", StringComparison.Ordinal));
        _server.Requests.Select(request => request.Split(' ')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["GET", "POST"]);
        _server.Requests.GroupBy(request => request, StringComparer.Ordinal).Where(group => group.Key.StartsWith("GET", StringComparison.Ordinal))
            .ShouldAllBe(group => group.Count() == 1);
    }

    [Fact]
    public async Task ARolloutOnItsWay_SaysHowFarItIs()
    {
        var deployment = Proxy();
        (deployment.Spec.Replicas, deployment.Status.UpdatedReplicas, deployment.Status.AvailableReplicas) = (3, 2, 1);
        deployment.Status.Conditions =
            [new() { Type = "Progressing", Status = "False", Reason = "ProgressDeadlineExceeded", Message = "ReplicaSet has timed out" }];
        _server.Add(deployment);

        (await FailureAsync("rollouts")).ShouldBe(new Finding(
            "Deployment connect-proxy in seqera-platform", Outcome.Failed, "3 of 3 up to date and available",
            "2 up to date, 1 available of 3; ProgressDeadlineExceeded: ReplicaSet has timed out",
            "Wait for it, or look: kubectl describe Deployment connect-proxy --namespace seqera-platform"));
    }

    [Fact]
    public async Task AChangeThatNoControllerHasSeen_IsNotRolledOut()
    {
        var deployment = Proxy();
        deployment.Metadata.Generation = 4;
        _server.Add(deployment);

        (await FailureAsync("rollouts")).Found.ShouldBe("its controller has not seen the last change yet");
    }

    [Theory]
    [InlineData("CrashLoopBackOff", "back-off 5m0s", "CrashLoopBackOff after 7 restarts, last ended with 137 (OOMKilled)",
        "kubectl logs connect-proxy-7d9f8-abcde --container connect-proxy --namespace seqera-platform --previous says why it ends.")]
    [InlineData("ImagePullBackOff", "denied: no access", "ImagePullBackOff: denied: no access",
        "Look whether cr.seqera.io/public/connect:0.12.0 is in the registry and the pull secret is right.")]
    [InlineData("CreateContainerConfigError", "secret \"connect-redis\" not found",
        "CreateContainerConfigError after 7 restarts, last ended with 137 (OOMKilled): secret \"connect-redis\" not found",
        "kubectl describe pod connect-proxy-7d9f8-abcde --namespace seqera-platform")]
    public async Task APodThatWaits_SaysWhy_WithItsLastState(string reason, string message, string found, string fix)
    {
        var pod = StudioCluster.Pod(StudioCluster.Studios, "connect-proxy-7d9f8-abcde", "connect-proxy");
        var state = pod.Status.ContainerStatuses[0];
        (state.Ready, state.RestartCount) = (false, 7);
        state.State = new() { Waiting = new() { Reason = reason, Message = message } };
        state.LastState = new() { Terminated = new() { ExitCode = 137, Reason = "OOMKilled" } };
        var deployment = Proxy();
        deployment.Status.AvailableReplicas = 0;
        _server.Add(deployment, pod);

        var failure = await FailureAsync("rollouts");

        failure.Found.ShouldBe($"1 up to date, 0 available of 1; pod connect-proxy-7d9f8-abcde, container connect-proxy: {found}");
        failure.Fix.ShouldBe(fix);
    }

    [Fact]
    public async Task APodWithoutRoom_SaysSo()
    {
        var pod = StudioCluster.Pod(StudioCluster.Studios, "connect-proxy-7d9f8-abcde", "connect-proxy");
        pod.Status = new()
        {
            Phase = "Pending",
            Conditions =
            [
                new()
                {
                    Type = "PodScheduled",
                    Status = "False",
                    Reason = "Unschedulable",
                    Message = "0/1 nodes are available: 1 Insufficient memory.",
                },
            ],
        };
        var deployment = Proxy();
        deployment.Status.AvailableReplicas = 0;
        _server.Add(deployment, pod);

        (await FailureAsync("rollouts")).Found.ShouldEndWith("pod connect-proxy-7d9f8-abcde: Unschedulable: 0/1 nodes are available: 1 Insufficient memory.");
    }

    [Fact]
    public async Task APlatformUnderOtherNames_IsMissed()
    {
        _server.Remove(ApiKind.Deployments, StudioCluster.Studios, "cron");

        (await FailureAsync("rollouts")).ShouldBe(new Finding(
            "Deployment seqera-platform/cron", Outcome.Failed, "is there, as the stack file says of the Platform's installation", "there is none",
            "Correct studios.platform (namespace, install, helmRelease, names), or install the Platform."));
    }

    [Fact]
    public async Task ADeploymentOfOthers_InTheSameNamespace_IsNotLookedAt()
    {
        var other = StudioCluster.Deployment(
            StudioCluster.Studios,
            "mysql",
            StudioCluster.Pod(StudioCluster.Studios, "mysql-0", "mysql"),
            StudioCluster.App("mysql"));
        other.Status.AvailableReplicas = 0;
        _server.Add(other);

        (await FindingsAsync("rollouts")).ShouldAllBe(finding => finding.Outcome == Outcome.Passed);
    }

    [Fact]
    public async Task AClaimThatWaits_SaysForWhat()
    {
        var claim = StudioCluster.Claim(StudioCluster.Studios, "redis-data");
        (claim.Spec.VolumeName, claim.Spec.StorageClassName, claim.Status.Phase) = (null, "gp9", "Pending");
        _server.Add(claim);

        (await FailureAsync("claims")).ShouldBe(new Finding(
            "claim seqera-platform/redis-data", Outcome.Failed, "Bound with 5Gi", "Pending, and there is no storage class gp9",
            "kubectl describe persistentvolumeclaim redis-data --namespace seqera-platform: the driver says there what it lacks."));
    }

    [Fact]
    public async Task AClaimThatNoPodUsesYet_IsFine_WhereItsClassWaitsForOne()
    {
        var claim = StudioCluster.Claim(StudioCluster.Studios, "redis-data");
        (claim.Spec.VolumeName, claim.Spec.StorageClassName, claim.Status.Phase) = (null, "late", "Pending");
        _server.Add(claim, new V1StorageClass { Metadata = new() { Name = "late" }, Provisioner = "x", VolumeBindingMode = "WaitForFirstConsumer" });

        (await FindingsAsync("claims")).ShouldHaveSingleItem().Found.ShouldBe("Pending, and no pod uses it yet (class late)");

        var pod = StudioCluster.Pod(StudioCluster.Studios, "redis-0", "redis");
        pod.Spec.Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = "redis-data" } }];
        _server.Add(pod);
        (await FailureAsync("claims")).Found.ShouldBe("Pending, class late");
    }

    [Theory]
    [InlineData("balancer.example.com", "balancer.example.com", Outcome.Passed, "Ingress seqera-platform/connect has it")]
    [InlineData("balancer.example.com.", "BALANCER.example.com", Outcome.Passed, "Ingress seqera-platform/connect has it")]
    [InlineData("other.example.com", "balancer.example.com", Outcome.Failed, "balancer.example.com")]
    [InlineData(
        "any.example.com",
        null,
        Outcome.Skipped,
        "nothing in seqera-platform has an address of its own: the load balancer is one that the stack made in the cloud"
    )]
    public async Task TheExportedAddress_IsComparedWithWhatControllersMade(string exported, string? made, Outcome outcome, string found)
    {
        _server.Add(Ingress(made));
        var group = new KubernetesAddresses(StudioStack.Sight(_server), [new("studios.loadBalancer", StudioCluster.Studios, exported)]);

        var finding = (await StudioStack.FindingsAsync(group)).Single(entry => entry.Check == "output studios.loadBalancer");

        (finding.Outcome, finding.Found).ShouldBe((outcome, found));
    }

    [Fact]
    public async Task AnIngressWithoutAddress_NamesItsController()
    {
        _server.Add(Ingress(null));

        (await FailureAsync("addresses")).ShouldBe(new Finding(
            "Ingress seqera-platform/connect", Outcome.Failed, "has an address", "none",
            "The controller of class alb does not run or refuses it: kubectl describe Ingress connect --namespace seqera-platform"));
    }

    [Fact]
    public async Task AGateway_AndAServiceOfTheTypeLoadBalancer_HaveAddressesToo()
    {
        _server.Add(
            ApiKind.Gateways,
            JsonNode
                .Parse(
                    """
                    {"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway",
                     "metadata":{"name":"edge","namespace":"posit-workbench"},"spec":{"gatewayClassName":"gke"},"status":{"addresses":[{"type":"IPAddress","value":"203.0.113.9"}]}}
                    """
                )!
                .AsObject());
        _server.Add(
            new V1Service
            {
                ApiVersion = "v1",
                Kind = "Service",
                Metadata = new()
                {
                    Name = "connect-ssh",
                    NamespaceProperty = StudioCluster.Studios,
                    Labels = StudioCluster.Ours("ssh"),
                },
                Spec = new() { Type = "LoadBalancer" },
            });

        (await FindingsAsync("addresses")).Select(finding => (finding.Check, finding.Outcome, finding.Found)).ShouldBe(
            [("Gateway posit-workbench/edge", Outcome.Passed, "203.0.113.9"), ("Service seqera-platform/connect-ssh", Outcome.Failed, "none")]);
    }

    [Fact]
    public async Task SecretsThatPodsName_HaveToBeThere_UnlessTheyAreOptional()
    {
        var deployment = Proxy();
        deployment.Spec.Template.Spec = new()
        {
            Containers =
            [
                new()
                {
                    Name = "connect-proxy",
                    Env =
                    [
                        new() { Name = "A", ValueFrom = new() { SecretKeyRef = new() { Name = "connect-redis", Key = "password" } } },
                        new() { Name = "B", ValueFrom = new() { SecretKeyRef = new() { Name = "perhaps", Key = "x", Optional = true } } },
                    ],
                    EnvFrom = [new() { SecretRef = new() { Name = "env-secret" } }],
                },
            ],
            Volumes =
            [
                new() { Name = "k", Secret = new() { SecretName = "ssh-key" } },
                new() { Name = "p", Projected = new() { Sources = [new() { Secret = new() { Name = "projected" } }] } },
            ],
            ImagePullSecrets = [new() { Name = "cr.seqera.io" }],
        };
        _server.Add(deployment);
        var group = new KubernetesSecrets(StudioStack.Sight(_server), [new("studios.signingKeySecret", StudioCluster.Studios, "platform-oidc-certs")]);

        (await StudioStack.FindingsAsync(group)).Select(finding => (finding.Check, finding.Outcome, finding.Expected)).ShouldBe(
        [
            ("Secret seqera-platform/connect-redis", Outcome.Passed, "is there, for Deployment connect-proxy"),
            ("Secret seqera-platform/cr.seqera.io", Outcome.Failed, "is there, for Deployment connect-proxy"),
            ("Secret seqera-platform/env-secret", Outcome.Failed, "is there, for Deployment connect-proxy"),
            ("Secret seqera-platform/platform-oidc-certs", Outcome.Failed, "is there, for output studios.signingKeySecret"),
            ("Secret seqera-platform/projected", Outcome.Failed, "is there, for Deployment connect-proxy"),
            ("Secret seqera-platform/ssh-key", Outcome.Failed, "is there, for Deployment connect-proxy"),
        ]);
    }

    [Theory]
    [InlineData("secrets", "secrets", "names of secrets in seqera-platform", 1)]
    [InlineData("rollouts", "seqera-platform/deployments", "deployments in seqera-platform", 3)]
    [InlineData("claims", "persistentvolumeclaims", "persistentvolumeclaims in posit-workbench", 3)]
    [InlineData("events", "tower-nf/events", "events in tower-nf", 1)]
    public async Task MissingRights_AreAFinding(string group, string forbidden, string check, int failures)
    {
        _server.Forbidden.Add(forbidden);
        if (group == "secrets")
        {
            var deployment = Proxy();
            deployment.Spec.Template.Spec.ImagePullSecrets = [new() { Name = "cr.seqera.io" }];
            _server.Add(deployment);
        }

        var failed = (await FindingsAsync(group)).Where(finding => finding.Outcome == Outcome.Failed).ToArray();

        failed.Length.ShouldBe(failures);
        failed[0].Check.ShouldBe(check);
        failed[0].Found.ShouldStartWith("Not allowed (403): ");
        failed[0].Found.ShouldContain("is forbidden: User \"tester\" cannot list resource");
    }

    [Fact]
    public async Task ANamespaceThatIsGone_IsMissed()
    {
        _server.Remove(ApiKind.Namespaces, null, StudioCluster.Tower);

        (await FailureAsync("kubernetes")).ShouldBe(new Finding(
            "namespace tower-nf", Outcome.Failed, "is there, for tower.environments.main", $"there is none on {_server.Url}",
            "Deploy the stack, or give the context of its cluster with --context."));
    }

    private static V1Deployment Proxy() =>
        StudioCluster.Deployment(
            StudioCluster.Studios,
            "connect-proxy",
            StudioCluster.Pod(StudioCluster.Studios, "connect-proxy-7d9f8-abcde", "connect-proxy"),
            StudioCluster.Ours("connect-proxy"));

    private static V1Ingress Ingress(string? host) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "Ingress",
        Metadata = new() { Name = "connect", NamespaceProperty = StudioCluster.Studios, Labels = StudioCluster.Ours("connect") },
        Spec = new() { IngressClassName = "alb" },
        Status = new() { LoadBalancer = new() { Ingress = host is null ? [] : [new() { Hostname = host }] } },
    };

    private ImmutableArray<ICheckGroup> Groups() => KubernetesGroups.All(StudioStack.Sight(_server), StudioStack.Settings, null, new Clock());

    private async Task<ImmutableArray<Finding>> AllAsync() => [.. (await Task.WhenAll(Groups().Select(StudioStack.FindingsAsync))).SelectMany(found => found)];

    private Task<ImmutableArray<Finding>> FindingsAsync(string group) => StudioStack.FindingsAsync(Groups().Single(known => known.Name == group));

    private async Task<Finding> FailureAsync(string group) =>
        (await FindingsAsync(group)).Where(finding => finding.Outcome == Outcome.Failed).ShouldHaveSingleItem();

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => StudioCluster.Now;
    }
}
