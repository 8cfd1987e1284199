using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Networks;

namespace Tests.Infra.Networks;

// Promise: whatever block a VPC has, its subnets fit, do not touch, and never move.
public sealed class SubnetLayoutTests
{
    private static readonly Gen<Ipv4Block> Vpcs =
        from prefix in Gen.Choose(SubnetLayout.ShortestPrefix, SubnetLayout.LongestPrefix)
        from second in Gen.Choose(0, 255)
        from index in Gen.Choose(0, (1 << (prefix - 16)) - 1)
        select Ipv4Block.Parse($"10.{second}.0.0/16").Part(prefix, index);

    private static readonly Gen<int> ZoneCounts = Gen.Choose(SubnetLayout.MinimumZones, SubnetLayout.MaximumZones);

    [Property]
    public Property Subnets_FitAndDoNotOverlap() => Prop.ForAll(Arb.From(Vpcs), Arb.From(ZoneCounts), (vpc, zones) =>
    {
        var subnets = SubnetLayout.Plan(vpc, zones);
        return subnets.All(subnet => vpc.Contains(subnet.Block))
            && subnets.SelectMany((subnet, index) => subnets.Skip(index + 1).Select(other => subnet.Block.Overlaps(other.Block))).All(overlap => !overlap);
    });

    [Property]
    public Property EveryZone_HasOneSubnetOfEachTier() =>
        Prop.ForAll(
                Arb.From(Vpcs),
                Arb.From(ZoneCounts),
                (vpc, zones) =>
                    SubnetLayout
                        .Plan(vpc, zones)
                        .Select(subnet => (subnet.Tier, subnet.Slot))
                        .Order()
                        .SequenceEqual(Enum.GetValues<SubnetTier>().SelectMany(tier => Enumerable.Range(1, zones).Select(slot => (tier, slot))).Order()));

    [Property]
    public Property Subnets_AreLargeEnough() => Prop.ForAll(Arb.From(Vpcs), Arb.From(ZoneCounts), (vpc, zones) =>
        SubnetLayout.Plan(vpc, zones).All(subnet => subnet.Block.Size - 5 >= subnet.Tier switch
        {
            SubnetTier.Private => 1_000,
            SubnetTier.Public => 200,
            _ => 6,
        }));

    [Property]
    public Property AThirdZone_MovesNothing() => Prop.ForAll(Arb.From(Vpcs), vpc =>
        SubnetLayout.Plan(vpc, 2).All(SubnetLayout.Plan(vpc, 3).Contains));

    [Fact]
    public void ThreeZones_AreLaidOutAsDocumented() =>
        SubnetLayout
            .Plan(Ipv4Block.Parse("10.20.0.0/16"), 3)
            .Select(subnet => $"{subnet.Role} {subnet.Block}")
            .ShouldBe([
                "public-1 10.20.192.0/20",
                "public-2 10.20.208.0/20",
                "public-3 10.20.224.0/20",
                "private-1 10.20.0.0/18",
                "private-2 10.20.64.0/18",
                "private-3 10.20.128.0/18",
                "intra-1 10.20.240.0/28",
                "intra-2 10.20.240.16/28",
                "intra-3 10.20.240.32/28",
            ]);

    [Theory]
    [InlineData("10.0.0.0/15", 3)]
    [InlineData("10.0.0.0/21", 3)]
    [InlineData("10.0.0.0/16", 1)]
    [InlineData("10.0.0.0/16", 4)]
    public void WhatCannotBeLaidOut_IsRefused(string vpc, int zones) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SubnetLayout.Plan(Ipv4Block.Parse(vpc), zones));
}

// Promise: a service opens the ports that it listens on, and no port of an administrator.
public sealed class ServicePortsTests
{
    private static readonly int[] AdministratorPorts = [22, 3389];

    [Fact]
    public void Ports_AreThoseOfTheServices() => All().ShouldBe([
        ("Http", "80"), ("Https", "443"), ("Lustre", "988,1018-1023"), ("Nfs", "2049"), ("Postgres", "5432"), ("Redis", "6379"),
    ]);

    [Fact]
    public void NoService_OpensAnAdministratorsPort() =>
        Ranges()
            .SelectMany(service => service.Ports)
            .ShouldAllBe(range => range.First <= range.Last && AdministratorPorts.All(port => port < range.First || port > range.Last));

    private static IEnumerable<(string Service, string Ports)> All() =>
        Ranges().Select(service => (service.Name, string.Join(',', service.Ports.Select(range => range.Role)))).Order();

    private static IEnumerable<(string Name, IReadOnlyList<PortRange> Ports)> Ranges() => typeof(ServicePorts).GetProperties()
        .Select(property => (property.Name, (IReadOnlyList<PortRange>)((System.Collections.Immutable.ImmutableArray<PortRange>)property.GetValue(null)!)));
}
