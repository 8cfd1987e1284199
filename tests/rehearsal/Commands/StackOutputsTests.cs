using Rehearsal.Wire;

namespace Tests.Rehearsal.Commands;

// Promise: a program that refers to other stacks is rehearsed with the outputs that the operator gives, and with no others.
public sealed class StackOutputsTests : IDisposable
{
    private readonly CliFixture _cli = new() { Answer = _ => Results.Redis };

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task OutputsOfAFile_BelongToTheStackOfThatName()
    {
        File.WriteAllText(Path.Combine(_cli.Folder.Path, "network.json"), """{"vpcId": "vpc-1", "zones": ["a", "b"]}""");

        var run = await _cli.RunAsync(["preview", "dev", "--stack-outputs", "acme/network/prod=network.json"]);

        run.ExitCode.ShouldBe(0);
        var request = _cli.Request.ShouldNotBeNull();
        request.StackOutputs("acme/network/prod").ShouldBe(PropertyMap.Create(
            ("vpcId", new StringProperty("vpc-1")),
            ("zones", new ListProperty([new StringProperty("a"), new StringProperty("b")]))));
        request.StackOutputs("acme/network/dev").ShouldBeNull();
    }

    [Theory]
    [InlineData("network.json", "--stack-outputs 'network.json' is not NAME=FILE.")]
    [InlineData("net=missing.json", "The outputs of 'net' cannot be read from")]
    [InlineData("net=broken.json", "The outputs of 'net' cannot be read from")]
    public async Task Rejects_WhatIsNoFileOfOutputs(string given, string expected)
    {
        File.WriteAllText(Path.Combine(_cli.Folder.Path, "broken.json"), "[1,");

        var run = await _cli.RunAsync(["preview", "dev", "--stack-outputs", given]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(expected);
        _cli.Request.ShouldBeNull();
    }
}
