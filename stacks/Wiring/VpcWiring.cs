using System.Collections.Immutable;
using Infra.Encryption;
using Infra.Networks;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The VPC that a cluster or a host stands in: one that this stack makes, or one that exists.</summary>
internal sealed class VpcWiring(StackContext stack)
{
    public INetwork Create(EksNetworkSettings settings, VpcUse use) => settings.Match<INetwork>(
        create => new VpcNetwork(
            use.Name,
            new VpcNetworkArgs
            {
                Account = stack.Aws.Account,
                Block = create.Block,
                DisplayName = use.DisplayName,
                FlowLogRetentionInDays = create.FlowLogRetentionDays ?? use.LogRetentionDays,
                FlowLogTraffic = create.FlowLogs,
                InterfaceEndpoints = create.ServiceEndpoints ? use.InterfaceEndpoints : [],
                LogKeyArn = use.LogKey is { } key ? (Input<string>)key.Arn : null,
                Nat = create.Nat,
                Peerings = [.. create.Peerings.Select(peering => Peering(peering.Key, peering.Value))],
                Protected = stack.Protects(use.Part),
                TransitGateways =
                [
                    .. create.TransitGateways.Select(gateway => new TransitGatewayAttachment(gateway.Key, gateway.Value.Id, gateway.Value.Blocks)),
                ],
                ZoneCount = create.ZoneCount,
                Zones = create.Zones,
            },
            stack.Aws.Options()),
        Existing);

    public static ExistingNetwork Existing(ExistingNetworkSettings settings) =>
        new(settings.VpcId, settings.PublicSubnets, settings.PrivateSubnets, settings.ControlPlaneSubnets);

    // Its own account or region is no other one: such a peering accepts itself.
    private VpcPeering Peering(string name, VpcPeeringSettings settings) => new(name, settings.VpcId, settings.Blocks)
    {
        AccountId = stack.Settings.Aws!.AccountIds is [var own] && own == settings.AccountId ? null : settings.AccountId,
        Region = settings.Region == stack.Settings.Aws.Region ? null : settings.Region?.Name,
    };
}

/// <summary>Whose VPC it is.</summary>
/// <param name="Name">Logical name.</param>
/// <param name="DisplayName">Name in AWS.</param>
/// <param name="LogKey">Key of its flow logs; null for that of CloudWatch.</param>
/// <param name="LogRetentionDays">Days that these are kept where the settings do not say.</param>
/// <param name="InterfaceEndpoints">Services with endpoints, where the settings want them.</param>
/// <param name="Part">Part of the stack, one of <see cref="ProtectedParts"/>.</param>
internal sealed record VpcUse(
    string Name, string DisplayName, EncryptionKey? LogKey, int LogRetentionDays, ImmutableArray<string> InterfaceEndpoints, string Part);
