using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Planning;

// Properties are compared by what they say: neither the order nor a mark of secrecy is a difference.
public class DifferTests
{
    private static readonly PropertyMap Old = PropertyMap.Create(
        ("gone", Text("x")), ("list", List(Text("a"), Text("b"))), ("labels", Map(("app.kubernetes.io/name", Text("a")))), ("same", Text("x")),
            ("secret", new SecretProperty(Map(("k", Text("1"))))));

    private static readonly PropertyMap New = PropertyMap.Create(
        ("list", List(Text("a"), Text("c"), Text("d"))), ("labels", Map(("app.kubernetes.io/name", Text("b")))), ("more", Text("x")),
            ("same", new SecretProperty(Text("x"))), ("secret", new SecretProperty(Map(("k", Text("2"))))));

    [Fact]
    public void EveryDifference_HasThePathThatPulumiGivesIt() =>
        Differ
            .Compare(Old, New)
            .Select(data => $"{data.Value.Kind.PulumiName()} {data.Key}")
            .ShouldBe(["delete gone", "update labels[\"app.kubernetes.io/name\"]", "update list[1]", "add list[2]", "add more", "update secret.k"]);

    [Fact]
    public void WhatIsTheSame_HasNoDifference()
        => Prop.ForAll(PropertyGenerator.Maps, map => Differ.Compare(map, map).IsEmpty && Differ.Same(map, map)).QuickCheckThrowOnFailure();

    [Fact]
    public void AMarkOfSecrecy_IsNoDifference()
        => Prop.ForAll(PropertyGenerator.Maps, map => Differ.Compare(map, map.Select(value => new SecretProperty(value))).IsEmpty).QuickCheckThrowOnFailure();

    [Fact]
    public void Differences_AreThereOneWayAndTheOther() =>
        Prop.ForAll(
                PropertyGenerator.Maps,
                PropertyGenerator.Maps,
                (argument, index) =>
                    Differ.Compare(argument, index).IsEmpty == Differ.Compare(index, argument).IsEmpty
                    && Differ.Compare(argument, index).IsEmpty == Differ.Same(argument, index))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("spec.containers[0].image", "spec|containers|0|image")]
    [InlineData("labels[\"a.b/c\"].d", "labels|a.b/c|d")]
    [InlineData("rules[*].host", "rules|*|host")]
    public void Paths_AreReadAsPulumiWritesThem(string text, string parts) => string.Join('|', PropertyPath.Parse(text)!.Parts).ShouldBe(parts);

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData("a[")]
    [InlineData("a[\"b")]
    public void Rejects_WhatIsNoPath(string text) => PropertyPath.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData(
        "list[1]",
        "{\"labels\":{\"app.kubernetes.io/name\":\"b\"},\"list\":[\"a\",\"b\",\"d\"],\"more\":\"x\",\"same\":\"[secret]\",\"secret\":\"[secret]\"}"
    )]
    [InlineData("more", "{\"labels\":{\"app.kubernetes.io/name\":\"b\"},\"list\":[\"a\",\"c\",\"d\"],\"same\":\"[secret]\",\"secret\":\"[secret]\"}")]
    [InlineData("labels[\"app.kubernetes.io/name\"]",
        "{\"labels\":{\"app.kubernetes.io/name\":\"a\"},\"list\":[\"a\",\"c\",\"d\"],\"more\":\"x\",\"same\":\"[secret]\",\"secret\":\"[secret]\"}")]
    [InlineData("absent.inside",
        "{\"labels\":{\"app.kubernetes.io/name\":\"b\"},\"list\":[\"a\",\"c\",\"d\"],\"more\":\"x\",\"same\":\"[secret]\",\"secret\":\"[secret]\"}")]
    public void Reset_PutsTheOldValueBack(string path, string expected) => PropertyPath.Parse(path)!.Reset(Old, New)!.ToString().ShouldBe(expected);

    [Fact]
    public void Reset_OfEverything_IsWhatWasBefore()
        => Prop.ForAll(PropertyGenerator.Maps, PropertyGenerator.Maps, (old, @new)
        => PropertyPath.Parse("*")!.Reset(old, @new)!.Equals(old)).QuickCheckThrowOnFailure();

    private static StringProperty Text(string text) => new(text);

    private static ListProperty List(params PropertyValue[] items) => new([.. items]);

    private static ObjectProperty Map(params ReadOnlySpan<(string Key, PropertyValue Value)> properties) => new(PropertyMap.Create(properties));
}
