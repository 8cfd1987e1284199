using Infra.Studios;
using Infra.Versions;

namespace Tests.Infra.Studios;

// A tag tells which connect-client is inside, and with it what a session can do.
public class StudioImageTagTests
{
    [Theory]
    [InlineData("4.4.1-0.7.4", "4.4.1", "0.7.4")]
    [InlineData("6.0-r0-1-0.7.4", "6.0-r0-1", "0.7.4")]
    [InlineData("4.4.1-u2-0.8", "4.4.1-u2", "0.8")]
    [InlineData("2026.01.2-0.12", "2026.01.2", "0.12")]
    public void ATag_IsSoftwareAndClient(string text, string software, string client)
    {
        StudioImageTag.TryParse(text, out var tag).ShouldBeTrue();

        (tag!.Software, tag.Client.ToString(), tag.ToString()).ShouldBe((software, client, text));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("1.101.2")]
    [InlineData("1.0-beta")]
    [InlineData("-0.12")]
    [InlineData("")]
    public void AForeignTag_TellsNothing(string text) => StudioImageTag.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("0.9", "0.10.0", false)]
    [InlineData("0.10", "0.10.0", true)]
    [InlineData("0.8", "0.8.4", true)]
    [InlineData("0.8.3", "0.8.4", false)]
    [InlineData("0.12.2", "0.10.0", true)]
    [InlineData("1.0", "0.10.0", true)]
    public void AFloatingTag_HasEveryPatchOfItsMinor(string client, string minimum, bool enough)
    {
        ConnectClientVersion.TryParse(client, out var version).ShouldBeTrue();

        version!.IsAtLeast(SemanticVersion.Parse(minimum)).ShouldBe(enough);
    }
}
