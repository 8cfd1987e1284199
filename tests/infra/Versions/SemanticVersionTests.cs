using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Versions;

namespace Tests.Infra.Versions;

// Versions compare by number: as texts, "0.9.0" is above "0.10.0" and SSH would be offered to servers that lack it.
public class SemanticVersionTests
{
    private static readonly Gen<SemanticVersion> Versions =
        from major in Gen.Choose(0, 30)
        from minor in Gen.Choose(0, 120)
        from patch in Gen.Choose(0, 120)
        from pre in Gen.Elements("", "-rc.1", "-rc.2", "-rc.10", "-alpha", "-alpha.1", "-1")
        select SemanticVersion.Parse($"{major}.{minor}.{patch}{pre}");

    [Property]
    public Property Versions_AreReadAsTheyAreWritten() =>
        Prop.ForAll(Arb.From(Versions), version => SemanticVersion.Parse(version.ToString()) == version);

    [Property]
    public Property Releases_CompareByTheirNumbers() => Prop.ForAll(Arb.From(Versions), Arb.From(Versions), (left, right) =>
    {
        var numbers = (left.Major, left.Minor, left.Patch).CompareTo((right.Major, right.Minor, right.Patch));
        return PreRelease(left) != PreRelease(right) || Math.Sign(left.CompareTo(right)) == Math.Sign(numbers);
    });

    [Property]
    public Property TheOrder_IsTotal() =>
        Prop.ForAll(
                Arb.From(Versions),
                Arb.From(Versions),
                Arb.From(Versions),
                (argument, part, entry) =>
                    Math.Sign(argument.CompareTo(part)) == -Math.Sign(part.CompareTo(argument))
                    && (argument.CompareTo(part) == 0) == (argument == part)
                    && (!(argument <= part && part <= entry) || argument <= entry));

    [Theory]
    [InlineData("0.9.0", "0.10.0")]
    [InlineData("0.8.2", "0.11.0")]
    [InlineData("25.3.1", "25.3.3")]
    [InlineData("26.1.0-rc.1", "26.1.0")]
    [InlineData("26.1.0-rc.2", "26.1.0-rc.10")]
    [InlineData("26.1.0-1", "26.1.0-rc")]
    [InlineData("26.1.0-rc", "26.1.0-rc.1")]
    public void TheLeft_IsOlder(string left, string right)
    {
        SemanticVersion.Parse(left).ShouldBeLessThan(SemanticVersion.Parse(right));
        (SemanticVersion.Parse(left) < SemanticVersion.Parse(right)).ShouldBeTrue();
        (SemanticVersion.Parse(left) >= SemanticVersion.Parse(right)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("v26.1.3", "26.1.3")]
    [InlineData("26.1", "26.1.0")]
    public void SpellingsOfOneVersion_AreEqual(string left, string right) => SemanticVersion.Parse(left).ShouldBe(SemanticVersion.Parse(right));

    [Theory]
    [InlineData("26")]
    [InlineData("26.1.3.1")]
    [InlineData("26.x")]
    [InlineData("latest")]
    [InlineData("vv1.2.3")]
    [InlineData(" 1.2.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3+build")]
    [InlineData("9999999999.1.1")]
    public void Rejects_WhatIsNoVersion(string text) =>
        Should.Throw<FormatException>(() => SemanticVersion.Parse(text)).Message
            .ShouldBe($"'{text}' is not a version: it must be major.minor or major.minor.patch, as in '26.1.3', with an optional leading 'v'.");

    private static string PreRelease(SemanticVersion version) => string.Concat(version.ToString().SkipWhile(character => character != '-'));
}
