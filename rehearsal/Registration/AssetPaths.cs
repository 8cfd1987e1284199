using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Finds files and folders that a program hands over and that do not exist; Pulumi's engine reads them when a resource is registered.</summary>
internal static class AssetPaths
{
    /// <summary>What is wrong with the resource's first such path; null when all are there.</summary>
    /// <param name="goal">The resource.</param>
    /// <param name="folder">What relative paths are relative to: the program's own folder.</param>
    public static string? Problem(ResourceGoal goal, string folder)
        => HasFiles(goal.Properties) && Missing(new ObjectProperty(goal.Properties), "", folder) is { } missing
            ? $"{goal.Type} '{goal.Name}': {missing.At} is the {missing.Kind} '{missing.Path}', which does not exist in {folder}: give a path that does"
            : null;

    // Most resources hand nothing over, and need no names of places
    private static bool HasFiles(PropertyMap properties)
    {
        foreach (var (_, value) in properties)
        {
            if (HasFiles(value))
            {
                return true;
            }
        }
        return false;
    }

    private static bool HasFiles(PropertyValue value) => value switch
    {
        AssetProperty or ArchiveProperty => true,
        SecretProperty secret => HasFiles(secret.Value),
        OutputProperty { Value: { } inner } => HasFiles(inner),
        ListProperty list => list.Items.Any(static item => HasFiles(item)),
        ObjectProperty map => HasFiles(map.Properties),
        _ => false,
    };

    private static (string At, string Kind, string Path)? Missing(PropertyValue value, string at, string folder) => value switch
    {
        AssetProperty { Path: { } path } when !File.Exists(Path.Combine(folder, path)) => (at, "file", path),
        ArchiveProperty { Path: { } path } when !Path.Exists(Path.Combine(folder, path)) => (at, "archive", path),
        ArchiveProperty { Assets: { } assets } => Missing(new ObjectProperty(assets), at, folder),
        SecretProperty secret => Missing(secret.Value, at, folder),
        OutputProperty { Value: { } inner } => Missing(inner, at, folder),
        ListProperty list => list.Items.Select((item, index) => Missing(item, $"{at}[{index}]", folder)).FirstOrDefault(missing => missing is not null),
        ObjectProperty map => map.Properties.Select(member => Missing(member.Value, PropertyPath.Join(at, member.Key), folder))
            .FirstOrDefault(missing => missing is not null),
        _ => null,
    };
}
