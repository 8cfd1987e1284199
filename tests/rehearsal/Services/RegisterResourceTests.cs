using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Services;

// A registration becomes the state that Pulumi's engine would plan for it.
public class RegisterResourceTests
{
    private const string Bucket = "aws:s3/bucket:Bucket";
    private const string Component = "platform:storage:Files";

    [Fact]
    public async Task Urns_CarryTheTypesOfTheParents_ButNotTheStack()
    {
        await using var engine = await EngineServer.StartAsync();
        var parent = await engine.RegisterAsync(Component, "files", request => request.Custom = false);
        var child = await engine.RegisterAsync(Bucket, "files-bucket", request => request.Parent = parent.Urn);

        parent.Urn.ShouldBe("urn:pulumi:dev::platform::platform:storage:Files::files");
        child.Urn.ShouldBe("urn:pulumi:dev::platform::platform:storage:Files$aws:s3/bucket:Bucket::files-bucket");
    }

    [Fact]
    public async Task Rejects_AUrnRegisteredTwice_AsPulumiDoes()
    {
        await using var engine = await EngineServer.StartAsync();
        var (one, two) = (await engine.RegisterAsync(Component, "one", request => request.Custom = false),
            await engine.RegisterAsync(Component, "two", request => request.Custom = false));
        await engine.RegisterAsync(Bucket, "data", request => request.Parent = one.Urn);

        var refused = await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync(Bucket, "data", request => request.Parent = two.Urn));

