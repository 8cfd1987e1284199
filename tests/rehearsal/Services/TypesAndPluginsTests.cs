using Protocol;
using Pulumirpc;
using Rehearsal.Graph;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Services;

// Promise: every type that Pulumi's engine accepts is accepted; what only a plugin could do is refused by its name, with what to do instead.
public class TypesAndPluginsTests
{
    [Theory]
    [InlineData("my:mod:Type")]
    [InlineData("pkg:Type")]
    [InlineData("Group")]
    [InlineData("a:b:c:d:e")]
    [InlineData("with space/and-more.things")]
    [InlineData("kubernetes:helm.sh/v3:Chart")]
    public async Task Components_MayHaveATypeOfAnyForm(string type)
    {
        await using var engine = await EngineServer.StartAsync();

        var parent = await engine.RegisterAsync(type, "outer", request => request.Custom = false);
        var child = await engine.RegisterAsync("a:b:C", "inner", request => request.Parent = parent.Urn);

        parent.Urn.ShouldBe($"urn:pulumi:dev::platform::{type}::outer");
        child.Urn.ShouldBe($"urn:pulumi:dev::platform::{type}$a:b:C::inner");
        Urn.Parse(child.Urn).Type.ShouldBe("a:b:C");
        engine.Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a:b:C")]
    [InlineData("pulumi:providers:mine")]
    [InlineData("pulumi-nodejs:dynamic:Resource")]
    [InlineData("my:a/b/c:T")]
    public async Task CustomResources_MayHaveAnyTypeOfThreeParts(string type)
    {
        await using var engine = await EngineServer.StartAsync();

        (await engine.RegisterAsync(type, "thing")).Urn.ShouldBe($"urn:pulumi:dev::platform::{type}::thing");
        engine.Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Group")]
    [InlineData("a:B")]
    [InlineData("a:b:c:D")]
    [InlineData("")]
    public async Task Rejects_CustomResourcesWhoseTypeHasNoThreeParts_RegisteredOrRead(string type)
    {
        await using var engine = await EngineServer.StartAsync();

        var message = $"Type '{type}' is not a valid type token (must have format '*:*:*')";
        (await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(type, "thing"))).Message.ShouldBe(message);
        (await Should.ThrowAsync<GrpcException>(() => engine.CallAsync(
            "ReadResource", new ReadResourceRequest { Type = type, Name = "thing", Id = "1", Parent = engine.Root }, ReadResourceResponse.Parser)))
            .Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a::b")]
    public async Task Rejects_ComponentTypesThatCannotStandInAUrn(string type)
    {
        await using var engine = await EngineServer.StartAsync();

        (await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(type, "thing", request => request.Custom = false))).Message.ShouldBe(
            $"'thing' has the type '{type}', which cannot stand in a URN: it must be no empty text and have no '::'");
    }

    [Fact]
    public async Task Rejects_VariablesOfAProvidersPlugin()
    {
        await using var engine = await EngineServer.StartAsync();

        (await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync("pulumi:providers:aws", "mine", request =>
        {
            request.EnvVarMappings.Add("MY_REGION", "AWS_REGION");
            request.EnvVarMappings.Add("MY_KEY", "AWS_KEY");
        }))).Message.ShouldBe("'mine' (pulumi:providers:aws) has envVarMappings (MY_KEY, MY_REGION): they set variables of the provider's plugin, and this "
            + "engine runs no plugins. Take them out, or preview with the Pulumi CLI.");
        engine.Plan.Steps.ShouldNotContain(step => step.Name == "mine");
    }

    [Fact]
    public async Task Rejects_RemoteComponents_Methods_AndParameterizedPackages()
    {
        await using var engine = await EngineServer.StartAsync();

        (await Should.ThrowAsync<GrpcException>(
            () => engine.RegisterAsync("eks:index:Cluster", "c", request => request.Remote = true))).Message.ShouldStartWith(
            "'c' (eks:index:Cluster) is a remote component: its plugin would create its children, and this engine runs no plugins.");
        (await Should.ThrowAsync<GrpcException>(() => engine.CallAsync(
            "Call", new ResourceCallRequest { Tok = "eks:index:Cluster/getKubeconfig" }, CallResponse.Parser))).Message.ShouldBe(
            "the method 'eks:index:Cluster/getKubeconfig' belongs to a plugin, and this engine runs none: preview with the Pulumi CLI");
        (await Should.ThrowAsync<GrpcException>(() => engine.CallAsync("RegisterPackage", new RegisterPackageRequest
        {
            Name = "terraform-provider",
            Parameterization = new Parameterization { Name = "cloudflare", Version = "1.0.0" },
        }, RegisterPackageResponse.Parser))).Message.ShouldStartWith("the package 'cloudflare' is made by the plugin 'terraform-provider' from parameters");
    }
}
