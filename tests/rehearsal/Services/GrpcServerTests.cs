using System.Net;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Services;

// The bytes are gRPC's: what any client of the protocol sends is understood, or refused with a status.
public class GrpcServerTests
{
    [Fact]
    public async Task BigMessages_PassBothWays()
    {
        await using var engine = await EngineServer.StartAsync();
        var big = PropertyMap.Create(("text", new StringProperty(new string('x', 20 * 1024 * 1024))));
        PropertyDecoder
            .Decode((await engine.RegisterAsync("other:index:Thing", "big", request => request.Object = PropertyEncoder.Encode(big))).Object)
            .ShouldBe(big);
    }

    [Fact]
    public async Task ThousandsOfCallsAtOnce_AreAllAnswered()
    {
        await using var engine = await EngineServer.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 2000).Select(index => engine.RegisterAsync("other:index:Thing", $"t{index}")));

        answers.Select(answer => answer.Urn).Distinct().Count().ShouldBe(2000);
        engine.Plan.Steps.Count(step => step.Type == "other:index:Thing").ShouldBe(2000);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, "12", "the frame is compressed; neither side announced that it reads such frames")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 }, "13", "a frame of 9 bytes was announced, 1 came")]
    [InlineData(new byte[] { 0, 0 }, "13", "a frame has at least 5 bytes, this one has 2")]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 255 }, "3", null)]
    public async Task Rejects_FramesThatAreNotOneUncompressedMessage(byte[] frame, string status, string? message)
    {
        await using var engine = await EngineServer.StartAsync();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{engine.Address}/pulumirpc.ResourceMonitor/SupportsFeature")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        using var response = await http.SendAsync(request, CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();

        response.TrailingHeaders.GetValues("grpc-status").ShouldBe([status]);
        if (message is not null)
        {
            Uri.UnescapeDataString(response.TrailingHeaders.GetValues("grpc-message").Single()).ShouldBe(message);
        }
    }

    [Fact]
    public async Task ErrorTexts_OfAnyLanguage_ReachTheClient()
    {
        await using var engine = await EngineServer.StartAsync();
        var refused = await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync("ünïcode 100%\nзвери", "n"));
        refused.Message.ShouldBe("Type 'ünïcode 100%\nзвери' is not a valid type token (must have format '*:*:*')");
    }

    [Theory]
    [InlineData("plain text: 1/2", "plain text: 1/2")]
    [InlineData("100%\n", "100%25%0A")]
    [InlineData("é", "%C3%A9")]
    public void StatusTexts_AreEncodedAsGrpcSays(string text, string encoded) => GrpcMessage.Encode(text).ShouldBe(encoded);

    [Fact]
    public async Task Rejects_ValuesThatBreakTheWireFormat()
    {
        await using var engine = await EngineServer.StartAsync();
        var refused = await Should.ThrowAsync<GrpcException>(() =>
            engine.RegisterAsync(
                "other:index:Thing",
                "t",
                request => request.Object = Struct.Parser.ParseJson("""{"a": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}}""")));
        (refused.Status, refused.Message).ShouldBe((GrpcStatus.InvalidArgument, "a secret came without its 'value'"));
    }
}