        refused.Message.ShouldBe(
            "Duplicate resource URN 'urn:pulumi:dev::platform::platform:storage:Files$aws:s3/bucket:Bucket::data'; try giving it a unique name");
        engine.Diagnostics.ShouldHaveSingleItem().Severity.ShouldBe(DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task OfManyRegistrationsOfOneUrn_ExactlyOneIsTaken()
    {
        await using var engine = await EngineServer.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await engine.RegisterAsync(Bucket, "same");
                return true;
            }
            catch (GrpcException)
            {
                return false;
            }
        }));

        answers.Count(taken => taken).ShouldBe(1);
        engine.Plan.Steps.Count(step => step.Name == "same").ShouldBe(1);
    }

    [Fact]
    public async Task InPreview_TheIdAndOtherOutputsAreUnknown_AndInputsComeBack()
    {
        await using var engine = await EngineServer.StartAsync();
        var answer = await engine.RegisterAsync(Bucket, "data", request => request.Object = Struct.Parser.ParseJson("""{"bucket": "data-1"}"""));

        answer.Id.ShouldBeEmpty();
        var outputs = PropertyDecoder.Decode(answer.Object);
        outputs["bucket"].ShouldBe(new StringProperty("data-1"));
        outputs["arn"].ShouldBe(UnknownProperty.Instance);
    }

    [Fact]
    public async Task SecretOutputsOfTheSchema_AndThoseAskedFor_AreSecret()
    {
        await using var engine = await EngineServer.StartAsync();
        var password = PropertyDecoder.Decode(
            (await engine.RegisterAsync(
                "random:index/randomPassword:RandomPassword", "p", request => request.Object = Struct.Parser.ParseJson("""{"length": 20}"""))).Object);
        var bucket = PropertyDecoder.Decode((await engine.RegisterAsync(Bucket, "data", request => request.AdditionalSecretOutputs.Add("arn"))).Object);

        password["result"].ShouldBe(new SecretProperty(UnknownProperty.Instance));
        bucket["arn"].ShouldBe(new SecretProperty(UnknownProperty.Instance));
    }

    [Fact]
    public async Task DefaultProviders_AreMadeOncePerVersion_AndNeitherShownNorCounted()
    {
        await using var engine = await EngineServer.StartAsync();
        await engine.RegisterAsync(Bucket, "a", request => request.Version = "7.48.0");
        await engine.RegisterAsync(Bucket, "b", request => request.Version = "7.48.0");
        await engine.RegisterAsync(Bucket, "c", request => request.Version = "7.0.0");

        engine.Plan.Steps.Where(step => step.IsDefaultProvider).Select(step => step.Name).ShouldBe(["default_7_48_0", "default_7_0_0"]);
        engine.Step("b").Provider.ShouldBe("urn:pulumi:dev::platform::pulumi:providers:aws::default_7_48_0::04da6b54-80e4-46f7-96ec-b56ff0331ba9");
        engine.Step("default_7_0_0").New!.Inputs.ShouldBe(
            PropertyMap.Create(("__internal", new ObjectProperty(PropertyMap.Empty)), ("version", new StringProperty("7.0.0"))));
        engine.Plan.Changes.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(Operation.Create, 4));
        // The live picture leaves the providers out; the log of events has them, as Pulumi's has
        engine.Progress.Events.OfType<ResourcePreEvent>().Count().ShouldBe(6);
    }

    [Fact]
    public async Task ExplicitProviders_AreUsed_AndComponentsHandThemDown()
    {
        await using var engine = await EngineServer.StartAsync();
        var provider = await engine.RegisterAsync(
            "pulumi:providers:aws",
            "euro",
            request => request.Object = Struct.Parser.ParseJson("""{"region": "eu-west-1"}"""));
        var reference = $"{provider.Urn}::{provider.Id}";
        var parent = await engine.RegisterAsync(Component, "files", request =>
        {
            request.Custom = false;
            request.Providers.Add("aws", reference);
        });
        await engine.RegisterAsync(Bucket, "given", request => request.Provider = reference);
        await engine.RegisterAsync(Bucket, "inherited", request => request.Parent = parent.Urn);

        new[] { engine.Step("given").Provider, engine.Step("inherited").Provider }.ShouldAllBe(property => property == reference);
        engine.Plan.Steps.ShouldNotContain(step => step.IsDefaultProvider);
    }

    [Fact]
    public async Task Rejects_AProviderThatIsNotRegistered()
    {
        await using var engine = await EngineServer.StartAsync();
        var refused = await Should.ThrowAsync<GrpcException>(
            () => engine.RegisterAsync(Bucket, "a", request => request.Provider = "urn:pulumi:dev::platform::pulumi:providers:aws::gone::x"));
        refused.Message.ShouldBe("the provider 'urn:pulumi:dev::platform::pulumi:providers:aws::gone' is not registered: create it before 'a'");
    }

    [Fact]
    public async Task Rejects_AParentThatIsNotRegistered()
    {
        await using var engine = await EngineServer.StartAsync();
        var refused = await Should.ThrowAsync<GrpcException>(() =>
            engine.RegisterAsync(Bucket, "a", request => request.Parent = "urn:pulumi:dev::platform::a:b:C::gone"));
        refused.Message.ShouldBe(
            "the parent 'urn:pulumi:dev::platform::a:b:C::gone' of 'a' (aws:s3/bucket:Bucket) is not registered: create it first, "
                + "with the same stack and project");
    }

    [Fact]
    public async Task Options_ArriveInTheState_AndProtectionIsInherited()
    {
        await using var engine = await EngineServer.StartAsync();
        var parent = await engine.RegisterAsync(Component, "files", request => (request.Custom, request.Protect, request.RetainOnDelete) = (false, true, true));
        var other = await engine.RegisterAsync(Bucket, "other");
        await engine.RegisterAsync(Bucket, "data", request =>
        {
            request.Parent = parent.Urn;
            request.Dependencies.Add(other.Urn);
            request.PropertyDependencies.Add("bucket", new Urns { Urns_ = { other.Urn } });
            request.IgnoreChanges.Add("tags");
            request.ReplaceOnChanges.Add("bucket");
            request.DeletedWith = other.Urn;
            request.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "30m" };
            request.ImportId = "data-1";
        });
        await engine.RegisterAsync(Bucket, "free", request => (request.Parent, request.Protect) = (parent.Urn, false));

        var step = engine.Step("data");
        var state = step.New!;
        (step.Operation, state.Protect, state.RetainOnDelete, state.ImportId, state.CustomTimeouts.Create).ShouldBe(
            (Operation.Import, true, true, "data-1", "30m"));
        state.Dependencies.ShouldHaveSingleItem().Value.ShouldBe(other.Urn);
        state.PropertyDependencies["bucket"].ShouldHaveSingleItem().Value.ShouldBe(other.Urn);
        (state.IgnoreChanges.Single(), state.ReplaceOnChanges.Single(), state.DeletedWith!.Value).ShouldBe(("tags", "bucket", other.Urn));
        engine.Step("free").New!.Protect.ShouldBeFalse();
    }

    [Fact]
    public async Task FormerUrns_FindTheOldResource_AndAParentsFormerNameReachesItsChildren()
    {
        const string prefix = "urn:pulumi:dev::platform::";
        var (data, bucket) = (Urn.Parse($"{prefix}{Component}::data"), Urn.Parse($"{prefix}{Component}${Bucket}::data-bucket"));
        await using var engine = await EngineServer.StartAsync(resource => resource with
        {
            State = new Checkpoint
            {
                Resources =
                [
                    new ResourceState { Urn = data, Type = Component },
                    new ResourceState { Urn = bucket, Type = Bucket, Custom = true, Id = "b-1", Parent = data,
                        Provider = $"{prefix}pulumi:providers:aws::default::id" },
                ],
            },
        });

        var parent = await engine.RegisterAsync(Component, "files", request =>
        {
            request.Custom = false;
            request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = "data" } });
        });
        var child = await engine.RegisterAsync(Bucket, "files-bucket", request =>
        {
            request.Parent = parent.Urn;
            request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { NoParent = true } });
        });

        (engine.Step("files").Old!.Urn, engine.Step("files-bucket").Old!.Urn, child.Id).ShouldBe((data, bucket, "b-1"));
    }

    [Fact]
    public async Task EveryProblemWithTheInputs_IsReported_WithTheUrnAndWithoutSecrets()
    {
        await using var engine = await EngineServer.StartAsync();
        await Should.ThrowAsync<GrpcException>(() =>
            engine.RegisterAsync(
                "kubernetes:core/v1:Secret",
                "key",
                request =>
                    request.Object = Struct.Parser.ParseJson(
                        """{"metadata": {"lables": {}}, "immutable": "yes", "stringData": {"k": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": 1234567}}}""")));

        engine.Diagnostics.Select(diagnostic => (diagnostic.Urn!.Name, diagnostic.Message)).ShouldBe([
            ("key", "kubernetes:core/v1:Secret 'key': immutable must be true or false, is \"yes\""),
            ("key", "kubernetes:core/v1:Secret 'key': metadata.lables is not a known property; did you mean 'labels'?"),
            ("key", "kubernetes:core/v1:Secret 'key': stringData[\"k\"] must be text, is [secret]"),
        ]);
    }

    [Fact]
    public async Task TypesOutsideTheSchema_AreTakenWithOneWarning_AndCustomResourcesWithout()
    {
        await using var engine = await EngineServer.StartAsync();
        await engine.RegisterAsync("aws:sns/nothing:Nothing", "a");
        await engine.RegisterAsync("aws:sns/nothing:Nothing", "b");
        await engine.RegisterAsync("kubernetes:cert-manager.io/v1:Certificate", "c");
        await engine.RegisterAsync("other:index:Thing", "d", request => request.Object = Struct.Parser.ParseJson("""{"any": 1}"""));

        engine.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldBe([
            "aws:sns/nothing:Nothing is not in the schema of 'aws', so its properties are not checked: add the token to "
                + "sdk/schema/tokens.txt and run './platform sdk schema'",
        ]);
    }

    [Fact]
    public async Task KubernetesObjectsWithoutAName_GetOneThatFollowsFromTheUrn()
    {
        await using var engine = await EngineServer.StartAsync();
        var named = PropertyDecoder.Decode((await engine.RegisterAsync("kubernetes:core/v1:ConfigMap", "settings")).Object);
        var given = PropertyDecoder.Decode(
            (await engine.RegisterAsync(
                "kubernetes:core/v1:ConfigMap", "other", request => request.Object = Struct.Parser.ParseJson("""{"metadata": {"name": "mine"}}"""))).Object);

        named["metadata"].ToString().ShouldMatch("""^\{"annotations":\{"pulumi.com/autonamed":"true"\},"name":"settings-[0-9a-f]{8}"\}$""");
        given["metadata"].ToString().ShouldBe("""{"name":"mine"}""");
    }

    [Fact]
    public async Task Rejects_RemoteComponents()
    {
        await using var engine = await EngineServer.StartAsync();
        var refused = await Should.ThrowAsync<GrpcException>(() => engine.RegisterAsync("eks:index:Cluster", "c", request => request.Remote = true));
        refused.Message.ShouldStartWith(
            "'c' (eks:index:Cluster) is a remote component: its plugin would create its children, and this engine runs no plugins.");
    }

    [Fact]
    public async Task OutputValues_BecomeTheirValues_SecretOrUnknown()
    {
        await using var engine = await EngineServer.StartAsync();
        await engine.RegisterAsync("other:index:Thing", "t", request => request.Object = PropertyEncoder.Encode(PropertyMap.Create(
            ("secret", new OutputProperty(new StringProperty("s"), Secret: true, [])),
            ("unknown", new OutputProperty(Value: null, Secret: false, ["urn:pulumi:dev::platform::a:b:C::n"])))));

        engine.Step("t").New!.Inputs.ShouldBe(
            PropertyMap.Create(("secret", new SecretProperty(new StringProperty("s"))), ("unknown", UnknownProperty.Instance)));
    }

    [Fact]
    public async Task ResourceReferences_ReachOnlyProgramsThatKnowThem()
    {
        await using var engine = await EngineServer.StartAsync();
        var inputs = PropertyEncoder.Encode(
            PropertyMap.Create(
                ("one", new ReferenceProperty(engine.Root)), ("two", new ReferenceProperty(engine.Root, "id-1")),
                ("three", new ReferenceProperty(engine.Root, ""))));
        var modern = await engine.RegisterAsync("other:index:Thing", "modern", request => request.Object = inputs.Clone());
        var old = await engine.RegisterAsync("other:index:Thing", "old", request => (request.Object, request.AcceptResources) = (inputs.Clone(), false));

        modern.Object.ShouldBe(inputs);
        PropertyDecoder.Decode(old.Object).ShouldBe(
            PropertyMap.Create(("one", new StringProperty(engine.Root)), ("two", new StringProperty("id-1")), ("three", UnknownProperty.Instance)));
    }
}
