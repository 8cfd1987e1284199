using Protocol;
using Pulumirpc;
using Rehearsal.Events;
using Rehearsal.Graph;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Services;

// Promise: what a program sends and no engine can do is refused with the resource's name and what is wanted, never with a failure of the engine itself.
public class BadRequestTests
{
    private const string Bucket = "aws:s3/bucket:Bucket";

    private static readonly string Gone = Urn.Create("dev", "platform", null, Bucket, "gone").Value;

    public static TheoryData<string, string> Refusals => new()
    {
        { "package", "unknown provider package 'nobody': 'b' (aws:s3/bucket:Bucket) names one that the program has not registered" },
        { "version latest", "'latest' is not a version: 'b' (aws:s3/bucket:Bucket) needs one like 1.2.3 or 1.2.3-beta.1" },
        { "version 1.2.3.4", "'1.2.3.4' is not a version: 'b' (aws:s3/bucket:Bucket) needs one like 1.2.3 or 1.2.3-beta.1" },
        { "version ^7", "'^7' is not a version: 'b' (aws:s3/bucket:Bucket) needs one like 1.2.3 or 1.2.3-beta.1" },
        { "timeout soon", "'soon' is not a duration: the create timeout of 'b' (aws:s3/bucket:Bucket) needs one like 30s, 5m or 1h30m" },
        { "timeout 5", "'5' is not a duration: the create timeout of 'b' (aws:s3/bucket:Bucket) needs one like 30s, 5m or 1h30m" },
        {
            "timeout 99999999999999999999999999999999h",
            "'99999999999999999999999999999999h' is not a duration: the create timeout of 'b' (aws:s3/bucket:Bucket) needs one like 30s, 5m or 1h30m"
        },
        { "delete timeout -", "'-' is not a duration: the delete timeout of 'b' (aws:s3/bucket:Bucket) needs one like 30s, 5m or 1h30m" },
        { "dependency", $"'b' ({Bucket}) refers to '{Gone}', which is not registered: create it first" },
        { "property dependency", $"'b' ({Bucket}) refers to '{Gone}', which is not registered: create it first" },
        { "deleted with", $"'b' ({Bucket}) refers to '{Gone}', which is not registered: create it first" },
        { "replace with", $"'b' ({Bucket}) refers to '{Gone}', which is not registered: create it first" },
        { "itself", $"'b' ({Bucket}) refers to 'urn:pulumi:dev::platform::{Bucket}::b', which is not registered: create it first" },
        { "provider", "'k' is a provider of 'kubernetes', and 'b' (aws:s3/bucket:Bucket) needs one of 'aws'" },
        { "provider reference", "'nonsense' is not the URN and the id of a provider" },
        { "no provider", "'urn:pulumi:dev::platform::aws:s3/bucket:Bucket::gone::1' is not the URN and the id of a provider" },
        { "stack", "a program has one stack resource, and 'platform-dev' is it already: 'b' cannot be a second one" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Rejects_WhatCannotBe_WithItsName(string what, string problem)
    {
        await using var engine = await EngineServer.StartAsync();
        var kubernetes = await engine.RegisterAsync("pulumi:providers:kubernetes", "k");

        var refused = await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(what == "stack" ? Urn.RootType : Bucket, "b", request =>
        {
            switch (what.Split(' '))
            {
                case ["package"]:
                    request.PackageRef = "nobody";
                    break;
                case ["version", var version]:
                    request.Version = version;
                    break;
                case ["timeout", var create]:
                    request.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = create };
                    break;
                case ["delete", "timeout", var delete]:
                    request.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Delete = delete };
                    break;
                case ["dependency"]:
                    request.Dependencies.Add(Gone);
                    break;
                case ["property", "dependency"]:
                    request.PropertyDependencies["tags"] = new Urns { Urns_ = { Gone } };
                    break;
                case ["deleted", "with"]:
                    request.DeletedWith = Gone;
                    break;
                case ["replace", "with"]:
                    request.ReplaceWith.Add(Gone);
                    break;
                case ["itself"]:
                    request.Dependencies.Add(Urn.Create("dev", "platform", null, Bucket, "b").Value);
                    break;
                case ["provider"]:
                    request.Provider = $"{kubernetes.Urn}::{kubernetes.Id}";
                    break;
                case ["provider", "reference"]:
                    request.Provider = "nonsense";
                    break;
                case ["no", "provider"]:
                    request.Provider = $"{Gone}::1";
                    break;
                default:
                    request.Custom = false;
                    break;
            }
        }));

        refused.Message.ShouldBe(problem);
        engine.Diagnostics.Select(diagnostic => (diagnostic.Severity, diagnostic.Message)).ShouldBe([(DiagnosticSeverity.Error, problem)]);
        engine.Plan.Steps.ShouldNotContain(step => step.Name == "b");
    }

    [Theory]
    [InlineData("7.48.0")]
    [InlineData("v7.48.0-alpha.1+build")]
    [InlineData("7.48")]
    public async Task Versions_ThatPulumiTakes_AreTaken(string version)
    {
        await using var engine = await EngineServer.StartAsync();
        await engine.RegisterAsync(Bucket, "b", request => request.Version = version);
        engine.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnAliasWithNothingInIt_StandsForTheResourceItself()
    {
        await using var engine = await EngineServer.StartAsync();

        await engine.RegisterAsync(Bucket, "b", request => request.Aliases.AddRange([
            new Alias(), new Alias { Urn = "" }, new Alias { Spec = new Alias.Types.Spec() }]));

        engine.Diagnostics.ShouldBeEmpty();
        engine.Step("b").New!.Aliases.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a[")]
    [InlineData("a.")]
    [InlineData("a[\"b")]
    [InlineData("")]
    public async Task APathThatCannotBeRead_IsSaid_AndHasNoEffect(string path)
    {
        await using var engine = await EngineServer.StartAsync();

        await engine.RegisterAsync(Bucket, "b", request => request.IgnoreChanges.Add(path));

        engine.Diagnostics.Select(diagnostic => (diagnostic.Severity, diagnostic.Message)).ShouldBe([(DiagnosticSeverity.Warning,
            $"'{path}' cannot be read as the path of a property, so it has no effect: write name, name.member, name[0] or name[\"a key\"]")]);
    }

    [Fact]
    public async Task ImportOnAComponent_IsSaid_AndHasNoEffect()
    {
        await using var engine = await EngineServer.StartAsync();

        await engine.RegisterAsync("platform:storage:Files", "files", request => (request.Custom, request.ImportId) = (false, "x"));

        engine.Diagnostics.ShouldHaveSingleItem().Message.ShouldBe(
            "'files' is a component, which no provider can import: give the import option to the resources inside it");
        engine.Step("files").Operation.ShouldBe(global::Rehearsal.Planning.Operation.Create);
    }
}
