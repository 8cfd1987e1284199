using System.Text.RegularExpressions;
using Rehearsal.Rendering;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks;

// Promise: what README.md shows of a first preview is what a first preview shows.
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task ThePicture_IsWhatIsPrinted()
    {
        var stack = await RehearsedStack.Of("Pulumi.dev.yaml");
        using var output = new StringWriter();
        PreviewRenderer.Write(
            new Terminal(output, output, colouredOutput: false, colouredError: false),
            stack.Result with { Plan = stack.Result.Plan.WithoutDefaultProviders().Ordered() }, verbose: false);
        var printed = output.ToString().Split('\n').Select(line => line.Replace("platform-test", "platform-dev ", StringComparison.Ordinal).TrimEnd())
            .Prepend("Previewing dev (platform)").ToArray();
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var picture = Picture().Match(readme).Groups["lines"].Value.TrimEnd('\n').Split('\n');
        var cut = Array.IndexOf(picture, " ...");

        cut.ShouldBeGreaterThan(3);
        picture[..cut].ShouldBe(printed[..cut]);
        WithoutTime(picture[^1]).ShouldBe(WithoutTime(printed.Last(line => line.Length > 0)));
    }

    private static string WithoutTime(string line) => line[..line.LastIndexOf('(')];

    [GeneratedRegex(@"\$ \./platform preview dev\n(?<lines>.*?)\$ ", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Picture();
}
