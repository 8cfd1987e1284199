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

    [Fact]
    public async Task Secrets_StaySecret_HoweverTheFileSpellsThem()
    {
        const string Mark = "\"4dabf18193072939515e22adb298388d\": \"1b47061264138c4ac30d75fd1eb44270\"";
        File.WriteAllText(
            Path.Combine(_cli.Folder.Path, "network.json"),
            $$"""
            {
              "hidden": "[secret]",
              "inside": {"list": ["[secret]", "open"]},
              "shown": { {{Mark}}, "value": "MARKER" },
              "plain": { {{Mark}}, "plaintext": "{\"user\":\"MARKER\"}" },
              "sealed": {"deep": { {{Mark}}, "ciphertext": "v1:a:b" } }
            }
            """);

        (await _cli.RunAsync(["preview", "dev", "--stack-outputs", "net=network.json"])).ExitCode.ShouldBe(0);

        var unknown = new SecretProperty(UnknownProperty.Instance);
        _cli.Request!.StackOutputs("net").ShouldBe(PropertyMap.Create(
            ("hidden", unknown),
            ("inside", Results.Map(("list", new ListProperty([unknown, new StringProperty("open")])))),
            ("shown", new SecretProperty(new StringProperty("MARKER"))),
            ("plain", new SecretProperty(Results.Map(("user", new StringProperty("MARKER"))))),
            ("sealed", Results.Map(("deep", unknown)))));
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
