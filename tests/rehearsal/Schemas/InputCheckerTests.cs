using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Schemas;

// What a cloud would refuse at the end of an hour is refused at once: every problem, its path, what is allowed, no secret.
public class InputCheckerTests
{
    private static readonly PackageSchema Schema = PackageSchema.Parse("""
        {"name": "test", "provider": {}, "resources": {"test:index:Thing": {
          "inputProperties": {
            "name": {"type": "string"}, "count": {"type": "integer"}, "ratio": {"type": "number"}, "on": {"type": "boolean"}, "kind": {"const": "Thing", "type": "string"},
            "tags": {"type": "object", "additionalProperties": {"type": "string"}}, "parts": {"type": "array", "items": {"$ref": "#/types/test:index:Part"}},
            "color": {"$ref": "#/types/test:index:Color"}, "port": {"oneOf": [{"type": "integer"}, {"type": "string"}]}, "free": {"$ref": "pulumi.json#/Any"}, "file": {"$ref": "pulumi.json#/Asset"}},
          "requiredInputs": ["name"], "properties": {}, "required": []}},
         "types": {"test:index:Part": {"type": "object", "properties": {"size": {"type": "integer"}, "inner": {"$ref": "#/types/test:index:Part"}}, "required": ["size"]},
                   "test:index:Color": {"type": "string", "enum": [{"value": "red"}, {"value": "green"}]}}}
        """u8.ToArray());

    [Theory]
    [InlineData("""
        {"name": "n", "count": 3, "ratio": 0.5, "on": true, "kind": "Thing", "tags": {"a": "b"}, "parts": [{"size": 1, "inner": {"size": 2}}],
         "color": "red", "port": "http", "free": [1, {}]}
        """)]
    [InlineData("""{"name": "n", "count": null, "nothing": null, "__defaults": []}""")]
    [InlineData("""{"name": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "parts": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "port": 80}""")]
    public void Accepts_WhatTheSchemaAllows(string inputs) => Problems(inputs).ShouldBeEmpty();

    [Theory]
    [InlineData("{}", "name is required and missing")]
    [InlineData("""{"name": null}""", "name is required and missing")]
    [InlineData("""{"nmae": "n", "name": "n"}""", "nmae is not a known property; did you mean 'name'?")]
    [InlineData("""{"name": "n", "completely-different": 1}""",
        "completely-different is not a known property; known are color, count, file, free, kind, name, on, parts, port, ratio, tags")]
    [InlineData("""{"name": 5}""", "name must be text, is 5")]
    [InlineData("""{"name": "n", "count": 1.5}""", "count must be a whole number, is 1.5")]
    [InlineData("""{"name": "n", "count": "3"}""", "count must be a whole number, is \"3\"")]
    [InlineData("""{"name": "n", "on": "true"}""", "on must be true or false, is \"true\"")]
    [InlineData("""{"name": "n", "kind": "Other"}""", "kind must be \"Thing\", is \"Other\"")]
    [InlineData("""{"name": "n", "tags": {"a": 1}}""", "tags[\"a\"] must be text, is 1")]
    [InlineData("""{"name": "n", "tags": ["a"]}""", "tags must be a map of text, is [\"a\"]")]
    [InlineData("""{"name": "n", "parts": [{"size": 1}, {"inner": {"size": "x"}}]}""",
        "parts[1].inner.size must be a whole number, is \"x\"", "parts[1].size is required and missing")]
    [InlineData("""{"name": "n", "parts": [7]}""", "parts[0] must be an object (Part), is 7")]
    [InlineData("""{"name": "n", "color": "blue"}""", "color must be one of \"red\", \"green\"; is \"blue\"")]
    [InlineData("""{"name": "n", "port": true}""", "port must be a whole number or text, is true")]
    [InlineData("""{"name": "n", "file": "path"}""", "file must be an asset or archive, is \"path\"")]
    [InlineData("""{"name": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": 5}}""", "name must be text, is [secret]")]
    public void Rejects_WhatItDoesNot(string inputs, params string[] problems) => Problems(inputs).ShouldBe(problems);

    [Fact]
    public void LongValues_AreCutInMessages()
        => Problems($$"""{"name": "n", "count": "{{new string('x', 500)}}"}""").ShouldHaveSingleItem().Length.ShouldBeLessThan(120);

    private static IEnumerable<string> Problems(string inputs) => new InputChecker(Schema).Check(Schema.Resource("test:index:Thing")!.Inputs,
        PropertyDecoder.Decode(Google.Protobuf.WellKnownTypes.Struct.Parser.ParseJson(inputs))).Select(f => $"{f.Path} {f.Reason}");
}
