using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Manifests;

namespace Tests.Infra.Manifests;

// Promise: a name that this program gives is one that Kubernetes takes, and two things never get the same one by shortening.
public sealed class KubernetesNameTests
{
    private static readonly Gen<KubernetesName> Names =
        from first in Gen.Choose('a', 'z')
        from rest in Gen.Elements("abcxyz0189-".ToCharArray()).ListOf()
        let text = $"{(char)first}{new string([.. rest])}"
        select KubernetesName.Parse((text.Length > KubernetesName.MaximumLength ? text[..KubernetesName.MaximumLength] : text).TrimEnd('-'));

    [Theory]
    [InlineData("a")]
    [InlineData("connect-proxy")]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-123")]
    public void Parse_TakesALabel(string text) => KubernetesName.Parse(text).Text.ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("Connect")]
    [InlineData("1st")]
    [InlineData("a_b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a.b")]
    [InlineData("a\n")]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-1234")]
    public void Rejects_WhatKubernetesRejects(string text) => Should.Throw<FormatException>(() => KubernetesName.Parse(text)).Message.ShouldBe(
        $"'{text}' is not a Kubernetes name: it must be 1 to 63 lower-case letters, digits and inner hyphens, and start with a letter.");

    [Fact]
    public void Join_KeepsShortNames() =>
        KubernetesName.Join(KubernetesName.Parse("connect"), KubernetesName.Parse("proxy")).Text.ShouldBe("connect-proxy");

    [Property]
    public Property Join_IsAlwaysAName() => Prop.ForAll(
        Gen.Two(Names).ToArbitrary(),
        pair => KubernetesName.TryParse(KubernetesName.Join(pair.Item1, pair.Item2).Text, out _));

    [Property]
    public Property Join_TellsLongNamesApart() => Prop.ForAll(
        Names.ToArbitrary(),
        name =>
        {
            var shared = KubernetesName.Parse(new string('x', KubernetesName.MaximumLength));
            return KubernetesName.Join(shared, name) == KubernetesName.Join(shared, name)
                && KubernetesName.Join(shared, name) != KubernetesName.Join(shared, KubernetesName.Join(name, KubernetesName.Parse("b")));
        });
}

// Promise: an image is named in full, and a mirror changes where it comes from but not what it is.
public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("cr.seqera.io/enterprise/studios/proxy:0.11.0")]
    [InlineData("localhost:5000/redis:7.4.11")]
    [InlineData("docker.io/library/redis:7.4.11@" + Digest)]
    public void Parse_RoundTrips(string text) => ImageReference.Parse(text).ToString().ShouldBe(text);

    [Fact]
    public void Parse_TellsTheParts() =>
        ImageReference.Parse($"mirror.example:5000/a/b:1.2@{Digest}").ShouldBe(new ImageReference("mirror.example:5000", "a/b", "1.2", Digest));

    [Theory]
    [InlineData("redis")]
    [InlineData("library/redis:7")]
    [InlineData("docker.io/library/redis")]
    [InlineData("docker.io/library/redis:7@sha256:abc")]
    [InlineData("https://docker.io/library/redis:7")]
    public void Rejects_ImagesThatAreNotNamedInFull(string text) => Should.Throw<FormatException>(() => ImageReference.Parse(text)).Message.ShouldBe(
        $"'{text}' is not an image reference: it must be registry/repository:tag, optionally followed by @sha256: and 64 hexadecimal digits.");

    [Theory]
    [InlineData(null, "docker.io/library/redis:7@" + Digest)]
    [InlineData("mirror.example", "mirror.example/library/redis:7@" + Digest)]
    [InlineData("mirror.example:5000/hub/", "mirror.example:5000/hub/library/redis:7@" + Digest)]
    public void From_PutsAMirrorInFront(string? registry, string expected) =>
        ImageReference.Parse("docker.io/library/redis:7@" + Digest).From(registry).ToString().ShouldBe(expected);

    [Fact]
    public void At_DropsTheDigestOfAnotherTag()
    {
        var pinned = ImageReference.Parse("docker.io/library/redis:7@" + Digest);

        pinned.At("8").ToString().ShouldBe("docker.io/library/redis:8");
        pinned.At("7").ShouldBe(pinned);
    }
}

// Promise: a quantity keeps its spelling and knows its amount.
public sealed class QuantityTests
{
    [Theory]
    [InlineData("10Gi", 10737418240)]
    [InlineData("512Mi", 536870912)]
    [InlineData("2G", 2000000000)]
    [InlineData("1.5Ki", 1536)]
    [InlineData("3", 3)]
    public void Amount_IsInUnits(string text, long amount)
    {
        Quantity.Parse(text).Amount.ShouldBe(amount);
        Quantity.Parse(text).ToString().ShouldBe(text);
    }

    [Fact]
    public void Amount_OfMillicores_IsAFractionOfACore() => Quantity.Parse("250m").Amount.ShouldBe(0.25m);

    [Theory]
    [InlineData("")]
    [InlineData("10 Gi")]
    [InlineData("10gb")]
    [InlineData("-1")]
    [InlineData("Gi")]
    [InlineData("1e3")]
    public void Rejects_WhatIsNoQuantity(string text) =>
        Should.Throw<FormatException>(() => Quantity.Parse(text)).Message.ShouldStartWith($"'{text}' is not a Kubernetes quantity:");

    [Property]
    public Property Share_NeverExceedsTheWhole() => Prop.ForAll(
        Gen.Choose(1, 999_999).ToArbitrary(),
        mebibytes =>
        {
            var whole = Quantity.Parse($"{mebibytes}Mi");
            var share = whole.Share(0.7m);
            return share <= whole.Amount && share >= (whole.Amount * 0.7m) - 1;
        });
}
