namespace Rehearsal.StackFiles;

/// <summary>What one stack says: <c>Pulumi.&lt;stack&gt;.yaml</c>, with secrets still sealed.</summary>
/// <param name="Path">The file, or null for a stack without one.</param>
/// <param name="SecretsProvider">Who seals its secrets; null and <c>passphrase</c> mean a passphrase.</param>
/// <param name="EncryptionSalt">The passphrase scheme's salt and check value.</param>
/// <param name="Config">Values by full key.</param>
public sealed record StackFile(string? Path, string? SecretsProvider, string? EncryptionSalt, IReadOnlyDictionary<string, ConfigValue> Config)
{
    private static readonly string[] Keys = ["config", "encryptedkey", "encryptionsalt", "environment", "secretsprovider"];

    public static StackFile Empty { get; } = new(null, null, null, new Dictionary<string, ConfigValue>());

    /// <summary>Reads a stack's file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or used; the message has line and column.</exception>
    public static StackFile Read(string path, string project)
    {
        var file = YamlFile.Read(path);
        foreach (var (key, _) in file.Entries(file.Root))
        {
            if (Keys.Contains(key.Value, StringComparer.Ordinal)) continue;
            throw file.At(
                key,
                $"'{key.Value}' is not a key of a stack file.",
                $"{Nearest.DidYouMean(key.Value ?? "", Keys)}Allowed are {string.Join(", ", Keys)}; settings stand under `config:`.");
        }

        var section = file.Mapping("config");
        var config = section is null ? [] : ConfigReader.Read(file, section, project);
        return new StackFile(path, file.Text("secretsprovider"), file.Text("encryptionsalt"), config);
    }
}
