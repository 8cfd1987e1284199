namespace Tests.Support;

/// <summary>The folder that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The nearest folder above the built tests that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Infra.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                    ?? throw new InvalidOperationException("The tests do not lie below Infra.sln."));

    /// <summary>What a room's own build made, with the libraries beside it that a start from there finds.</summary>
    public static string Built(string room, string file) =>
        Path.Combine(Root, room, Path.GetRelativePath(Path.Combine(Root, "tests"), AppContext.BaseDirectory), file);
}
