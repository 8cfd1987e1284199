using System.Text.Json;

namespace Generator.Schema;

/// <summary>A property: its type, and what the SDK does with its value.</summary>
public sealed record PropertySpec : TypeSpec
{
    public string? Const { get; init; }

    public JsonElement? Default { get; init; }

    public DefaultSpec? DefaultInfo { get; init; }

    public bool Secret { get; init; }

    public bool ReplaceOnChanges { get; init; }

    public PropertyLanguageSpec? Language { get; init; }
}
