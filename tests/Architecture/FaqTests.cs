using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Tests.Support;

namespace Tests.Architecture;

// Promise: each heading of docs/faq.md is a message that somebody can see, word by word, with its cause and what to do about it.
public sealed partial class FaqTests
{
    private const string Own = "Said by this program";

    private static readonly ImmutableArray<string> Sources =
    [
        .. Page.Files
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal) || file == "platform")
            .Select(file => Said(File.ReadAllText(Path.Combine(Repository.Root, file)))),
    ];

    private static readonly ImmutableArray<Entry> Entries = [.. Parse(Page.Of("docs/faq.md"))];

    [Fact]
    public void TheMostCommon_AreThere() => Entries.Length.ShouldBeGreaterThanOrEqualTo(25);

    [Fact]
    public void EveryEntry_HasOneMessage_ItsCauseAndItsFix() => Entries
        .Where(entry => entry.Message.Length == 0 || !entry.Text.Contains("**Cause**: ", StringComparison.Ordinal)
            || !entry.Text.Contains("**Fix**: ", StringComparison.Ordinal))
        .Select(entry => $"{entry.At}: {entry.Message}")
        .ShouldBeEmpty();

    [Fact]
    public void OwnMessages_StandInTheSources() =>
        Entries.Where(entry => entry.Part == Own && !IsSaid(entry.Message)).Select(entry => $"{entry.At}: {entry.Message}").ShouldBeEmpty();

    [Fact]
    public void MessagesOfOthers_NameWhereTheyWereSeen() => Entries
        .Where(entry => entry.Part != Own && !Seen().IsMatch(entry.Text)).Select(entry => $"{entry.At}: {entry.Message}").ShouldBeEmpty();

    [Theory]
    [InlineData("There is no stack '…': … is missing.", true)]
    [InlineData("There is no stack '…': … is lost.", false)]
    [InlineData("cannot be deleted because it is protected", true)]
    [InlineData("cannot be deleted because it is guarded", false)]
    [InlineData("The build failed. The whole log: .platform/build.log", true)]
    public void WhatIsSaid_IsKnownFromWhatIsNot(string message, bool said) => IsSaid(message).ShouldBe(said);

    private static bool IsSaid(string message)
    {
        string[] parts = [.. message.Split('…').Select(part => part.Trim()).Where(part => part.Length > 0)];
        return Sources.Any(source => Array.TrueForAll(parts, part => source.Contains(part, StringComparison.Ordinal)));
    }

    // A message as it is printed: texts that + joins are one, \n is a space, and a hole ends a part
    private static string Said(string source) => Escaped().Replace(Joined().Replace(source, ""), match => match.Value == "\\n" ? " " : match.Value[1..]);

    private static IEnumerable<Entry> Parse(Page page)
    {
        var part = "";
        foreach (var block in string.Join('\n', page.Lines.Select(line => line.Text)).Split("\n#").Select(text => text.TrimStart('#')))
        {
            var heading = block.Split('\n')[0].Trim();
            if (!heading.StartsWith('`'))
            {
                part = heading;
                continue;
            }
            var at = page.Headings.First(known => known.Text == heading).At;
            yield return new Entry(at, part, heading.EndsWith('`') ? heading.Trim('`') : "", string.Join(' ', block.Split('\n').Skip(1)));
        }
    }

    private sealed record Entry(PageLine At, string Part, string Message, string Text);

    [GeneratedRegex(@"""\s*\+\s*\$?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Joined();

    [GeneratedRegex(@"\\[n""\\']", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"[Ss]een in \[[^\]]+\]\(https://[^)]+\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Seen();
}
