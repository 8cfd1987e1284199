using FsCheck;
using FsCheck.Fluent;
using Infra.Naming;

namespace Tests.Infra.Naming;

// Promise: any name that Pulumi lets a stack have becomes a name that AWS takes, and two stacks never share one.
public sealed class AwsNameTests
{
    private static readonly AwsNameRule[] Rules =
    [
        AwsNameRule.EksCluster, AwsNameRule.ReplicationGroup,
    ];

    private static readonly Gen<string> StackNames =
        from length in Gen.Choose(1, 100)
        from characters in Gen.ArrayOf(Gen.Elements("abcxyzABCXYZ0189-_.".ToCharArray()), length)
        select new string(characters);

    [Fact]
    public void Names_AreWhatAwsTakes() => Prop.ForAll(Arb.From(StackNames), Arb.From(Gen.Elements(Rules)), (stack, rule) => IsTaken(AwsName.For(rule, stack, "redis"), rule))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void DifferentStacks_HaveDifferentNames() => Prop.ForAll(Arb.From(StackNames), Arb.From(StackNames), Arb.From(Gen.Elements(Rules)), (left, right, rule) =>
        left == right || AwsName.For(rule, left, "redis") != AwsName.For(rule, right, "redis")).QuickCheckThrowOnFailure();

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
