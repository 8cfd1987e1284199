namespace Infra.Storage;

/// <summary>Directories on shared storage.</summary>
public static class StoragePath
{
    /// <summary>Whether the text is a relative directory that stays below its root: "" or "a/b", not "/a", "a//b", "." or "../a".</summary>
    public static bool IsDirectory(string directory) =>
        directory.Length == 0 || directory.Split('/').All(part => part is not ("" or "." or "..") && !part.Any(char.IsControl));

    /// <summary>The absolute path of a directory below a root; one slash between the parts, none at the end unless the path is "/".</summary>
    public static string Join(string root, string directory)
    {
        if (!root.StartsWith('/') || !IsDirectory(root.Trim('/')))
        {
            throw new FormatException($"'{root}' is not an absolute path: it must start with '/' and have no empty part, '.' or '..'.");
        }

        if (!IsDirectory(directory))
        {
            throw new FormatException($"'{directory}' is not a directory below the storage: it must be relative, without empty parts, '.' or '..'.");
        }

        var start = root.TrimEnd('/');
        return directory.Length == 0 && start.Length > 0 ? start : $"{start}/{directory}";
    }
}
