using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Manifests;
using Rehearsal.Wire;
using YamlDotNet.RepresentationModel;

namespace Tests.Rehearsal.Manifests;

// Promise: whatever text a manifest holds, a YAML reader gets the same text back, as text.
public sealed class ManifestYamlTests
{
    [Fact]
    public void Texts_ComeBackAsTheyWere()
        => Prop.ForAll<NonNull<string>, NonNull<string>>((key, value) => ReadBack(key.Get, value.Get)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("yes")]
    [InlineData("Off")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("12:30:45")]
    [InlineData("2026-01-31")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("  lead")]
    [InlineData("trail ")]
    [InlineData("line\n")]
    [InlineData("line\n\n")]
    [InlineData("one\n\ntwo\n  three\n")]
    [InlineData("tab\there\n")]
    [InlineData(" lead\nlines\n")]
    [InlineData("a\r\nb")]
    [InlineData("<secret>")]
    [InlineData("ünï\u2028code\n")]
    [InlineData("---\nx\n")]
    public void Texts_ThatYamlCouldMistake_ComeBackAsTheyWere(string text) => ReadBack(text, text).ShouldBeTrue();

    [Fact]
    public void Words_StayReadable_AndNumbersAreNumbers() => ManifestYaml.Text(PropertyMap.Create(
        ("kind", new StringProperty("Deployment")),
        ("apiVersion", new StringProperty("apps/v1")),
        ("count", new NumberProperty(3)),
        ("big", new NumberProperty(1_048_576)),
        ("ratio", new NumberProperty(0.5)),
        ("image", new StringProperty("registry.example/a/b:1.2")),
        ("quantity", new StringProperty("10Gi")),
        ("empty", new ObjectProperty(PropertyMap.Empty)),
        ("none", new ListProperty([])),
        ("script", new StringProperty("#!/bin/sh\nexec true\n")))).ShouldBe("""
        apiVersion: apps/v1
        kind: Deployment
        big: 1048576
        count: 3
        empty: {}
        image: registry.example/a/b:1.2
        none: []
        quantity: "10Gi"
        ratio: 0.5
        script: |
          #!/bin/sh
          exec true

        """);

    private static bool ReadBack(string key, string value)
    {
        // YAML has no form for half a surrogate pair or for a few control characters
        if ((key + value).Any(c => char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF'))
        {
            return true;
        }
        var text = ManifestYaml.Text(PropertyMap.Create((key, new ListProperty([new StringProperty(value)]))));
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var (readKey, readValue) = ((YamlMappingNode)stream.Documents[0].RootNode).Children.Single();
        return ((YamlScalarNode)readKey).Value == key && ((YamlScalarNode)((YamlSequenceNode)readValue)[0]).Value == value;
    }
}
