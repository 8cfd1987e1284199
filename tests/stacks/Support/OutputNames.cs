using Rehearsal.Wire;

namespace Tests.Stacks.Support;

/// <summary>The names of a stack's outputs, nested ones with dots; the operator's own names are a placeholder.</summary>
internal static class OutputNames
{
    private const string ByName = "towerEnvironments.";

    public static IEnumerable<string> Of(PropertyMap outputs, string prefix = "") => outputs.SelectMany(output =>
    {
        var path = prefix + (prefix == ByName ? "<name>" : output.Key);
        return output.Value is ObjectProperty inner ? Of(inner.Properties, path + ".") : [path];
    });
}
