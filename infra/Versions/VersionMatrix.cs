using System.Text.Json;
using System.Text.Json.Serialization;

namespace Infra.Versions;

/// <summary>Which Connect, session images, templates and features belong to which Seqera Platform, as <c>versions.json</c> says.</summary>
/// <param name="Before">First Platform version that the matrix does not know.</param>
/// <param name="Releases">Rows, oldest first.</param>
/// <param name="Connect">Ways to run Connect, oldest first.</param>
/// <param name="Images">Image paths by name.</param>
/// <param name="Features">Oldest versions per feature.</param>
/// <param name="Catalogs">Default templates by name.</param>
public sealed record VersionMatrix(
    SemanticVersion Before,
    IReadOnlyList<PlatformRelease> Releases,
    IReadOnlyList<ConnectProfile> Connect,
    IReadOnlyDictionary<string, ConnectImagePaths> Images,
    IReadOnlyDictionary<StudiosFeature, FeatureRequirement> Features,
    IReadOnlyDictionary<string, IReadOnlyList<CatalogEntry>> Catalogs)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new SemanticVersionConverter(), new JsonStringEnumConverter<StudiosFeature>(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Lazy<VersionMatrix> Embedded = new(ReadEmbedded);

    /// <summary>The matrix that this program was built with.</summary>
    public static VersionMatrix Current => Embedded.Value;

    /// <summary>Oldest Platform version that can run Studios.</summary>
    public SemanticVersion Oldest => Releases[0].From;

    /// <summary>Supported Platform versions, for messages.</summary>
    public string Supported => $"{Oldest} up to, not including, {Before}";

    public bool Knows(SemanticVersion platform) => platform >= Oldest && platform < Before;

    /// <summary>The row of a Platform version; null outside of <see cref="Supported"/>.</summary>
    public PlatformRelease? Release(SemanticVersion platform) => Knows(platform) ? Releases.Last(row => row.From <= platform) : null;

    /// <summary>How a Connect version is run; versions older than the first row are run like it.</summary>
    public ConnectProfile Profile(SemanticVersion connect) => Connect.LastOrDefault(row => row.From <= connect) ?? Connect[0];

    public bool Has(StudiosFeature feature, SemanticVersion platform, SemanticVersion connect) => Features[feature].IsMetBy(platform, connect);

    /// <summary>Reads a matrix; words that it does not know are an error.</summary>
    public static VersionMatrix Read(Stream json)
    {
        var matrix = JsonSerializer.Deserialize<VersionMatrix>(json, Format) ?? throw new JsonException("versions.json is empty.");
        return matrix with
        {
            Releases = [.. matrix.Releases.Select(row => row with { Clouds = row.Clouds ?? [] }).OrderBy(row => row.From)],
            Connect = [.. matrix.Connect.OrderBy(row => row.From)],
            Features = matrix.Features.ToDictionary(feature => feature.Key, feature => feature.Value with { ExcludedTools = feature.Value.ExcludedTools ?? [] }),
        };
    }

    private static VersionMatrix ReadEmbedded()
    {
        using var json = typeof(VersionMatrix).Assembly.GetManifestResourceStream("Infra.Versions.versions.json")
            ?? throw new InvalidOperationException("The program was built without Infra.Versions.versions.json.");
        return Read(json);
    }
}
