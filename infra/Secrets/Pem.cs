namespace Infra.Secrets;

/// <summary>PEM texts (RFC 7468) put together into one file.</summary>
public static class Pem
{
    /// <summary>One file with the blocks in the given order, each starting on its own line, ending in a newline.</summary>
    public static string Concatenate(params ReadOnlySpan<string> blocks)
    {
        var text = new System.Text.StringBuilder();
        foreach (var block in blocks)
        {
            text.Append(block.Trim().ReplaceLineEndings("\n")).Append('\n');
        }

        return text.ToString();
    }
}
