using System.Collections.Immutable;
using Infra.Clusters;
using Infra.LoadBalancing;
using Infra.Naming;
using Infra.Routing;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>Access logs and firewalls of the load balancers, whoever makes these.</summary>
internal static class EdgeWiring
{
    // Studios and what shares the domain with it; every other concept has balancers of its own.
    private const string Edge = "edge";

    public static AccessLogs? AccessLogs(AccessLogSettings? settings, StackContext stack, string role = Edge)
    {
        if (settings is not { Enabled: true })
        {
            return null;
        }

        var prefix = settings.Prefix ?? "";
        var bucket = settings.Bucket is { } given
            ? Output.Create(given)
            : new AccessLogBucket(
                $"{role}-logs",
                new AccessLogBucketArgs
                {
                    Account = stack.Aws.Account,
                    Kept = stack.Protects(ProtectedParts.Dns),
                    NamePrefix = AwsName.For(AwsNameRule.BucketOfAccount, stack.Aws.Name, role == Edge ? "access-logs" : $"{role}-access-logs"),
                    Prefix = prefix,
                    RetentionInDays = settings.RetentionDays,
                },
                stack.Aws.Options()).BucketName;
        return new(bucket, prefix);
    }

    /// <summary>ARN of the web ACL; null for none.</summary>
    public static Output<string>? WebAcl(WebAclSettings? settings, StackContext stack, string role = Edge) => settings switch
    {
        ExistingWebAclSettings existing => Output.Create(existing.Arn.Text),
        CreatedWebAclSettings create => new WebFirewall(
            $"{role}-firewall",
            new WebFirewallArgs
            {
                CountOnly = create.CountOnly,
                Description = $"Clients of {stack.Aws.Name}",
                ManagedRules = create.ManagedRules,
                // CloudWatch takes no dots there.
                MetricName = (role == Edge ? stack.Aws.Name : $"{stack.Aws.Name}-{role}").Replace('.', '-'),
                RateLimit = create.RateLimit,
            },
            stack.Aws.Options()).Arn,
        _ => null,
    };

    /// <summary>The same as annotations of the Ingresses of which the controller makes the balancer; none where another's Ingress describes it.</summary>
    public static ImmutableDictionary<string, Output<string>> Annotations(StudiosIngressSettings? ingress, StackContext stack) =>
        ingress is AlbIngressSettings settings
            ? Annotations(settings.Alb, settings.AccessLogs, settings.WebAcl, stack)
            : ImmutableDictionary<string, Output<string>>.Empty;

    public static ImmutableDictionary<string, Output<string>> Annotations(
        IngressController.Alb alb, AccessLogSettings? logs, WebAclSettings? acl, StackContext stack, string role = Edge)
    {
        var annotations = ImmutableDictionary<string, Output<string>>.Empty;
        // What an annotation does not say any more, the controller leaves as it is.
        if (logs is not null)
        {
            annotations = annotations.Add(AlbRouting.AttributesAnnotation, AlbRouting.LoggedAttributes(alb, AccessLogs(logs, stack, role)));
        }

        var webAcl = acl is NoWebAclSettings ? Output.Create(AlbRouting.NoWebAcl) : WebAcl(acl, stack, role);
        return webAcl is null ? annotations : annotations.Add(AlbRouting.WebAclAnnotation, webAcl);
    }

    /// <summary>Labels of the namespace: pods wait for a balancer that sends requests to them themselves; on a node port no pod stands for itself.</summary>
    public static ImmutableDictionary<string, string> NamespaceLabels(StudiosSettings studios, StackContext stack) => ReadinessLabels(
        studios.Ingress is AlbIngressSettings { TargetType: AlbTargetType.Ip } || (studios.Ingress is null && stack.Settings.Dns is Route53Settings), stack);

    /// <summary>The same of a namespace whose pods a balancer targets or does not.</summary>
    public static ImmutableDictionary<string, string> ReadinessLabels(bool targetsPods, StackContext stack) =>
        targetsPods && stack.Cluster.Kind is ClusterKind.Eks
            ? ((stack.Cluster as IEksCluster)?.TargetGroups ?? TargetGroupApi.Controller).ReadinessLabels
            : ImmutableDictionary<string, string>.Empty;

    /// <summary>What a load balancer of Google Cloud logs and refuses.</summary>
    public static GoogleBackend Backend(CloudDnsSettings settings, StackContext stack) => new(
        settings.RequestLogPercent,
        settings.CloudArmor switch
        {
            ExistingArmorSettings existing => Output.Create(existing.Name),
            CreatedArmorSettings create => new CloudArmorPolicy(
                "edge-armor",
                new CloudArmorPolicyArgs
                {
                    Attacks = create.Attacks,
                    Description = "Clients of Seqera Platform and Studios",
                    PolicyName = stack.Gcp.Name(GcpNameRule.Compute, "edge"),
                    PreviewOnly = create.PreviewOnly,
                    RateLimit = create.RateLimit,
                    Sensitivity = create.Sensitivity,
                },
                stack.Gcp.Options()).PolicyName,
            _ => null,
        });
}
