using Rehearsal.Rendering;

namespace Tests.Rehearsal.Rendering;

// Promise: colours appear on a terminal only, and the text is the same without them.
public sealed class TerminalTests
{
    [Fact]
    public void Pipe_GetsPlainText() => Written(coloured: false).ShouldBe("+ create x\n");

    [Fact]
    public void Colours_WrapOnlyTheInkedPart() => Written(coloured: true).ShouldMatch("^\u001b\\[[0-9;]*m\\+\u001b\\[0m create x\n$");

    private static string Written(bool coloured)
    {
        using var output = new StringWriter();
        new Terminal(output, TextWriter.Null, coloured, colouredError: false).Write(new StyledText("+", TextStyle.Created), " create x");
        return output.ToString();
    }
}
