using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Services;

// Every call that an official SDK makes gets the answer that Pulumi's engine gives, or an honest refusal.
public class EngineVerbsTests
{
    [Theory]
    [InlineData("secrets", true)]
    [InlineData("resourceReferences", true)]
    [InlineData("outputValues", true)]
    [InlineData("aliasSpecs", true)]
    [InlineData("deletedWith", true)]
    [InlineData("replaceWith", true)]
    [InlineData("transforms", true)]
    [InlineData("invokeTransforms", true)]
    [InlineData("resourceHooks", true)]
    [InlineData("errorHooks", true)]
    [InlineData("parameterization", false)]
    [InlineData("something of tomorrow", false)]
    public async Task Features_AreSaidHonestly(string id, bool supported)
    {
        await using var engine = await EngineServer.StartAsync();
        (await engine.CallAsync("SupportsFeature", new SupportsFeatureRequest { Id = id }, SupportsFeatureResponse.Parser)).HasSupport.ShouldBe(supported);
    }

    [Theory]
    [InlineData(">=3.208.0", true)]
    [InlineData("3.274.1", true)]
    [InlineData("<3.0.0 || >=3.274.0 !3.274.0", true)]
    [InlineData(">3.274.1", false)]
    [InlineData(">=3.208.0 <3.274.1", false)]
    [InlineData("!3.274.1", false)]
    [InlineData(">=4.0.0", false)]
    [InlineData("^3.1", false)]
    [InlineData("", false)]
    public async Task AProgramThatRequiresAnotherCli_IsRefused(string range, bool isRefusedNot)
    {
        await using var engine = await EngineServer.StartAsync();
        var asked = engine.Channel.CallAsync(
            EngineServer.Engine + "RequirePulumiVersion", new RequirePulumiVersionRequest { PulumiVersionRange = range }, Empty.Parser);

        if (isRefusedNot)
        {
            await asked;
        }
        else
        {
            (await Should.ThrowAsync<Protocol.GrpcException>(asked)).Message.ShouldContain($"requires a Pulumi CLI of version '{range}'");
        }
    }

    [Fact]
    public async Task TheRun_IsDescribed()
    {
        await using var engine = await EngineServer.StartAsync(
            request => request with { Config = request.Config.Add("platform:key", "v"), SecretKeys = ["platform:key"], Parallel = 7 });
        var info = await engine.CallAsync("GetDeploymentInfo", new Empty(), DeploymentInfo.Parser);

        (info.Project, info.Stack, info.Organization, info.DryRun, info.Parallel).ShouldBe(("platform", "dev", "acme", true, 7));
        (info.Config["platform:key"], info.ConfigSecretKeys.Single()).ShouldBe(("v", "platform:key"));
        info.SupportedFeatures.ShouldBe([
            ResourceMonitorFeature.Secrets, ResourceMonitorFeature.ResourceReferences, ResourceMonitorFeature.OutputValues,
            ResourceMonitorFeature.AliasSpecs, ResourceMonitorFeature.DeletedWith, ResourceMonitorFeature.ReplaceWith, ResourceMonitorFeature.Transforms,
            ResourceMonitorFeature.InvokeTransforms, ResourceMonitorFeature.ResourceHooks, ResourceMonitorFeature.ErrorHooks,
        ]);
    }

    [Theory]
    [InlineData("SomethingOfTomorrow")]
    [InlineData("RegisterStateMigration")]
    public async Task CallsThatItLacks_AreUnimplemented(string verb)
    {
        await using var engine = await EngineServer.StartAsync();
        (await Should.ThrowAsync<GrpcException>(() => engine.CallAsync(verb, new Empty(), Empty.Parser))).Status.ShouldBe(GrpcStatus.Unimplemented);
    }

    [Fact]
    public async Task StackOutputs_AndComponentOutputs_EndInTheirStates_Once()
    {
        await using var engine = await EngineServer.StartAsync();
        var outputs = PropertyMap.Create(("url", new SecretProperty(new StringProperty("https://x"))));
        var request = new RegisterResourceOutputsRequest { Urn = engine.Root, Outputs = PropertyEncoder.Encode(outputs) };
        await engine.CallAsync("RegisterResourceOutputs", request, Empty.Parser);

        engine.Step("platform-dev").New!.Outputs.ShouldBe(outputs);
        engine.Progress.Events[^1].ShouldBeOfType<ResourceOutputsEvent>().Metadata.Urn.Value.ShouldBe(engine.Root);
        (await Should.ThrowAsync<GrpcException>(() => engine.CallAsync("RegisterResourceOutputs", request, Empty.Parser)))
            .Message.ShouldBe($"the outputs of '{engine.Root}' came twice: call RegisterOutputs once, at the end of the component");
    }

    [Fact]
    public async Task OtherStacks_AreReadFromWhatIsKnownOfThem()
    {
        await using var engine = await EngineServer.StartAsync(request => request with
        {
            StackOutputs = name => name == "acme/network/prod"
                ? PropertyMap.Create(("vpc", new StringProperty("vpc-1")), ("key", new SecretProperty(new StringProperty("k"))))
                : null,
        });
        var known = await engine.CallAsync("ReadResource", Reference("acme/network/prod"), ReadResourceResponse.Parser);
        var missing = await Should.ThrowAsync<GrpcException>(
            () => engine.CallAsync("ReadResource", Reference("acme/network/gone"), ReadResourceResponse.Parser));

        PropertyDecoder.Decode(known.Properties).ToString().ShouldBe(
            """{"name":"acme/network/prod","outputs":{"key":"[secret]","vpc":"vpc-1"},"secretOutputNames":["key"]}""");
        engine.Step("acme/network/prod").Operation.ShouldBe(Operation.Read);
        missing.Message.ShouldBe("the operation has ended");
        engine.Diagnostics.Last().Message.ShouldBe(
            "Preview failed: unknown stack \"acme/network/gone\": a rehearsal knows another stack's outputs from --stack-outputs acme/network/gone=FILE");

        static ReadResourceRequest Reference(string name) => new()
        {
            Type = "pulumi:pulumi:StackReference",
            Name = name,
            Id = name,
            AcceptSecrets = true,
            AcceptResources = true,
            Properties = PropertyEncoder.Encode(PropertyMap.Create(("name", new StringProperty(name)))),
        };
    }

