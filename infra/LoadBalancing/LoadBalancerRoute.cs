using Infra.Dns;
using Pulumi;
using Pulumi.Aws.LB;
using Pulumi.Aws.LB.Inputs;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.LoadBalancing;

/// <summary>A target group with the rules that lead hosts to it, and the object that keeps a Service's pods in it.</summary>
public sealed class LoadBalancerRoute : ComponentResource
{
    private const string Token = "platform:loadBalancing:LoadBalancerRoute";
    private const int DeregistrationSeconds = 30;

    /// <summary>ARN of the target group; resolves when it exists.</summary>
    [Output("targetGroupArn")]
    public Output<string> TargetGroupArn { get; private set; }

    internal LoadBalancerRoute(string name, LoadBalancerRouteArgs args, Input<string> vpcId, Input<string> listenerArn, ComponentResourceOptions options)
        : base(Token, name, args, options)
    {
        var group = new TargetGroup(
            name,
            new TargetGroupArgs
            {
                VpcId = vpcId,
                TargetType = "ip",
                Port = args.PodPort,
                Protocol = "HTTP",
                ProtocolVersion = "HTTP1",
                DeregistrationDelay = DeregistrationSeconds,
                HealthCheck = new TargetGroupHealthCheckArgs
                {
                    Enabled = true,
                    Path = args.HealthCheckPath,
                    Matcher = args.HealthyCodes,
                    Interval = 15,
                    Timeout = 5,
                    HealthyThreshold = 2,
                    UnhealthyThreshold = 2,
                },
            },
            new CustomResourceOptions { Parent = this });
        TargetGroupArn = group.Arn;

        List<Resource> rules =
        [
            .. args.Routes.Exact.Chunk(ListenerPriorities.HostsPerRule).Select((hosts, index) => Rule($"{name}-{index + 1}", hosts, args.Priority + index, listenerArn)),
        ];
        if (args.Routes.Wildcard is { } wildcard)
        {
            rules.Add(Rule($"{name}-wildcard", [wildcard], ListenerPriorities.OfWildcard(args.Priority), listenerArn));
        }

        new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-binding",
            new TargetGroupBindingArgs
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
            new CustomResourceOptions { Parent = this, DependsOn = rules });
        RegisterOutputs();
    }

    private ListenerRule Rule(string name, DomainName[] hosts, int priority, Input<string> listenerArn)
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
                ListenerArn = listenerArn,
                Priority = priority,
                Conditions = { new ListenerRuleConditionArgs { HostHeader = header } },
                Actions = { new ListenerRuleActionArgs { Type = "forward", TargetGroupArn = TargetGroupArn } },
            },
            new CustomResourceOptions { Parent = this });
    }
}
