using System.Text.Json;
using System.Text.Json.Serialization;

namespace Infra.Versions;

/// <summary>Reads the versions of <c>versions.json</c>, which are texts.</summary>
internal sealed class SemanticVersionConverter : JsonConverter<SemanticVersion>
{
    public override SemanticVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SemanticVersion.TryParse(reader.GetString(), out var version)
            ? version!
            : throw new JsonException($"'{reader.GetString()}' is not a version.");

    public override void Write(Utf8JsonWriter writer, SemanticVersion value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
