using System.Collections.Immutable;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Tower;

/// <summary>A ResourceQuota and a LimitRange, as far as they are asked for.</summary>
public sealed class NamespaceLimits : ComponentResource
{
    private const string Token = "platform:tower:NamespaceLimits";
    private const string PhysicalName = "tower-limits";

    public NamespaceLimits(string name, NamespaceLimitsArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var metadata = new ObjectMetaArgs { Name = PhysicalName, Namespace = args.Namespace, Labels = new Labels("tower", "limits").All };
        if (args.Quota?.ByResource is { IsEmpty: false } hard)
        {
            new ResourceQuota(
                $"{name}-quota",
                new ResourceQuotaArgs { Metadata = metadata, Spec = new ResourceQuotaSpecArgs { Hard = hard.ToImmutableDictionary() } },
                new CustomResourceOptions { Parent = this });
        }

        if (args.ContainerDefaults is not null || args.ContainerMaximum is not null)
        {
            new LimitRange(
                $"{name}-range",
                new LimitRangeArgs { Metadata = metadata, Spec = new LimitRangeSpecArgs { Limits = { Container(args) } } },
                new CustomResourceOptions { Parent = this });
        }

        RegisterOutputs();
    }

    private static LimitRangeItemArgs Container(NamespaceLimitsArgs args)
    {
        var item = new LimitRangeItemArgs { Type = "Container" };
        if (args.ContainerDefaults is { } defaults)
        {
            item.DefaultRequest = defaults.ByResource.ToImmutableDictionary();
        }

        if (args.ContainerMaximum is { } maximum)
        {
            item.Max = maximum.ByResource.ToImmutableDictionary();
        }

        return item;
    }
}
