using Infra.Manifests;

namespace Tests.Infra.Manifests;

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
