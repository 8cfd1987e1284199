using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Routing;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Infra.CodeStudios;

/// <summary>The pods of a studio or of its webapp, the Service before them, and the way there.</summary>
public sealed class StudioWorkload : ComponentResource
{
    private const string Token = "platform:codeStudios:StudioWorkload";

    /// <summary>Name of the Service; resolves when it exists. Where no port is exposed there is none, and it is that of the Deployment.</summary>
    [Output("serviceName")]
    public Output<string> ServiceName { get; private set; }

    public StudioWorkload(string name, StudioWorkloadArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var (launch, pods) = (args.Launch, args.Pods);
        var labels = new Labels("code-studio", launch.Name, pods.Args.Instance.Text);
        ObjectMetaArgs Metadata() => new() { Name = launch.Name, Namespace = pods.Namespace, Labels = labels.All };

        var deployment = new Pulumi.Kubernetes.Apps.V1.Deployment(
            name,
            new DeploymentArgs { Metadata = Metadata(), Spec = Spec(args, labels) },
            new CustomResourceOptions { Parent = this });
        ServiceName = deployment.Metadata.Apply(metadata => metadata.Name);
        if (pods.Args.Isolated)
        {
            new NetworkPolicy(
                $"{name}-policy",
                new NetworkPolicyArgs { Metadata = Metadata(), Spec = Traffic(launch, pods.Args, labels).ToSpec() },
                new CustomResourceOptions { Parent = this });
        }

        if (launch.Kind is LaunchKind.Webapp && args.Replicas > 1)
        {
            new PodDisruptionBudget(
                $"{name}-budget",
                new PodDisruptionBudgetArgs
                {
                    Metadata = Metadata(),
                    Spec = new PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = new LabelSelectorArgs { MatchLabels = labels.Selector } },
                },
                new CustomResourceOptions { Parent = this });
        }

        if (!launch.Ports.IsEmpty)
        {
            ServiceName = Reached(name, args, labels, Metadata);
        }

        RegisterOutputs();
    }

    private Output<string> Reached(string name, StudioWorkloadArgs args, Labels labels, Func<ObjectMetaArgs> metadata)
    {
        var (launch, pods) = (args.Launch, args.Pods);
        var plan = pods.Args.Edge is { } edge
            ? StudioRouting.Plan(launch.Name, new StudioRoutes(edge, launch, launch.Name, pods.Args.Namespace.Text))
            : null;
        var described = metadata();
        foreach (var (key, value) in plan?.ServiceAnnotations ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            described.Annotations.Add(key, value);
        }

        if (args.Replicas == 0)
        {
            // No pod is behind it, and Pulumi would wait for one.
            described.Annotations.Add("pulumi.com/skipAwait", "true");
        }

        var spec = new ServiceSpecArgs { Selector = labels.Selector, Type = plan?.ServiceType ?? "ClusterIP" };
        foreach (var port in launch.Ports)
        {
            spec.Ports.Add(new ServicePortArgs { Name = PortNames.Of(port), Port = port.Port, TargetPort = PortNames.Of(port), Protocol = "TCP" });
        }

        if (launch.Kind is LaunchKind.Webapp)
        {
            // What comes through the Service's own address stays at one pod as well.
            spec.SessionAffinity = "ClientIP";
        }

        var service = new Service($"{name}-service", new ServiceArgs { Metadata = described, Spec = spec }, new CustomResourceOptions { Parent = this });
        if (plan is not null)
        {
            new HostRouting(
                $"{name}-routing",
                new HostRoutingArgs
                {
                    Certificates = pods.Args.Certificates,
                    Namespace = pods.Namespace,
                    Plan = plan,
                    SkipAwait = pods.Args.SkipAwait || args.Replicas == 0,
                },
                new ComponentResourceOptions { Parent = this, DependsOn = { service } });
        }

        return service.Metadata.Apply(written => written.Name);
    }

    private static DeploymentSpecArgs Spec(StudioWorkloadArgs args, Labels labels)
    {
        var (launch, pods) = (args.Launch, args.Pods);
        var pod = new StudioPod(launch, labels, args.Options)
        {
            Account = pods.Account,
            Exclusions = pods.Exclusions.ConfigMap,
            ExclusionsHash = ConfigHash.Compute([KeyValuePair.Create(StudioPod.ExclusionsKey, pods.Exclusions.Text)]),
            Image = pods.Args.Image,
            PullSecrets = pods.Args.PullSecrets,
            Variables = pods.Args.Variables,
            Volumes = pods.Volumes,
        };
        var spec = new DeploymentSpecArgs
        {
            // A pod whose first files take longer has failed (initialSyncTimeoutInMinutes).
            ProgressDeadlineSeconds = (int)TimeSpan.FromMinutes(launch.State.InitialSyncMinutes).TotalSeconds,
            Replicas = args.Replicas,
            RevisionHistoryLimit = 2,
            Selector = new LabelSelectorArgs { MatchLabels = labels.Selector },
            Template = pod.Template(),
        };
        if (launch.Kind is LaunchKind.Studio)
        {
            // Two pods at once would write the same files: the old one goes first.
            spec.Strategy = new DeploymentStrategyArgs { Type = "Recreate" };
        }

        return spec;
    }

    // What users write runs there: it may go anywhere but to the node's credentials. It is reached through the controller only, which asks who comes: the
    // pods of another Code Studio are as near to the Service. What kubectl forwards comes from the node itself.
    private static PodTraffic Traffic(StudioLaunch launch, CodeStudioArgs args, Labels labels) => new(
        labels,
        args.Edge switch
        {
            { ControllerNamespace: { } controller } => [.. launch.Ports.Select(port => NetworkRules.FromNamespace(controller, port.Port))],
            not null when !launch.Ports.IsEmpty => [NetworkRules.From([], [.. launch.Ports.Select(port => port.Port)])],
            _ => [],
        },
        [
            NetworkRules.ToEverywhere(args.MetadataServiceAllowed),
            // What listens on a node is no part of everywhere for Cilium.
            NetworkRules.ToDns(),
            .. NetworkRules.ToFurther(args.FurtherEgress),
        ]);
}

/// <summary>What the pods of one Code Studio have in common.</summary>
/// <param name="Args">What the operator wants of it.</param>
/// <param name="Volumes">Its zones.</param>
/// <param name="Namespace">Its namespace; resolves when it exists.</param>
/// <param name="Account">The account that pods run as.</param>
/// <param name="Exclusions">Patterns of gitignore and the ConfigMap that holds them.</param>
public sealed record StudioPods(
    CodeStudioArgs Args,
    ImmutableArray<ZoneVolume> Volumes,
    Output<string> Namespace,
    Output<string> Account,
    (Output<string> ConfigMap, string Text) Exclusions);

/// <summary>Which pods.</summary>
public sealed class StudioWorkloadArgs : ResourceArgs
{
    /// <summary>What they are told.</summary>
    public required StudioLaunch Launch { get; init; }

    /// <summary>How many.</summary>
    public required int Replicas { get; init; }

    /// <summary>What the operator says about them.</summary>
    public required PodOptions Options { get; init; }

    /// <summary>What they share with the other pods of the Code Studio.</summary>
    public required StudioPods Pods { get; init; }
}
