namespace Rehearsal.Secrets;

/// <summary>Where the passphrase of a stack's secrets comes from: Pulumi's own two variables.</summary>
public static class Passphrase
{
    public const string Variable = "PULUMI_CONFIG_PASSPHRASE";
    public const string FileVariable = "PULUMI_CONFIG_PASSPHRASE_FILE";

    /// <summary>The passphrase, or null when neither variable is set; an empty one is a passphrase too, as with Pulumi.</summary>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="BadInputException">The file that the second variable names cannot be read.</exception>
    public static string? Find(Func<string, string?> environment)
    {
        if (environment(Variable) is { } passphrase) return passphrase;
        if (environment(FileVariable) is not { Length: > 0 } path) return null;
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{FileVariable} names a file that cannot be read: {e.Message}", "Check the path and that you may read the file.", e);
        }
    }
}
