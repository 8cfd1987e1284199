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

    private static PropertyMap Preview(params (string Key, PropertyValue Value)[] inputs) =>
        new SchemaProvider(PackageSchema.Parse(System.Text.Encoding.UTF8.GetBytes(Schema))).Preview("test:index:Cluster", PropertyMap.Create(inputs));

    private static PropertyMap Inside(PropertyValue value) => ((ObjectProperty)value).Properties;
}
