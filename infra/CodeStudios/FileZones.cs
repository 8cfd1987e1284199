using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.CodeStudios;

/// <summary>A zone of files that Code Studios share with their project and their user.</summary>
public enum FileZone
{
    CodeStudioVersioned,
    CodeStudioResources,
    ProjectLibVersioned,
    ProjectLibResources,
    Recipes,
    Notebooks,
    UserVersioned,
    UserResources,
}

/// <summary>The zones by their names, their tokens and their usual places.</summary>
public static partial class FileZones
{
    /// <summary>The folder in which zones are mounted unless a template says otherwise.</summary>
    public const string Workspace = $"{CodeStudioImage.Home}/workspace";

    // Facts of Dataiku, §3.10: id and folder of each zone. The folder of the first two has an underscore and hyphens.
    private static readonly ImmutableSortedDictionary<FileZone, (string Id, string Folder)> Table = new Dictionary<FileZone, (string Id, string Folder)>
    {
        [FileZone.CodeStudioVersioned] = ("code_studio_versioned", "code_studio-versioned"),
        [FileZone.CodeStudioResources] = ("code_studio_resources", "code_studio-resources"),
        [FileZone.ProjectLibVersioned] = ("project_lib_versioned", "project-lib-versioned"),
        [FileZone.ProjectLibResources] = ("project_lib_resources", "project-lib-resources"),
        [FileZone.Recipes] = ("recipes", "recipes"),
        [FileZone.Notebooks] = ("notebooks", "notebooks"),
        [FileZone.UserVersioned] = ("user_versioned", "user-versioned"),
        [FileZone.UserResources] = ("user_resources", "user-resources"),
    }.ToImmutableSortedDictionary();

    /// <summary>Every zone, in the order of DSS.</summary>
    public static IEnumerable<FileZone> All => Table.Keys;

    /// <summary>The zones that belong to one Code Studio or to its user: only these can start with files.</summary>
    public static ImmutableArray<FileZone> WithStarterFiles { get; } =
        [FileZone.CodeStudioVersioned, FileZone.CodeStudioResources, FileZone.UserVersioned, FileZone.UserResources];

    /// <summary>The zone's name in DSS: <c>code_studio_versioned</c>.</summary>
    public static string Id(FileZone zone) => Table[zone].Id;

    /// <summary>The zone's name in stack files: <c>codeStudioVersioned</c>.</summary>
    public static string Key(FileZone zone) => JsonNamingPolicy.CamelCase.ConvertName($"{zone}");

    /// <summary>The zone of a name in DSS; null for none.</summary>
    public static FileZone? WithId(string id) => Table.Where(entry => entry.Value.Id == id).Select(entry => (FileZone?)entry.Key).FirstOrDefault();

    /// <summary>Where it is mounted by default.</summary>
    public static string DefaultPath(FileZone zone) => $"{Workspace}/{Table[zone].Folder}";

    /// <summary>What stands for its place in the fields of blocks: <c>__CODE_STUDIO_VERSIONED__</c>.</summary>
    public static string Token(FileZone zone) => $"__{Id(zone).ToUpperInvariant()}__";

    /// <summary>The zone that a token stands for; null for none.</summary>
    public static FileZone? Of(string token) => All.Where(zone => Token(zone) == token).Select(zone => (FileZone?)zone).FirstOrDefault();

    /// <summary>The first token that is left in a resolved text; null without any.</summary>
    public static string? Unresolved(string resolved) => Shape().Match(resolved) is { Success: true } match ? match.Value : null;

