using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void Join_IsAlwaysAName() => Prop.ForAll(
        Gen.Two(Names).ToArbitrary(),
        pair => KubernetesName.TryParse(KubernetesName.Join(pair.Item1, pair.Item2).Text, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void Join_TellsLongNamesApart() => Prop.ForAll(
        Names.ToArbitrary(),
        name =>
        {
            var shared = KubernetesName.Parse(new string('x', KubernetesName.MaximumLength));
            return KubernetesName.Join(shared, name) == KubernetesName.Join(shared, name)
                && KubernetesName.Join(shared, name) != KubernetesName.Join(shared, KubernetesName.Join(name, KubernetesName.Parse("b")));
        }).QuickCheckThrowOnFailure();
}
