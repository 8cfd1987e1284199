using FsCheck;
using FsCheck.Fluent;
using Rehearsal;
using Rehearsal.Comparing;
using Tests.Rehearsal.StackFiles;
using Tests.Rehearsal.Support;
using static Tests.Rehearsal.Comparing.SideSample;

namespace Tests.Rehearsal.Comparing;

// Promise: an approved plan is the same text for the same plan, holds no secret, and reads back as the plan it was.
public sealed class ApprovedPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APlan_IsWrittenAsWhatPeopleReview()
    {
        var group = Component("platform:cache:Redis", "redis");
        var side = Planned(
            Resource(ConfigMap, "b", $$"""
                { "data": { "a.conf": "one\ntwo\n", "empty": "", "number": "017", "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"s3:GetObject\",\"Effect\":\"Allow\"}]}" },
                  "password": {{Secret("\"hunter2\"")}}, "size": 3, "place": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "__defaults": [] }
                """, group.Urn) with
            {
                Protect = true,
                Dependencies = [Resource(ConfigMap, "a").Urn],
                Aliases = [Resource(ConfigMap, "former").Urn.Value, Resource("kubernetes:core/v1beta1:ConfigMap", "b", parent: group.Urn).Urn.Value],
            },
            group, Resource(ConfigMap, "a"));

        ApprovedPlan.Text(side).ShouldBe("""
            # The approved plan of stack s: `./platform plan s --write` writes it, `--check` compares with it (docs/audit.md).
            # Secrets read [secret], what only a deployment knows [unknown].
            plan: 1
            project: p
            stack: s

            kubernetes:core/v1:ConfigMap::a: {}

            platform:cache:Redis::redis:
              component: true

            platform:cache:Redis$kubernetes:core/v1:ConfigMap::b:
              aliases:
                - "kubernetes:core/v1:ConfigMap::former"
              dependsOn:
                - "kubernetes:core/v1:ConfigMap::a"
              inputs:
                data:
                  a.conf: |
                    one
                    two
                  empty: ""
                  number: "017"
                  policy: |-
                    {
                      "Version": "2012-10-17",
                      "Statement": [
                        {
                          "Action": "s3:GetObject",
                          "Effect": "Allow"
                        }
                      ]
                    }
                password: "[secret]"
                place: "[unknown]"
                size: 3
              parent: "platform:cache:Redis::redis"
              protect: true

            """);
        Lines(Read(ApprovedPlan.Text(side)), side).ShouldBeEmpty();
        Lines(side, Read(ApprovedPlan.Text(side))).ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsWritten_ReadsBackAsTheSame() => Prop.ForAll(PropertyGenerator.Maps, map =>
    {
        var side = Planned(Resource("any:index:Kind", "a\n\"<b>\": c") with { Inputs = map });
        var text = ApprovedPlan.Text(side);

        Lines(Read(text), side).ShouldBeEmpty();
        ApprovedPlan.Text(Read(text)).ShouldBe(text);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AStackFile_IsNoPlan() => ApprovedPlan.TryRead(_folder.Write("Pulumi.dev.yaml", "config: {size: 3}\n"), "a").ShouldBeNull();

    [Theory]
    [InlineData("plan: 2\nproject: p\nstack: s\n", "this plan has the form 2, and this program knows 1.")]
    [InlineData("plan: 1\nstack: s\n", "`project` is missing.")]
    [InlineData("plan: 1\nproject: p\nstack: s\na: [\n", "this is not valid YAML")]
    [InlineData("plan: 1\nproject: p\nstack: s\na::b: text\n", "a::b has to hold `key: value` lines.")]
    [InlineData("plan: 1\nproject: p\nstack: s\na::b:\n  parent: nothing\n", "'nothing' names no resource.")]
    public void Rejects_ADamagedPlan(string text, string problem)
        => Should.Throw<BadInputException>(() => Read(text)).Message.ShouldContain(problem);

    private Side Read(string text) => ApprovedPlan.TryRead(_folder.Write("plans/s.yaml", text), "s.yaml")!;
}