    // "__USER_VERSIONED__", and what looks like one; not "__pycache__".
    [GeneratedRegex("__[A-Z]+(_[A-Z]+)*__", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>A zone and where it is mounted.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Path">Absolute path in the container.</param>
/// <param name="Subpath">Folder of the zone that is mounted; empty for the whole zone.</param>
/// <param name="OneWay">Whether pods read it only.</param>
public sealed record SyncedZone(FileZone Zone, string Path, string Subpath = "", bool OneWay = false)
{
    /// <summary>Every zone at its usual place, in both directions.</summary>
    public static ImmutableArray<SyncedZone> All { get; } = [.. FileZones.All.Select(zone => new SyncedZone(zone, FileZones.DefaultPath(zone)))];
}

/// <summary>The locked block at the top: what the image starts from, and which files are kept outside of it.</summary>
public sealed record FileSynchronization : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "fileSynchronization";

    private static readonly ImmutableArray<string> OfTheImage = ["/bin", "/dev", "/etc", "/lib", CodeStudioImage.Root, "/proc", "/sbin", "/sys", "/usr"];

    /// <summary>The zones that pods mount.</summary>
    public ImmutableArray<SyncedZone> Zones { get; init; } = SyncedZone.All;

    /// <summary>Patterns of gitignore, without negation, for files that stay in the pod.</summary>
    public ImmutableArray<string> Exclusions { get; init; } = [];

    public override string Kind => KindName;

    public override bool IsUnique => true;

    public override CodeStudioState Apply(CodeStudioState before) =>
        CodeStudioImage.Begin(before with { Zones = Zones, Exclusions = Exclusions }, Zones);

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        for (var index = 0; index < Zones.Length; index++)
        {
            var zone = Zones[index];
            var field = $"zones[{BlockChecks.Text(index)}]";
            if (Zones[..index].Any(earlier => earlier.Zone == zone.Zone))
            {
                yield return new($"{field}.zone", "is synced twice", "each zone once", "remove one of the two", FileZones.Key(zone.Zone));
            }

            if (!StudioPath.IsAbsolute(zone.Path))
            {
                yield return new(
                    $"{field}.path", "is no absolute path", "a path that starts with /, without empty parts, . or ..",
                    $"for example {FileZones.DefaultPath(zone.Zone)}", zone.Path);
            }
            else if (OfTheImage.FirstOrDefault(folder => Overlap(folder, zone.Path)) is { } hidden)
            {
                yield return new(
                    $"{field}.path", $"hides {hidden}, which the image brings",
                    $"a path that is not in {string.Join(", ", OfTheImage)}, and holds none of them",
                    $"for example {FileZones.DefaultPath(zone.Zone)}", zone.Path);
            }
            else if (Zones[..index].FirstOrDefault(earlier => Overlap(earlier.Path, zone.Path)) is { } other)
            {
                yield return new(
                    $"{field}.path", $"and that of {FileZones.Key(other.Zone)}, {other.Path}, lie in each other, so that one would hide the other",
                    "a path of its own", $"for example {FileZones.DefaultPath(zone.Zone)}", zone.Path);
            }

            if (zone.Subpath.Length > 0 && !StudioPath.IsRelative(zone.Subpath))
            {
                yield return new(
                    $"{field}.subpath", "leaves the zone", "a path that does not start with /, without empty parts, . or ..", "for example app", zone.Subpath);
            }
        }

        for (var index = 0; index < Exclusions.Length; index++)
        {
            if (Exclusions[index].TrimStart().StartsWith('!'))
            {
                yield return new(
                    $"exclusions[{BlockChecks.Text(index)}]", "takes files in again, which the grammar here has not",
                    "a pattern of gitignore that does not start with !",
                    "write patterns that leave those files out, or \\! for a name that starts with it", Exclusions[index]);
            }
            else if (Exclusions[index].Contains('\n', StringComparison.Ordinal))
            {
                yield return new(
                    $"exclusions[{BlockChecks.Text(index)}]", "has several lines", "one pattern", "make each line an item of its own", Exclusions[index]);
            }
        }
    }

    /// <summary>The zone that hides a path of the image once it is mounted; null for none.</summary>
    internal static SyncedZone? Hiding(string path, CodeStudioState state) =>
        state.Zones.FirstOrDefault(zone => $"{path.TrimEnd('/')}/".StartsWith($"{zone.Path.TrimEnd('/')}/", StringComparison.Ordinal));

    private static bool Overlap(string path, string other) =>
        $"{path.TrimEnd('/')}/".StartsWith($"{other.TrimEnd('/')}/", StringComparison.Ordinal)
        || $"{other.TrimEnd('/')}/".StartsWith($"{path.TrimEnd('/')}/", StringComparison.Ordinal);
}
