using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Dns;
using Infra.Manifests;
using Infra.Routing;
using Pulumi;
using Pulumi.Aws.LB;
using Pulumi.Aws.LB.Inputs;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.LoadBalancing;

/// <summary>A target group with the rules that lead hosts to it, and the object that keeps a Service's pods in it.</summary>
public sealed class LoadBalancerRoute : ComponentResource
{
    private const string Token = "platform:loadBalancing:LoadBalancerRoute";

    /// <summary>Seconds for which a pod that goes has to answer on.</summary>
    public const int DrainSeconds = AlbRouting.DeregistrationSeconds + RoutingPlan.ReactionSeconds;

    /// <summary>ARN of the target group; resolves when it exists.</summary>
    [Output("targetGroupArn")]
    public Output<string> TargetGroupArn { get; private set; }

    internal LoadBalancerRoute(string name, LoadBalancerRouteArgs args, IVpcCluster cluster, Input<string> listenerArn, ComponentResourceOptions options)
        : base(Token, name, args, options)
    {
        var group = new TargetGroup(
            name,
            cluster.TargetGroups.Tagged(new TargetGroupArgs
            {
                VpcId = cluster.Network.VpcId,
                TargetType = "ip",
                Port = args.PodPort,
                Protocol = "HTTP",
                ProtocolVersion = "HTTP1",
                DeregistrationDelay = AlbRouting.DeregistrationSeconds,
                HealthCheck = new TargetGroupHealthCheckArgs
                {
                    Enabled = true,
                    Path = IngressController.Alb.DefaultHealthCheckPath,
                    // Seqera publishes no health path of connect-proxy: any answer of a running server counts.
                    Matcher = IngressController.Alb.AnyAnswer,
                    Interval = 15,
                    Timeout = 5,
                    HealthyThreshold = 2,
                    UnhealthyThreshold = 2,
                },
            }),
            new CustomResourceOptions { Parent = this });
        TargetGroupArn = group.Arn;

        List<Resource> rules =
        [
            .. HostRules.Make(name, args.Routes.Exact, args.Routes.Wildcard, args.Priority, (listenerArn, TargetGroupArn), this),
        ];

        new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-binding",
            new TargetGroupBindingArgs(cluster.TargetGroups)
            {
                Metadata = new ObjectMetaArgs { Namespace = args.Namespace },
                Spec = new TargetGroupBindingSpecArgs
                {
                    ServiceRef = new TargetGroupBindingServiceArgs { Name = args.Routes.Service, Port = args.Routes.ServicePort },
                    TargetGroupArn = TargetGroupArn,
                    TargetType = "ip",
                },
            },
            // A target group without a listener has no health checks, and pods behind it would never count as ready.
            ImmutableFields.Replacing(cluster.TargetGroups.Kind, new CustomResourceOptions { Parent = this, DependsOn = rules }));
        RegisterOutputs();
    }
}

/// <summary>Hosts that lead to the pods of one Service.</summary>
public sealed class LoadBalancerRouteArgs : ResourceArgs
{
    /// <summary>Hosts, Service and port of the Service.</summary>
    public required HostRoutes Routes { get; init; }

    /// <summary>Namespace of the Service.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Port that the pods listen on, behind the Service's.</summary>
    public required int PodPort { get; init; }

    /// <summary>Order among the rules of the listener, 1 to 49,900; lower ones come first. A wildcard comes after all exact hosts by itself.</summary>
    public required int Priority { get; init; }
}

/// <summary>Rules of a listener that forward hosts to a target group.</summary>
internal static class HostRules
{
    /// <summary>Makes them as children of who owns the target group.</summary>
    /// <param name="name">Logical name that theirs begin with.</param>
    /// <param name="exact">Hosts.</param>
    /// <param name="wildcard">Wildcard behind all exact hosts; null for none.</param>
    /// <param name="priority">Order among the rules of the listener.</param>
    /// <param name="arns">The listener and the target group.</param>
    /// <param name="parent">The owner.</param>
    public static IEnumerable<ListenerRule> Make(
        string name,
        IEnumerable<DomainName> exact,
        DomainName? wildcard,
        int priority,
        (Input<string> Listener, Input<string> TargetGroup) arns,
        Resource parent)
    {
        foreach (var (index, hosts) in exact.Chunk(ListenerPriorities.HostsPerRule).Index())
        {
            yield return Rule($"{name}-{index + 1}", hosts, priority + index, arns, parent);
        }

        if (wildcard is not null)
        {
            yield return Rule($"{name}-wildcard", [wildcard], ListenerPriorities.OfWildcard(priority), arns, parent);
        }
    }

