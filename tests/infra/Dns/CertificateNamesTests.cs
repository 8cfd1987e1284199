using FsCheck;
using FsCheck.Fluent;
using Infra.Dns;

namespace Tests.Infra.Dns;

// Promise: one certificate covers every host, and no DNS record is asked for twice (Route 53 refuses the second).
public sealed class CertificateNamesTests
{
    private static readonly Gen<IReadOnlyList<DomainName>> Hosts =
        from count in Gen.Choose(1, 8)
        from names in Gen.ArrayOf(
            Gen.Elements(
                "example.com", "*.example.com", "connect.example.com", "a.connect.example.com", "*.connect.example.com", "platform.example.com", "studios.example.com", "*.studios.example.com"),
            count)
        select (IReadOnlyList<DomainName>)[.. names.Select(DomainName.Parse)];

    [Fact]
    public void EveryHost_IsCovered() => Prop.ForAll(Arb.From(Hosts), hosts =>
        hosts.All(host => CertificateNames.Covering(hosts).Names.Any(name => name.Covers(host)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Proofs_AreDistinct_AndProveEveryName() => Prop.ForAll(Arb.From(Hosts), hosts =>
    {
        var (names, proofs) = CertificateNames.Covering(hosts);
        return proofs.Distinct().Count() == proofs.Length && proofs.All(proof => !proof.IsWildcard) && names.All(name => proofs.Contains(CertificateNames.ProofOf(name)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnApexAndItsWildcard_NeedOneRecord() => Covering("example.com", "connect.example.com", "*.example.com").ShouldBe(
        new CertificateNames([DomainName.Parse("example.com"), DomainName.Parse("*.example.com")], [DomainName.Parse("example.com")]));

    [Fact]
    public void AStudiosDomainOfItsOwn_NeedsARecordOfItsOwn() => Covering("platform.example.com", "connect.studios.example.com", "*.studios.example.com").ShouldBe(
        new CertificateNames([DomainName.Parse("platform.example.com"), DomainName.Parse("*.studios.example.com")], [DomainName.Parse("platform.example.com"), DomainName.Parse("studios.example.com")]));

    [Fact]
    public void ALongName_IsNotTheFirst()
    {
        var longName = $"{new string('a', 60)}.example.com";

        Covering(longName, "connect.example.com").Names.Select(name => name.Text).ShouldBe(["connect.example.com", longName]);
    }

    private static CertificateNames Covering(params string[] hosts) => CertificateNames.Covering([.. hosts.Select(DomainName.Parse)]);
}
