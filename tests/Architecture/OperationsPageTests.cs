using Tests.Support;

namespace Tests.Architecture;

// Promise: docs/operations.md leaves out no rotation, and the page of the first deployment asks for the CLI that the program asks for.
public sealed class OperationsPageTests
{
    [Fact]
    public void TheTableOfRotations_HasEveryOne_AndNoOther() => Page.Of("docs/operations.md").Lines
        .Where(line => line.Text.StartsWith("| `platform:", StringComparison.Ordinal) && line.Text.Split('`')[1].EndsWith("otation", StringComparison.Ordinal))
        .Select(line => line.Text.Split('`')[1]).Order(StringComparer.Ordinal)
        .ShouldBe(
            File.ReadLines(Path.Combine(Repository.Root, "tests", "Snapshots", "config-keys.txt"))
                .Where(key => key.EndsWith("otation", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryProcedureOfTheTable_IsThere()
    {
        var page = Page.Of("docs/operations.md");
        var listed = page.Lines.SkipWhile(line => line.Text != "| procedure | when |").Skip(2).TakeWhile(line => line.Text.StartsWith('|'))
            .Select(line => line.Text.Split('[', ']')[1]);

        page.Headings.Where(heading => heading.At.Text.StartsWith("## ", StringComparison.Ordinal)).Select(heading => heading.Text).ShouldBe(listed);
    }

    [Fact]
    public void TheCliThatIsNeeded_IsTheOneThatIsAskedFor()
    {
        var asked = global::Stacks.Platform.RequiredCli.TrimStart('>', '=');

        Page.Of("docs/first-deployment.md").Lines.Select(line => line.Text)
            .ShouldContain(line => line.StartsWith($"| `pulumi` | {asked} or newer", StringComparison.Ordinal));
        Page.All.Where(page => page.Name != "CHANGELOG.md").SelectMany(page => page.Lines)
            .Where(line => line.Text.Contains("Pulumi 3.2", StringComparison.Ordinal)
                && !line.Text.Contains($"Pulumi {asked[..asked.LastIndexOf('.')]}", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void TheSdkThatIsNeeded_IsTheOneThatIsPinned() => File.ReadAllText(Path.Combine(Repository.Root, "global.json")).ShouldContain("\"version\": \"10.");
}
