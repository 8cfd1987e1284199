using Infra.Dns;

namespace Tests.Infra.Dns;

// Promise: both ends of the OIDC registration spell an address alike, however it was typed.
public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://platform.example.com", "https://platform.example.com", 443)]
    [InlineData("https://platform.example.com/", "https://platform.example.com", 443)]
    [InlineData("https://Platform.Example.com:443/", "https://platform.example.com", 443)]
    [InlineData("http://platform.example.com:8000", "http://platform.example.com:8000", 8000)]
    public void Parse_DropsTheTrailingSlash(string given, string expected, int port)
    {
        var origin = WebOrigin.Parse(given);

        origin.Text.ShouldBe(expected);
        origin.Port.ShouldBe(port);
    }

    [Theory]
    [InlineData("platform.example.com")]
    [InlineData("https://platform.example.com/login")]
    [InlineData("https://user@platform.example.com")]
    [InlineData("https://platform.example.com?x=1")]
    [InlineData("ftp://platform.example.com")]
    public void Rejects_WhatIsMoreOrLessThanAnOrigin(string text) => Should.Throw<FormatException>(() => WebOrigin.Parse(text)).Message.ShouldBe(
        $"'{text}' is not the address of a web server: it must be https:// and a host, optionally with a port, without path or user.");
}
