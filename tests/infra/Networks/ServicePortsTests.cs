using Infra.Networks;

namespace Tests.Infra.Networks;

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
        Ranges().SelectMany(service => service.Ports).ShouldAllBe(range => range.First <= range.Last && AdministratorPorts.All(port => port < range.First || port > range.Last));

    private static IEnumerable<(string Service, string Ports)> All() =>
        Ranges().Select(service => (service.Name, string.Join(',', service.Ports.Select(range => range.Role)))).Order();

    private static IEnumerable<(string Name, IReadOnlyList<PortRange> Ports)> Ranges() => typeof(ServicePorts).GetProperties()
        .Select(property => (property.Name, (IReadOnlyList<PortRange>)((System.Collections.Immutable.ImmutableArray<PortRange>)property.GetValue(null)!)));
}
