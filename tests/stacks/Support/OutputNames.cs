using Rehearsal.Wire;

namespace Tests.Stacks.Support;

/// <summary>The names of a stack's outputs, nested ones with dots; names that no output of this program has are a placeholder.</summary>
internal static class OutputNames
{
    private const string CodeStudio = "codeStudios.<name>.";

    private static readonly string[] ByName =
    [
        "towerEnvironments.", "platformInstallation.variables.", "codeStudios.",
        $"{CodeStudio}actions.", $"{CodeStudio}claims.", $"{CodeStudio}urls.", $"{CodeStudio}webappUrls.",
    ];

    public static IEnumerable<string> Of(PropertyMap outputs, string prefix = "") => outputs.SelectMany(output =>
    {
        var path = prefix + (ByName.Contains(prefix) ? "<name>" : output.Key);
        return output.Value is ObjectProperty inner ? Of(inner.Properties, path + ".") : [path];
    });
}
