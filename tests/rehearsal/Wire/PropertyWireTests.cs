using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Wire;

// What a program sends reaches the engine unchanged, and back: secrets stay secret, unknowns unknown.
public class PropertyWireTests
{
    [Fact]
    public void Values_SurviveTheWire_WhateverTheirKind()
        => Prop.ForAll(
            PropertyGenerator.Values, value => PropertyDecoder.Decode(Value.Parser.ParseFrom(PropertyEncoder.Encode(value).ToByteArray())).Equals(value))
                .QuickCheckThrowOnFailure();

    [Fact]
    public void Maps_SurviveTheWire()
        => Prop.ForAll(PropertyGenerator.Maps, map => PropertyDecoder.Decode(Struct.Parser.ParseFrom(PropertyEncoder.Encode(map).ToByteArray())).Equals(map))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Masking_LeavesNoSecret_AndChangesNothingElse()
        => Prop.ForAll(
            PropertyGenerator.Values,
            value => !PropertyMask.Mask(value).ContainsSecrets && (value.ContainsSecrets || ReferenceEquals(value, PropertyMask.Mask(value))))
                .QuickCheckThrowOnFailure();

    [Fact]
    public void Secrets_NeverShowInText()
        => Prop.ForAll(
            PropertyGenerator.Values,
            value => !new ObjectProperty(PropertyMap.Create(("a", value), ("b", new SecretProperty(new StringProperty("m4rker"))))).ToString().Contains(
                "m4rker", StringComparison.Ordinal))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"a": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "s"}}""", """{"a":"[secret]"}""")]
    [InlineData("""{"a": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}""", """{"a":"04da6b54-80e4-46f7-96ec-b56ff0331ba9"}""")]
    [InlineData("""{"b": [1, 1.5, null, true], "a": {"c": "ä"}}""", """{"a":{"c":"ä"},"b":[1,1.5,null,true]}""")]
    [InlineData("""{"a": {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "s", "secret": true}}""", """{"a":"[secret]"}""")]
    [InlineData("""{"a": {"4dabf18193072939515e22adb298388d": "803fd3297a5875dc03ca845dda5d2a98", "value": "AAE="}}""",
        """{"a":{"4dabf18193072939515e22adb298388d":"803fd3297a5875dc03ca845dda5d2a98","value":"AAE="}}""")]
    public void Messages_ReadAsTheValuesTheyMean(string message, string json)
        => PropertyDecoder.Decode(Struct.Parser.ParseJson(message)).ToString().ShouldBe(json);

    [Fact]
    public void Rejects_ASecretWithoutItsValue()
        => Should.Throw<WireException>(
            () => PropertyDecoder.Decode(Struct.Parser.ParseJson("""{"a": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}}""")))
            .Message.ShouldBe("a secret came without its 'value'");

    [Fact]
    public void AnUnknownReferenceId_IsTheEmptyText()
        => PropertyDecoder.Decode(
            Struct.Parser.ParseJson(
                """{"a": {"4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", "urn": "u", "id": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}}"""))["a"]
            .ShouldBe(new ReferenceProperty("u", Id: ""));
}
