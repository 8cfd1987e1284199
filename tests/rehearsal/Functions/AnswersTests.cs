using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Execution;
using Rehearsal.Functions;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.State;
using Rehearsal.Wire;
using Tests.Rehearsal.StackFiles;
using Tests.Rehearsal.Support;
using static Tests.Rehearsal.Providers.Making;

namespace Tests.Rehearsal.Functions;

// Promise: what the operator says in --answers is what functions answer and reads find; what cannot be an answer is refused with its line.
public sealed class AnswersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFunction_AnswersWithWhatTheFileSays()
    {
        await using var engine = await EngineServer.StartAsync(With("""
            functions:
              - token: aws:eks/getCluster:getCluster
                args: { name: research }
                result: { version: "1.34", accessConfigs: [{ authenticationMode: API_AND_CONFIG_MAP }] }
              - token: aws:eks/getCluster:getCluster
                result: { version: "1.33" }
              - token: kubernetes:helm:template
                result: { result: [{ kind: ConfigMap, data: { port: 5, "on": true, none: ~, key: { "fn::secret": s } } }] }
            """));

        var research = await engine.InvokeAsync("aws:eks/getCluster:getCluster", PropertyMap.Create(("name", S("research"))));
        var other = await engine.InvokeAsync("aws:eks/getCluster:getCluster", PropertyMap.Create(("name", S("other"))));

        (Text(research, "version"), Text(research, "id"), Text(other, "version"), Text(other, "id")).ShouldBe(("1.34", "research", "1.33", "other"));
        research["accessConfigs"].ToString().ShouldBe("""[{"authenticationMode":"API_AND_CONFIG_MAP","bootstrapClusterCreatorAdminPermissions":false}]""");
        // What the answer leaves out is empty, since it is the whole answer
        (research.ContainsUnknowns, Text(research, "endpoint")).ShouldBe((false, ""));
        (await engine.InvokeAsync("kubernetes:helm:template", PropertyMap.Empty))["result"].ToString()
            .ShouldBe("""[{"data":{"key":"[secret]","none":null,"on":true,"port":5},"kind":"ConfigMap"}]""");
        engine.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatTheSchemaCallsSecret_IsSecret()
    {
        await using var engine = await EngineServer.StartAsync(With("""
            { "functions": [{ "token": "aws:eks/getClusterAuth:getClusterAuth", "result": { "token": "t" } }] }
            """));
        (await engine.InvokeAsync("aws:eks/getClusterAuth:getClusterAuth", PropertyMap.Create(("name", S("c")))))["token"]
            .ShouldBe(new SecretProperty(S("t")));
    }

    [Fact]
    public async Task AResource_IsReadAsTheFileSays()
    {
        await using var engine = await EngineServer.StartAsync(With("""
            resources:
              - { type: "kubernetes:apps/v1:Deployment", id: tower/cron, state: { spec: { replicas: 3 } } }
              - { type: "kubernetes:core/v1:ConfigMap", id: tower/gone, missing: true }
            """));
        async Task<PropertyMap> ReadAsync(string type, string id) => PropertyDecoder.Decode((await engine.CallAsync(
            "ReadResource", new Pulumirpc.ReadResourceRequest { Type = type, Name = "r" + id, Id = id, Parent = engine.Root },
            Pulumirpc.ReadResourceResponse.Parser)).Properties);

        (await ReadAsync("kubernetes:apps/v1:Deployment", "tower/cron")).ToString()
            .ShouldBe("""{"metadata":{"name":"cron","namespace":"tower"},"spec":{"replicas":3}}""");
        await Should.ThrowAsync<Protocol.GrpcException>(() => ReadAsync("kubernetes:core/v1:ConfigMap", "tower/gone"));
        engine.Diagnostics[0].Message.ShouldBe("Preview failed: resource 'tower/gone' does not exist");
    }

    [Fact]
    public void ARefresh_FindsWhatTheFileSays()
    {
        var goals = new[] { Map("same"), Map("changed"), Map("gone") };
        var state = Rehearsed.Run(OperationKind.Update, null, goals).State;
        var answers = Answers("""
            resources:
              - { type: "kubernetes:core/v1:ConfigMap", id: default/same, state: { data: { key: value } } }
              - { type: "kubernetes:core/v1:ConfigMap", id: default/changed, state: { data: { key: other, more: x } } }
              - { type: "kubernetes:core/v1:ConfigMap", id: default/gone, missing: true }
            """);

        var (found, after) = Refreshed(OperationKind.Refresh, state, answers);

        found.ShouldBe(["changed update", "gone delete", "same same"]);
        after.Resources.Where(resource => resource.Type == "kubernetes:core/v1:ConfigMap")
            .Select(resource => $"{resource.Urn.Name} {resource.Inputs["data"]} {resource.Outputs["data"]}")
            .ShouldBe(["""same {"key":"value"} {"key":"value"}""", """changed {"key":"other"} {"key":"other","more":"x"}"""]);
        // The program then puts back what it wants
        Rehearsed.Run(OperationKind.Preview, after, goals).Done.Order(StringComparer.Ordinal)
            .ShouldBe(["create gone", "delete-replaced changed", "replace changed", "create-replacement changed", "same same"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("functions: 5", "1:12: `functions` has to be a list.")]
    [InlineData("functions: [5]", "1:13: an entry of `functions` has to hold `key: value` lines.")]
    [InlineData("answers: []", "1:1: `answers` is not known here: allowed are functions, resources.")]
    [InlineData("functions:\n  - result: {}", "2:5: `token` is missing: written as in `aws:eks/getCluster:getCluster`.")]
    [InlineData("functions:\n  - token: getCluster\n    result: {}",
        "2:5: 'getCluster' is no token: it has three parts with colons between them, written as in `aws:eks/getCluster:getCluster`.")]
    [InlineData("functions:\n  - token: a:b:c", "2:5: `result` is missing: what the function answers.")]
    [InlineData("functions:\n  - token: a:b:c\n    result: 5", "3:13: `result` has to hold `key: value` lines: what the function answers.")]
    [InlineData("functions:\n  - token: aws:eks/getCluster:getCluster\n    args: {nam: x}\n    result: {}",
        "3:17: `args.nam` is not a known property; did you mean 'name'?")]
    [InlineData("functions:\n  - token: aws:eks/getCluster:getCluster\n    result:\n      accessConfigs:\n        - authenticationMode: 5",
        "5:31: `result.accessConfigs[0].authenticationMode` must be text, is 5.")]
    [InlineData("resources:\n  - type: kubernetes:apps/v1:Deployment\n    state: {}", "2:5: `id` is missing: the provider's id, such as `namespace/name`.")]
    [InlineData("resources:\n  - {type: 'a:b:C', id: x}", "2:5: 'a:b:C' with the id 'x' has no `state`.")]
    [InlineData("resources:\n  - {type: 'a:b:C', id: x, missing: no}", "2:37: `missing` can only be true.")]
    [InlineData("resources:\n  - {type: 'a:b:C', id: x, missing: true, state: {}}", "2:50: 'a:b:C' with the id 'x' cannot be missing and have a state.")]
    [InlineData("resources:\n  - {type: 'a:b:C', id: x, missing: true}\n  - {type: 'a:b:C', id: x, missing: true}",
        "3:5: 'a:b:C' with the id 'x' has an answer already at FILE:2:5.")]
    [InlineData("resources:\n  - type: kubernetes:apps/v1:Deployment\n    id: a/b\n    state:\n      spec: {replicas: many}",
        "5:24: `state.spec.replicas` must be a whole number, is \"many\".")]
    [InlineData("functions: [", "1:13: this is not valid YAML")]
    public void Rejects_WhatCannotBeAnAnswer(string file, string problem)
    {
        var error = Should.Throw<BadInputException>(() => Answers(file)).Message;
        error.Replace(Path.Combine(_folder.Path, "answers.yaml"), "FILE", StringComparison.Ordinal).ShouldStartWith($"FILE:{problem}");
    }

    [Fact]
    public void TheExample_IsOne() => AnswersFile.Read(Path.Combine(Tests.Support.Repository.Root, "stacks/examples/answers.yaml"), SchemaStore.Bundled)
        .Functions.Length.ShouldBeGreaterThan(5);

    private static (string[] Found, Checkpoint State) Refreshed(OperationKind kind, Checkpoint state, Answers answers)
    {
        var secrets = new SecretFilter();
        using var context = new EngineContext(new RehearsalRequest
        {
            Program = new ProgramLaunch("none", [], ".", "."),
            Project = "p",
            Stack = "s",
            Kind = kind,
            State = state,
            Answers = answers,
        }, new EventStream(new RecordingProgress(), secrets), secrets, SchemaStore.Bundled);
        new Operations(context).Refresh();
        return ([.. context.Steps.Plan.Steps.Where(step => step.Type == "kubernetes:core/v1:ConfigMap")
            .Select(step => $"{step.Name} {step.Found!.Value.PulumiName()}").Order(StringComparer.Ordinal)], context.Snapshot.Checkpoint(StateSecrets.Closed));
    }

    private Answers Answers(string file) => AnswersFile.Read(_folder.Write("answers.yaml", file), SchemaStore.Bundled);

    private Func<RehearsalRequest, RehearsalRequest> With(string file) => request => request with { Answers = Answers(file) };

    private static ResourceGoal Map(string name) => new()
    {
        Type = "kubernetes:core/v1:ConfigMap",
        Name = name,
        Custom = true,
        Properties = PropertyMap.Create(
            ("data", new ObjectProperty(PropertyMap.Create(("key", S("value"))))), ("metadata", new ObjectProperty(PropertyMap.Create(("name", S(name)))))),
    };
}
