using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Graph;

namespace Tests.Rehearsal.Graph;

// A URN is the identity of a resource in every state file: made, read and split exactly as Pulumi does.
public class UrnTests
{
    private static readonly Gen<string> Names = Gen.Elements("a", "web-1", "x::y", "", "a$b", "urn:pulumi:s::p::t::n", "ключ");
    private static readonly Gen<string> Types = Gen.Elements(
        "aws:s3/bucket:Bucket", "kubernetes:core/v1:Secret", "platform:cache:Redis", "pulumi:providers:aws");

    [Fact]
    public void Urns_AreReadAsTheyWereMade()
        => Prop.ForAll(Arb.From(from name in Names from type in Types from parent in Types select (name, type, parent)), c =>
    {
        var above = Urn.Create("dev", "platform", parent: null, c.parent, "above");
        var urn = Urn.Parse(Urn.Create("dev", "platform", above, c.type, c.name).Value);
        return (urn.Stack, urn.Project, urn.QualifiedType, urn.Type, urn.Name) == ("dev", "platform", $"{c.parent}${c.type}", c.type, c.name);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheRootStack_DoesNotEnterTheChainOfTypes()
    {
        var root = Urn.Create("dev", "platform", parent: null, Urn.RootType, "platform-dev");

        Urn.Create("dev", "platform", root, "platform:cache:Redis", "cache").Value.ShouldBe("urn:pulumi:dev::platform::platform:cache:Redis::cache");
    }

    [Theory]
    [InlineData("")]
    [InlineData("urn:pulumi:dev::platform::name")]
    [InlineData("urn:pulumi:dev::platform::::name")]
    [InlineData("urn:aws:dev::platform::t::name")]
    public void Rejects_WhatIsNoUrn(string text)
        => Should.Throw<FormatException>(() => Urn.Parse(text)).Message.ShouldBe($"'{text}' is not a URN: expected urn:pulumi:<stack>::<project>::<type>::<name>");
}
