using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.Functions;
using Rehearsal.Schemas;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: nobody makes up what the clouds would say of the stack file; what the operator says of them counts.
public class AnswersProgramTests
{
    private const string Cluster = "platform:cluster";

    private static readonly Answers Example = AnswersFile.Read(Path.Combine(Repository.Root, "stacks/examples/answers.yaml"), SchemaStore.Bundled);

    [Theory]
    [InlineData("apiAndConfigMap")]
    [InlineData("configMap")]
    [InlineData(null)]
    public async Task AnAdoptedCluster_IsPreviewedWithWhateverModeTheStackFileSays(string? mode)
    {
        var run = await RehearsedStack.RunAsync(With(mode));

        run.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded, string.Join('\n', run.Result.Diagnostics));
    }

    // That the mode of the example's file fits, TheExampleAnswers_FitTheExamples shows.
    [Fact]
    public async Task AnAnswer_IsHeldAgainstTheStackFile()
    {
        var run = await RehearsedStack.RunAsync(With("configMap") with { Answers = Example });

        run.Result.Diagnostics.ShouldContain(diagnostic => diagnostic.Message.Contains(
            "EKS cluster 'shared-research' has another authentication mode than the stack file says: set authenticationMode: api.", StringComparison.Ordinal));
        run.Result.Outcome.ShouldBe(RehearsalOutcome.ProgramFailed);
    }

    [Theory]
    [InlineData("eks-dev")]
    [InlineData("eks-adopt")]
    [InlineData("gke-adopt")]
    public async Task TheExampleAnswers_FitTheExamples(string stack)
    {
        var path = $"stacks/examples/Pulumi.{stack}.yaml";
        var unknown = (await RehearsedStack.Of(path)).Result;
        var known = await RehearsedStack.RunAsync(RehearsedStack.RequestFor(path) with { Answers = Example });

        known.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded, string.Join('\n', known.Result.Diagnostics));
        Unknowns(known.Result).ShouldBeLessThan(Unknowns(unknown));
    }

    private static int Unknowns(RehearsalResult result) => result.Plan.Steps.Sum(step => step.New!.Inputs.Values.Count(value => value.ContainsUnknowns));

    private static RehearsalRequest With(string? mode)
    {
        var request = RehearsedStack.RequestFor("stacks/examples/Pulumi.eks-adopt.yaml");
        var cluster = JsonNode.Parse(request.Config[Cluster])!;
        cluster["adoptedEks"]!.AsObject().Remove("authenticationMode");
        if (mode is not null)
        {
            cluster["adoptedEks"]!["authenticationMode"] = mode;
        }
        return request with { Config = request.Config.SetItem(Cluster, cluster.ToJsonString()) };
    }
}
