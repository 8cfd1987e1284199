using System.Text.RegularExpressions;
using Infra.Clusters;

namespace Tests.Infra.Clusters;

// Promise: a moment is read in the two ways in which YAML and Pulumi hand it on, and written as Google answers, so that no plan shows a difference.
public sealed class UtcMomentTests
{
    [Theory]
    [InlineData("2026-12-18", "2026-12-18", "2026-12-18T00:00:00Z")]
    [InlineData("2026-12-18T00:00:00Z", "2026-12-18", "2026-12-18T00:00:00Z")]
    [InlineData("2028-02-29T23:59:59Z", "2028-02-29T23:59:59Z", "2028-02-29T23:59:59Z")]
    public void IsReadAndWritten(string text, string shown, string whole)
    {
        var moment = UtcMoment.Parse(text);

        (moment.ToString(), moment.Whole()).ShouldBe((shown, whole));
        Regex.IsMatch(text, UtcMoment.Pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2026-13-01")]
    [InlineData("2026-04-31")]
    [InlineData("2026-12-18T")]
    [InlineData("2026-12-18T24:00:00Z")]
    [InlineData("2026-12-18T06:00:00")]
    [InlineData("2026-12-18T06:00:00+01:00")]
    [InlineData("2026-12-18 06:00")]
    public void OtherTexts_AreNone(string text)
    {
        UtcMoment.TryParse(text, out _).ShouldBeFalse();
        Regex.IsMatch(text, UtcMoment.Pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).ShouldBeFalse();
        Should.Throw<FormatException>(() => UtcMoment.Parse(text));
    }

    [Fact]
    public void IsOrdered_AndCountsOverMidnight()
    {
        var late = UtcMoment.Parse("2026-12-31T23:00:00Z");

        late.AddHours(2).ShouldBe(UtcMoment.Parse("2027-01-01T01:00:00Z"));
        late.AddDays(1).ShouldBe(UtcMoment.Parse("2027-01-01T23:00:00Z"));
        (late < late.AddHours(1), late > late.AddHours(-1), late <= late.AddDays(0), late >= late.AddDays(1)).ShouldBe((true, true, true, false));
        late.CompareTo(null).ShouldBe(1);
    }
}