    private static ListenerRule Rule(string name, DomainName[] hosts, int priority, (Input<string> Listener, Input<string> TargetGroup) arns, Resource parent)
    {
        var header = new ListenerRuleConditionHostHeaderArgs();
        foreach (var host in hosts)
        {
            header.Values.Add(host.Text);
        }

        return new ListenerRule(
            name,
            new ListenerRuleArgs
            {
                ListenerArn = arns.Listener,
                Priority = priority,
                Conditions = { new ListenerRuleConditionArgs { HostHeader = header } },
                Actions = { new ListenerRuleActionArgs { Type = "forward", TargetGroupArn = arns.TargetGroup } },
            },
            new CustomResourceOptions { Parent = parent });
    }
}

/// <summary>Order of the rules of a listener: a load balancer takes the first one that fits, and a wildcard fits the exact hosts beside it too.</summary>
public static class ListenerPriorities
{
    /// <summary>Largest priority of Elastic Load Balancing.</summary>
    public const int Last = 50_000;

    /// <summary>Wildcard rules lie in the last hundred.</summary>
    public const int FirstWildcard = Last - 99;

    /// <summary>Host names that one rule may compare; the default quota of condition values for a rule.</summary>
    public const int HostsPerRule = 5;

    /// <summary>The priority of a route's wildcard rule: in the order of the routes, behind every exact one.</summary>
    public static int OfWildcard(int priority) => FirstWildcard + (priority % (Last - FirstWildcard + 1));
}

/// <summary>What keeps the pods of a Service in a target group.</summary>
/// <param name="Version">API version of its TargetGroupBindings.</param>
/// <param name="Tags">Tags of target groups without which it may not touch them.</param>
public sealed record TargetGroupApi(string Version, ImmutableDictionary<string, string> Tags)
{
    /// <summary>The AWS Load Balancer Controller.</summary>
    public static TargetGroupApi Controller { get; } = new("elbv2.k8s.aws/v1beta1", ImmutableDictionary<string, string>.Empty);

    /// <summary>EKS Auto Mode: its policy knows what belongs to the cluster by this tag (AmazonEKSLoadBalancingPolicy; containers-roadmap #2508).</summary>
    public static TargetGroupApi AutoMode(string clusterName) =>
        new("eks.amazonaws.com/v1", ImmutableDictionary<string, string>.Empty.Add("eks:eks-cluster-name", clusterName));

    /// <summary>
    /// Labels of a namespace whose pods count as ready only when the balancer sends them requests, so that a rollout does not take the old ones away before.
    /// They are read when a pod is made. GKE does the same for its network endpoint groups without being asked.
    /// </summary>
    /// <remarks>
    /// AWS Load Balancer Controller, guide "Pod readiness gate". Each controller reads the label of its own group, EKS Auto Mode as well (the namespace
    /// selector of its webhook, as operators of public repositories found it; looked up 2026-11-26).
    /// </remarks>
    public ImmutableDictionary<string, string> ReadinessLabels =>
        ImmutableDictionary<string, string>.Empty.Add($"{Version.Split('/')[0]}/pod-readiness-gate-inject", "enabled");

    /// <summary>The target group with the tags, and without any where none are needed.</summary>
    internal TargetGroupArgs Tagged(TargetGroupArgs group)
    {
        if (!Tags.IsEmpty)
        {
            group.Tags = Tags;
        }

        return group;
    }

    /// <summary>The kind in the table of immutable fields.</summary>
    internal string Kind => $"{Version}/TargetGroupBinding";
}

/// <summary>The object with which the AWS Load Balancer Controller or EKS Auto Mode keeps the pods of a Service in a target group.</summary>
public sealed class TargetGroupBindingArgs : CustomResourceArgs
{
    public TargetGroupBindingArgs(TargetGroupApi api)
        : base(api.Version, "TargetGroupBinding")
    {
    }

    [Input("spec", required: true)]
    public required TargetGroupBindingSpecArgs Spec { get; init; }
}

/// <summary>Which Service feeds which target group.</summary>
public sealed class TargetGroupBindingSpecArgs : ResourceArgs
{
    [Input("serviceRef", required: true)]
    public required TargetGroupBindingServiceArgs ServiceRef { get; init; }

    [Input("targetGroupARN", required: true)]
    public required Input<string> TargetGroupArn { get; init; }

    /// <summary><c>ip</c> or <c>instance</c>; the controller would otherwise look it up and write it here, which shows as a change.</summary>
    [Input("targetType", required: true)]
    public required string TargetType { get; init; }
}

/// <summary>The Service of a TargetGroupBinding, in its namespace.</summary>
public sealed class TargetGroupBindingServiceArgs : ResourceArgs
{
    [Input("name", required: true)]
    public required Input<string> Name { get; init; }

    [Input("port", required: true)]
    public required int Port { get; init; }
}
