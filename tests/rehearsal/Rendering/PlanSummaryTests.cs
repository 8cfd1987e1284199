using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Tests.Rehearsal.Commands;

namespace Tests.Rehearsal.Rendering;

// Promise: every change is seen, a first deployment by its components, and what stays as it is takes no row.
public sealed class PlanSummaryTests
{
    private static readonly ResourceState Stack = State(null, Urn.RootType, "platform-dev", custom: false);
    private static readonly ResourceState Provider = State(Stack, "pulumi:providers:kubernetes", "cluster");
    private static readonly ResourceState Cache = State(Stack, "platform:cache:Redis", "redis", custom: false);
    private static readonly ResourceState Secret = State(Cache, "kubernetes:core/v1:Secret", "redis-auth");
    private static readonly ResourceState Set = State(Cache, "kubernetes:apps/v1:StatefulSet", "redis");
    private static readonly ResourceState Tower = State(Stack, "platform:tower:Environment", "research", custom: false);
    private static readonly ResourceState Role = State(Tower, "platform:tower:Launcher", "launcher", custom: false);
    private static readonly ResourceState Binding = State(Role, "kubernetes:rbac/v1:RoleBinding", "launcher");
    private static readonly ResourceState[] All = [Stack, Provider, Cache, Secret, Set, Tower, Role, Binding];

    [Fact]
    public void AFirstDeployment_ShowsComponents_AndCountsWhatIsInThem() => Written(All.Select(state => (Operation.Create, state))).ShouldBe("""
             Type                            Name          Plan
         +   pulumi:pulumi:Stack             platform-dev  create
         +   ├─ platform:cache:Redis         redis         create  with 2 resources
         +   ├─ platform:tower:Environment   research      create
         +   │  └─ platform:tower:Launcher   launcher      create  with 1 resource
         +   └─ pulumi:providers:kubernetes  cluster       create
        `--verbose` shows every resource, and its inputs.

        """);

    [Fact]
    public void AnUpdate_ShowsEachChangeBelowItsComponents_AndNothingElse() => Written(All.Select(state => (state == Set ? Operation.Update : Operation.Same, state)))
        .ShouldBe("""
                 Type                                  Name          Plan
                 pulumi:pulumi:Stack                   platform-dev  with 4 unchanged
                 └─ platform:cache:Redis               redis         with 1 unchanged
             ~      └─ kubernetes:apps/v1:StatefulSet  redis         update

            """);

    [Theory]
    [InlineData(Operation.Create)]
    [InlineData(Operation.Update)]
    [InlineData(Operation.Delete)]
    [InlineData(Operation.Replace)]
    [InlineData(Operation.Import)]
    [InlineData(Operation.Discard)]
    public void EachChange_IsSeen_WhateverElseHappens(Operation operation)
    {
        foreach (var changed in All[1..])
        {
            Written(All.Select(state => (state == changed ? operation : Operation.Same, state))).ShouldContain($" {changed.Urn.Name} ");
            Summary(All.Select(state => (state == changed ? operation : Operation.Same, state))).Shown.ShouldContain(step => step.Urn == changed.Urn);
            Summary(All.Select(state => (state == changed ? operation : Operation.Create, state)).Append((Operation.Delete, Old))).Shown
                .Count.ShouldBe(All.Length + 1);
        }
    }

    [Fact]
    public void WithoutChanges_TheStackStandsForAll() => Written(All.Select(state => (Operation.Same, state))).ShouldBe("""
             Type                 Name          Plan
             pulumi:pulumi:Stack  platform-dev  with 7 unchanged

        """);

    // A program without components, as people first write them
    [Fact]
    public void WhatStandsBesideComponents_IsSeen()
    {
        var (bucket, file) = (State(Stack, "aws:s3/bucket:Bucket", "site"), State(Stack, "aws:s3/bucketObject:BucketObject", "index"));

        Summary([(Operation.Create, Stack), (Operation.Create, bucket), (Operation.Create, file)]).Shown.Select(step => step.Name)
            .ShouldBe(["platform-dev", "site", "index"]);
    }

    [Fact]
    public void VerboseAndDiff_ShowAllThatIsCreated()
    {
        Written(All.Select(state => (Operation.Create, state)), verbose: true).ShouldContain("redis-auth");
        Written(All.Select(state => (Operation.Create, state)), diff: true).ShouldContain("redis-auth");
        Written(All.Select(state => (Operation.Same, state)), verbose: true).ShouldContain("redis-auth");
    }

    private static ResourceState Old => State(Cache, "kubernetes:core/v1:ConfigMap", "gone");

    private static PlanSummary Summary(IEnumerable<(Operation Operation, ResourceState State)> steps) => PlanSummary.Of(Plan(steps).Steps, diff: false);

    private static Plan Plan(IEnumerable<(Operation Operation, ResourceState State)> steps) => new([.. steps.Select(step => step.Operation switch
    {
        Operation.Create or Operation.Import => Results.Step(step.Operation, step.State),
        Operation.Delete or Operation.Discard => Results.Step(step.Operation, step.State) with { Old = step.State, New = null },
        _ => Results.Step(step.Operation, step.State) with { Old = step.State },
    })]);

    private static string Written(IEnumerable<(Operation Operation, ResourceState State)> steps, bool verbose = false, bool diff = false)
    {
        using var output = new StringWriter();
        TreeRenderer.Write(new Terminal(output, output, colouredOutput: false, colouredError: false), Plan(steps).Ordered(), verbose, diff);
        return string.Concat(output.ToString().Split('\n').SkipLast(1).Select(line => $"{line.TrimEnd()}\n"));
    }

    private static ResourceState State(ResourceState? parent, string type, string name, bool custom = true)
        => new() { Urn = Urn.Create("dev", "platform", parent?.Urn, type, name), Type = type, Custom = custom, Parent = parent?.Urn };
}
