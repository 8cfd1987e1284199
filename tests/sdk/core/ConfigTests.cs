using System.Text.Json;
using Pulumi;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: configuration comes in the type that was asked for, and an error names the key and the command that sets it.
[Collection(RecordingEngine.Collection)]
public sealed class ConfigTests
{
    private const string Values =
        """{"shop:text":"t","shop:yes":"true","shop:whole":"42","shop:ratio":"2.5","shop:place":"{\"Name\":\"n\",\"Port\":80}","shop:broken":"{no","aws:region":"eu-west-1"}""";

    private sealed record Place(string Name, int Port);

    [Fact]
    public async Task Getters_ReadEveryType()
    {
        var run = await RecordingEngine.RunAsync(
            () =>
                Deployment.RunAsync(() =>
                {
                    var config = new Config();
                    return new Dictionary<string, object?>
                    {
                        ["text"] = config.Require("text"),
                        ["yes"] = config.RequireBoolean("yes"),
                        ["whole"] = config.RequireInt32("whole"),
                        ["ratio"] = config.GetDouble("ratio"),
                        ["place"] = config.RequireObject<Place>("place")!.Port,
                        ["camel"] =
                            config.GetObject<Place>("place", new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase })!.Name
                            ?? "other names",
                        ["other"] = new Config("aws").Require("region"),
                        ["missing"] =
                            $"{config.Get("no")}|{config.GetInt32("no")}|{config.GetBoolean("no")}|{config.GetDouble("no")}|{config.GetObject<Place>("no")}|{config.GetSecret("no")}",
                    };
                }),
            config: Values);

        run.Outputs["shop-test"]
            .ShouldBe("""{"camel":"other names","missing":"|||||","other":"eu-west-1","place":80,"ratio":2.5,"text":"t","whole":42,"yes":true}""");
    }

    [Fact]
    public async Task SecretGetters_MarkWhatTheyRead()
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() =>
        {
            var config = new Config();
            return new Dictionary<string, object?>
            {
                ["text"] = config.RequireSecret("text"),
                ["yes"] = config.GetSecretBoolean("yes"),
                ["whole"] = config.RequireSecretInt32("whole"),
                ["ratio"] = config.GetSecretDouble("ratio"),
                ["place"] = config.RequireSecretObject<Place>("place").Apply(place => place!.Name),
            };
        }), config: Values);

        run.Outputs["shop-test"]
            .ShouldBe("""{"place":{"$secret":"n"},"ratio":{"$secret":2.5},"text":{"$secret":"t"},"whole":{"$secret":42},"yes":{"$secret":true}}""");
    }

    public static TheoryData<string, Action<Config>, string> Errors() =>
        new()
        {
            {
                "missing",
                config => config.Require("domain"),
                "Missing Required configuration variable 'shop:domain'\n\tplease set a value using the command `pulumi config set shop:domain <value>`"
            },
            {
                "missing secret",
                config => config.RequireSecret("domain"),
                "Missing Required configuration variable 'shop:domain'\n\tplease set a value using the command `pulumi config set shop:domain <value>`"
            },
            { "boolean", config => config.GetBoolean("whole"), "Configuration 'shop:whole' value '42' is not a valid Boolean" },
            { "whole number", config => config.GetInt32("ratio"), "Configuration 'shop:ratio' value '2.5' is not a valid Int32" },
            { "number", config => config.RequireDouble("text"), "Configuration 'shop:text' value 't' is not a valid Double" },
            {
                "object",
                config => config.RequireObject<Place>("broken"),
                "Configuration 'shop:broken' value '{no' is not a valid Tests.Sdk.Core.ConfigTests+Place"
            },
        };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Rejects_WhatIsMissingOrOfAnotherType(string what, Action<Config> read, string message)
    {
        var run = await RecordingEngine.RunAsync(() => Deployment.RunAsync(() => read(new Config())), config: Values);

        run.ExitCode.ShouldBe(32, what);
        run.Errors.Single().TrimEnd().Replace("\r", "", StringComparison.Ordinal).ShouldBe(message);
    }
}
