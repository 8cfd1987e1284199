using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Rendering;

// Promise: colours appear on a terminal only, the text is the same without them, and no text of others is an order to the terminal.
public sealed class TerminalTests
{
    [Fact]
    public void Pipe_GetsPlainText() => Written(coloured: false).ShouldBe("+ create x\n");

    [Fact]
    public void Colours_WrapOnlyTheInkedPart() => Written(coloured: true).ShouldMatch("^\u001b\\[[0-9;]*m\\+\u001b\\[0m create x\n$");

    // What a file, a program or a name holds must not move the cursor, set the title, or fake a line
    [Theory]
    [InlineData("plain ü 🙂\ttab\nline", "plain ü 🙂\ttab\nline")]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "\\u001b[2J\\u001b]0;title\\u0007")]
    [InlineData("safe\rfake\u009b31m\b\u007f", "safe\\u000dfake\\u009b31m\\u0008\\u007f")]
    public void ControlCharacters_AreShown_NotObeyed(string text, string written)
    {
        using var output = new StringWriter();
        new Terminal(output, output, colouredOutput: false, colouredError: false).Write(text);
        new Terminal(output, output, colouredOutput: true, colouredError: true).WriteError(text);

        output.ToString().ShouldBe($"{written}\n{written}\n");
    }

    [Fact]
    public void NamesWithLineBreaks_StayOnTheirLine()
    {
        using var output = new StringWriter();
        var terminal = new Terminal(output, output, colouredOutput: false, colouredError: false);
        var urn = Urn.Create("dev", "p", null, "t:m:T", "a\nerror: b\u001b[2J");
        var state = new ResourceState { Urn = urn, Type = urn.Type, Inputs = PropertyMap.Create(("k\nerror: c", new StringProperty("v\nerror: d"))) };
        TreeRenderer.Write(terminal, new Plan([new PlanStep { Operation = Operation.Create, Urn = urn, New = state }]), verbose: true);
        DiagnosticRenderer.Write(terminal, [new Diagnostic(DiagnosticSeverity.Info, "text", urn)], verbose: false);

        output.ToString().Split('\n').ShouldNotContain(line => line.StartsWith("error", StringComparison.Ordinal));
        output.ToString().ShouldNotContain("\u001b");
    }

    private static string Written(bool coloured)
    {
        using var output = new StringWriter();
        new Terminal(output, TextWriter.Null, coloured, colouredError: false).Write(new StyledText("+", TextStyle.Created), " create x");
        return output.ToString();
    }
}
