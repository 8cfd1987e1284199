using k8s.Models;
using Operate.Verifying;
using Tests.Operate.Support;

namespace Tests.Operate.Verifying;

/// <summary>What is said of jobs that failed and of warnings, and of warnings that are over.</summary>
public sealed partial class KubernetesChecksTests
{
    [Fact]
    public async Task AJobThatFailed_IsTold()
    {
        _server.Add(
            new V1Job
            {
                ApiVersion = "batch/v1",
                Kind = "Job",
                Metadata = new() { Name = "migrate", NamespaceProperty = StudioCluster.Workbench },
                Spec = new() { Template = new() { Spec = new() { Containers = [] } } },
                Status = new()
                {
                    Conditions =
                    [
                        new()
                        {
                            Type = "Failed",
                            Status = "True",
                            Reason = "BackoffLimitExceeded",
                            Message = "Job has reached the specified backoff limit",
                        },
                    ],
                },
            });

        (await FailureAsync("events")).Found.ShouldBe("BackoffLimitExceeded: Job has reached the specified backoff limit");
    }

    [Fact]
    public async Task Warnings_AreOneLinePerObject_AndOnlyFreshOnesFail()
    {
        _server.Add(
            StudioCluster.Warning(
                StudioCluster.Studios,
                "Pod",
                "connect-proxy-7d9f8-abcde",
                "BackOff",
                "Back-off restarting failed container",
                TimeSpan.FromMinutes(2),
                12),
            StudioCluster.Warning(StudioCluster.Studios, "Pod", "connect-proxy-7d9f8-abcde", "Unhealthy", "Readiness probe failed", TimeSpan.FromMinutes(9), 3),
            StudioCluster.Warning(StudioCluster.Studios, "StatefulSet", "connect-server", "FailedCreate", "exceeded quota", TimeSpan.FromMinutes(30)),
            StudioCluster.Warning(StudioCluster.Studios, "Pod", "connect-server-0", "Old", "long ago", TimeSpan.FromMinutes(61)),
            StudioCluster.Warning(StudioCluster.Studios, "Pod", "mysql-0", "Others", "not ours", TimeSpan.Zero));

        (await FindingsAsync("events")).Where(finding => finding.Check.StartsWith("events of", StringComparison.Ordinal)).ShouldBe(
        [
            new(
                "events of Pod seqera-platform/connect-proxy-7d9f8-abcde", Outcome.Failed, "no warning in the last 5 minutes",
                "BackOff ×12, Unhealthy ×3, last 2 min ago: Back-off restarting failed container",
                "What the message says; if it is gone by now, ask again in 5 minutes."),
            new(
                "events of StatefulSet seqera-platform/connect-server", Outcome.Passed, "no warning in the last 5 minutes",
                "FailedCreate ×1, last 30 min ago: exceeded quota"),
        ]);
    }
}