    [Fact]
    public async Task ReadResources_KeepTheirId_AndAreExternal()
    {
        await using var engine = await EngineServer.StartAsync();
        var answer = await engine.CallAsync(
            "ReadResource",
            new ReadResourceRequest
            { Type = "aws:s3/bucket:Bucket", Name = "old", Id = "old-1", Parent = engine.Root, AcceptSecrets = true, AcceptResources = true },
                ReadResourceResponse.Parser);

        PropertyDecoder.Decode(answer.Properties)["arn"].ShouldBe(UnknownProperty.Instance);
        var state = engine.Step("old").New!;
        (state.External, state.Id).ShouldBe((true, "old-1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("04da6b54-80e4-46f7-96ec-b56ff0331ba9")]
    public async Task Rejects_AReadWhoseIdIsEmptyOrUnknown_AsPulumisEngineDoes(string id)
    {
        await using var engine = await EngineServer.StartAsync();
        var read = new ReadResourceRequest
        { Type = "aws:s3/bucket:Bucket", Name = "old", Id = id, Parent = engine.Root, AcceptSecrets = true, AcceptResources = true };
        var refused = await Should.ThrowAsync<GrpcException>(() => engine.CallAsync("ReadResource", read, ReadResourceResponse.Parser));

        refused.Message.ShouldBe("Expected an ID for urn:pulumi:dev::platform::aws:s3/bucket:Bucket::old");
        engine.Diagnostics.ShouldHaveSingleItem().ShouldBe(new Diagnostic(
            DiagnosticSeverity.Error, refused.Message, global::Rehearsal.Graph.Urn.Parse("urn:pulumi:dev::platform::aws:s3/bucket:Bucket::old")));
        engine.Plan.Steps.ShouldNotContain(step => step.Name == "old");
    }

    [Fact]
    public async Task LogMessages_BecomeDiagnostics_WithoutTheSecretsMetBefore()
    {
        await using var engine = await EngineServer.StartAsync();
        await engine.RegisterAsync(
            "other:index:Thing",
            "t",
            request => request.Object = PropertyEncoder.Encode(PropertyMap.Create(("key", new SecretProperty(new StringProperty("m4rk\"er"))))));
        await engine.Channel.CallAsync(
            EngineServer.Engine + "Log",
            new LogRequest { Severity = LogSeverity.Warning, Message = """the key is m4rk"er, in JSON "m4rk\u0022er" and "m4rk\"er" """, Urn = engine.Root },
            Empty.Parser);

        engine.Diagnostics.ShouldHaveSingleItem().ShouldBe(
            new Diagnostic(
                DiagnosticSeverity.Warning, """the key is [secret], in JSON "[secret]" and "[secret]" """, global::Rehearsal.Graph.Urn.Parse(engine.Root)));
    }

    [Fact]
    public async Task TheRootResource_IsTheStack_AndNothingElseCanBe()
    {
        await using var engine = await EngineServer.StartAsync();
        (await engine.Channel.CallAsync(EngineServer.Engine + "GetRootResource", new Empty(), GetRootResourceResponse.Parser)).Urn.ShouldBe(engine.Root);
        await engine.Channel.CallAsync(EngineServer.Engine + "SetRootResource", new SetRootResourceRequest { Urn = engine.Root }, Empty.Parser);
        (await Should.ThrowAsync<GrpcException>(
            () => engine.Channel.CallAsync(
                EngineServer.Engine + "SetRootResource", new SetRootResourceRequest { Urn = "urn:pulumi:dev::platform::a:b:C::n" }, Empty.Parser)))
            .Message.ShouldBe($"'urn:pulumi:dev::platform::a:b:C::n' cannot be the root: '{engine.Root}' is");
    }

    [Fact]
    public async Task PackageReferences_CarryTheirVersionIntoTheDefaultProvider()
    {
        await using var engine = await EngineServer.StartAsync();
        var package = await engine.CallAsync("RegisterPackage", new RegisterPackageRequest { Name = "aws", Version = "7.1.0" }, RegisterPackageResponse.Parser);
        await engine.RegisterAsync("aws:s3/bucket:Bucket", "a", request => request.PackageRef = package.Ref);

        engine.Plan.Steps.ShouldContain(step => step.Name == "default_7_1_0");
    }

    [Fact]
    public async Task Methods_NeedAPlugin_AndSayIt()
    {
        await using var engine = await EngineServer.StartAsync();
        (await Should.ThrowAsync<GrpcException>(
            () => engine.CallAsync("Call", new ResourceCallRequest { Tok = "eks:index:Cluster/getKubeconfig" }, CallResponse.Parser)))
            .Message.ShouldBe("the method 'eks:index:Cluster/getKubeconfig' belongs to a plugin, and this engine runs none: preview with the Pulumi CLI");
    }
}
