using Rehearsal.Rendering;

namespace Tests.Rehearsal.Rendering;

// Promise: custom timeouts reach the JSON in seconds.
public sealed class GoDurationTests
{
    [Theory]
    [InlineData("30m", 1800d)]
    [InlineData("1h30m", 5400d)]
    [InlineData("1.5s", 1.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("3", null)]
    public void Seconds_OfADuration(string text, double? seconds) => GoDuration.Seconds(text).ShouldBe(seconds);
}
