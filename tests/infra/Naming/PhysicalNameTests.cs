using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Naming;

namespace Tests.Infra.Naming;

// Promise: any name that Pulumi lets a stack have becomes a name that AWS takes, and two stacks never share one.
public sealed class AwsNameTests
{
    private static readonly AwsNameRule[] Rules =
    [
        AwsNameRule.EksCluster, AwsNameRule.ReplicationGroup, AwsNameRule.DatabaseInstance,
    ];

    private static readonly Gen<string> StackNames =
        from length in Gen.Choose(1, 100)
        from characters in Gen.ArrayOf(Gen.Elements("abcxyzABCXYZ0189-_.".ToCharArray()), length)
        select new string(characters);

    [Property]
    public Property Names_AreWhatAwsTakes() =>
        Prop.ForAll(Arb.From(StackNames), Arb.From(Gen.Elements(Rules)), (stack, rule) => IsTaken(AwsName.For(rule, stack, "redis"), rule));

    [Property]
    public Property DifferentStacks_HaveDifferentNames() =>
        Prop.ForAll(
                Arb.From(StackNames),
                Arb.From(StackNames),
                Arb.From(Gen.Elements(Rules)),
                (left, right, rule) => left == right || AwsName.For(rule, left, "redis") != AwsName.For(rule, right, "redis"));

    [Theory]
    [InlineData("team-a", "team_a")]
    [InlineData("team.a", "team-a")]
    [InlineData("Team", "team")]
    [InlineData("a--b", "a-b")]
    [InlineData("1", "x-1")]
    public void NamesThatFoldTogether_StayApart(string left, string right) =>
        AwsName.For(AwsNameRule.ReplicationGroup, left, "redis").ShouldNotBe(AwsName.For(AwsNameRule.ReplicationGroup, right, "redis"));

    [Theory]
    [InlineData("prod", "prod-redis")]
    [InlineData("1prod", "x-1prod-redis-8da60436")]
    public void ShortNames_StayReadable(string stack, string expected) => AwsName.For(AwsNameRule.ReplicationGroup, stack, "redis").ShouldBe(expected);

    [Theory]
    [InlineData("größe", 'ö')]
    [InlineData("prod stack", ' ')]
    [InlineData("org/prod", '/')]
    public void OtherLetters_AreRefused(string stack, char wrong) =>
        Should.Throw<FormatException>(() => AwsName.For(AwsNameRule.EksCluster, stack, "")).Message.ShouldBe(
            $"'{stack}' cannot name an EKS cluster: '{wrong}' is not allowed; use letters a to z, digits, '-', '_' and '.'.");

    private static bool IsTaken(string name, AwsNameRule rule) =>
        name.Length >= 1
        && name.Length <= rule.MaximumLength
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
        && !name.Contains("--", StringComparison.Ordinal)
        && name[^1] != '-'
        && name[0] != '-'
        && (!rule.LowerCase || !name.Any(char.IsAsciiLetterUpper))
        && (!rule.StartsWithLetter || char.IsAsciiLetter(name[0]));
}

// Promise: any name that a stack may have becomes a name that Google Cloud takes for every kind of resource, and two stacks never share one.
public sealed class GcpNameTests
{
    private static readonly GcpNameRule[] Rules =
    [
        GcpNameRule.GkeCluster, GcpNameRule.ServiceAccount, GcpNameRule.Compute, GcpNameRule.RedisInstance, GcpNameRule.FilestoreInstance,
        GcpNameRule.SqlInstance,
    ];

    private static readonly Gen<string> StackNames =
        from length in Gen.Choose(1, 120)
        from characters in Gen.ArrayOf(Gen.Elements("abcxyzABCXYZ0189-_./ö ".ToCharArray()), length)
        select new string(characters);

    private static readonly Gen<string> Roles = Gen.Elements("", "nodes", "redis", "tower-research-fusion", "1");

    [Property]
    public Property Names_AreWhatGoogleTakes() =>
        Prop.ForAll(Arb.From(StackNames), Arb.From(Roles), Arb.From(Gen.Elements(Rules)), (stack, role, rule) => IsTaken(GcpName.For(rule, stack, role), rule));

    [Property]
    public Property DifferentStacks_HaveDifferentNames() =>
        Prop.ForAll(
                Arb.From(StackNames),
                Arb.From(StackNames),
                Arb.From(Gen.Elements(Rules)),
                (left, right, rule) => left == right || GcpName.For(rule, left, "redis") != GcpName.For(rule, right, "redis"));

    [Theory]
    [InlineData("team-a", "team_a")]
    [InlineData("Team", "team")]
    [InlineData("a--b", "a-b")]
    [InlineData("1", "x-1")]
    [InlineData("ö", "ä")]
    public void NamesThatFoldTogether_StayApart(string left, string right) =>
        GcpName.For(GcpNameRule.Compute, left, "edge").ShouldNotBe(GcpName.For(GcpNameRule.Compute, right, "edge"));

    [Theory]
    [InlineData("studio-prod", "nodes", "studio-prod-nodes")]
    [InlineData("studio-prod", "", "studio-prod")]
    [InlineData("studio-prod", "tower-research-fusion", "studio-prod-tower-res-f0dacc7e")]
    [InlineData("a", "b", "a-b-d44362d6")]
    public void ShortNames_StayReadable(string stack, string role, string expected) => GcpName.For(GcpNameRule.ServiceAccount, stack, role).ShouldBe(expected);

    [Property]
    public Property Labels_AreWhatGoogleTakes() =>
        Prop.ForAll(
                Arb.From(StackNames),
                stack =>
                    GcpName.Label(stack) is { Length: <= 63 } label
                    && label.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_'));

    private static bool IsTaken(string name, GcpNameRule rule) =>
        name.Length >= rule.MinimumLength
        && name.Length <= rule.MaximumLength
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && char.IsAsciiLetterLower(name[0])
        && name[^1] != '-'
        && !name.Contains("--", StringComparison.Ordinal);
}
