using Rehearsal.Graph;
using Rehearsal.Providers;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Providers;

// Promise: what a deployment adds to an object that a program gave in part is unknown in a preview, and what it leaves alone is not.
public sealed class NestedOutputsTests
{
    private const string Schema = """
        {
          "name": "test",
          "resources": { "test:index:Cluster": {
            "inputProperties": { "auth": { "$ref": "#/types/test:index:Auth" }, "networks": { "type": "array", "items": { "$ref": "#/types/test:index:Auth" } } },
            "properties": { "auth": { "$ref": "#/types/test:index:Auth" }, "networks": { "type": "array", "items": { "$ref": "#/types/test:index:Auth" } } }
          } },
          "types": { "test:index:Auth": {
            "type": "object",
            "properties": { "given": { "type": "string" }, "authority": { "type": "string" }, "key": { "type": "string", "secret": true }, "comment": { "type": "string" } },
            "required": ["given"],
            "language": { "nodejs": { "requiredOutputs": ["given", "authority", "key"] } }
          } }
        }
        """;

    private static readonly PropertyValue Given = new ObjectProperty(PropertyMap.Create(("given", new StringProperty("x"))));

    private static readonly PropertyMap Completed = PropertyMap.Create(
        ("given", new StringProperty("x")), ("authority", UnknownProperty.Instance), ("key", new SecretProperty(UnknownProperty.Instance)));

    [Fact]
    public void AnObject_IsCompletedWithUnknowns() => Inside(Preview(("auth", Given)).Find("auth")!).ShouldBe(Completed);

    [Fact]
    public void ObjectsOfAList_AreCompleted()
        => Inside(((ListProperty)Preview(("networks", new ListProperty([Given]))).Find("networks")!).Items[0]).ShouldBe(Completed);

    [Fact]
    public void ASecretObject_StaysSecret() => Inside(((SecretProperty)Preview(("auth", new SecretProperty(Given))).Find("auth")!).Value).ShouldBe(Completed);

    [Fact]
    public void WhatIsGiven_StaysAsItIs()
        => Inside(
            Preview(("auth", new ObjectProperty(PropertyMap.Create(("given", new StringProperty("x")), ("authority", new StringProperty("mine")))))).Find(
                "auth")!)
        .Find("authority").ShouldBe(new StringProperty("mine"));

    // As terraform-plugin-sdk plans it: a computed attribute stays unless its provider says that it changes.
    [Fact]
    public void WhatWasComputed_StaysWhenTheObjectAroundItChanges() =>
        Inside(Updated("auth", Object(("given", "x"), ("authority", "known"), ("key", "k")), Object(("given", "y")), preview: true)).ShouldBe(
            PropertyMap.Create(("given", new StringProperty("y")), ("authority", new StringProperty("known")), ("key", new StringProperty("k"))));

    [Fact]
    public void WhatIsNewInAnUpdate_IsUnknown_AndKnownOnceItIsDone()
    {
        Inside(Updated("auth", null, Given, preview: true)).ShouldBe(Completed);
        Updated("auth", null, Given, preview: false).ContainsUnknowns.ShouldBeFalse();
        Updated("networks", null, new ListProperty([Given]), preview: false).ContainsUnknowns.ShouldBeFalse();
    }

    [Fact]
    public void AnElementOfAList_KeepsWhatWasComputed_WhileItIsWhatItWas()
    {
        var old = new ListProperty([Object(("given", "x"), ("authority", "of x"), ("key", "k")), Object(("given", "y"), ("authority", "of y"), ("key", "k"))]);
        var updated = ((ListProperty)Updated("networks", old, new ListProperty([Object(("given", "y")), Object(("given", "z"))]), preview: true)).Items;

        Inside(updated[0]).Find("authority").ShouldBe(new StringProperty("of y"));
        Inside(updated[1]).Find("authority").ShouldBe(UnknownProperty.Instance);
    }

    // The object that a secret is in is known by its content, too.
    [Fact]
    public void ASecretObject_KeepsWhatWasComputed() =>
        Inside(
                (
                    (SecretProperty)Updated(
                        "auth",
                        new SecretProperty(Object(("given", "x"), ("authority", "known"))),
                        new SecretProperty(Object(("given", "y"))),
                        preview: true)
                ).Value)
            .Find("authority")
            .ShouldBe(new StringProperty("known"));

    private static ObjectProperty Object(params (string Key, string Value)[] members) =>
        new(PropertyMap.Create([.. members.Select(member => (member.Key, (PropertyValue)new StringProperty(member.Value)))]));

    private static PropertyValue Updated(string key, PropertyValue? before, PropertyValue given, bool preview)
    {
        var urn = Urn.Parse("urn:pulumi:s::p::test:index:Cluster::c");
        var old = new ResourceState
        {
            Urn = urn,
            Type = "test:index:Cluster",
            Custom = true,
            Inputs = PropertyMap.Empty,
            Outputs = before is null ? PropertyMap.Empty : PropertyMap.Create((key, before)),
        };
        return Provider().Update(urn, old, PropertyMap.Create((key, given)), preview).Find(key)!;
    }

    private static SchemaProvider Provider() => new(PackageSchema.Parse(System.Text.Encoding.UTF8.GetBytes(Schema)));

    private static PropertyMap Preview(params (string Key, PropertyValue Value)[] inputs) =>
        Provider().Preview("test:index:Cluster", PropertyMap.Create(inputs));

    private static PropertyMap Inside(PropertyValue value) => ((ObjectProperty)value).Properties;
}
