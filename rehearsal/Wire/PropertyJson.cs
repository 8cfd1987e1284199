using System.Text.Json;
using Protocol;

namespace Rehearsal.Wire;

/// <summary>Writes values as <c>pulumi preview --json</c> does: secrets hidden, unknowns as their sentinel, special values in their wire form.</summary>
public static class PropertyJson
{
    public static string Text(PropertyValue value) => JsonText.Write(JsonText.OneLine, json => Write(json, value));

    public static void Write(Utf8JsonWriter json, PropertyMap properties)
    {
        json.WriteStartObject();
        foreach (var (key, value) in properties)
        {
            json.WritePropertyName(key);
            Write(json, value);
        }
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, PropertyValue value)
    {
        switch (value)
        {
            case BooleanProperty boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case NumberProperty number when double.IsFinite(number.Value):
                json.WriteNumberValue(number.Value);
                break;
            case NumberProperty number:
                json.WriteStringValue(number.Value.ToString());
                break;
            case StringProperty text:
                json.WriteStringValue(text.Value);
                break;
            case UnknownProperty unknown:
                json.WriteStringValue(unknown.Sentinel);
                break;
            case ListProperty list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }
                json.WriteEndArray();
                break;
            case ObjectProperty map:
                Write(json, map.Properties);
                break;
            case SecretProperty:
                json.WriteStringValue(PropertyMask.Text);
                break;
            case OutputProperty output:
                Write(json, output.WithoutDependencies);
                break;
            case AssetProperty asset:
                Special(json, WireSignatures.Asset, (WireFields.Text, asset.Text), (WireFields.Path, asset.Path), (WireFields.Uri, asset.Uri),
                    (WireFields.Hash, asset.Hash));
                break;
            case ArchiveProperty archive:
                Special(json, WireSignatures.Archive, archive.Assets, (WireFields.Path, archive.Path), (WireFields.Uri, archive.Uri),
                    (WireFields.Hash, archive.Hash));
                break;
            case ReferenceProperty reference:
                Special(json, WireSignatures.ResourceReference, (WireFields.Urn, reference.Urn), (WireFields.Id, reference.Id),
                    (WireFields.PackageVersion, reference.PackageVersion is "" ? null : reference.PackageVersion));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static void Special(Utf8JsonWriter json, string kind, params ReadOnlySpan<(string Key, string? Value)> fields)
        => Special(json, kind, assets: null, fields);

    private static void Special(Utf8JsonWriter json, string kind, PropertyMap? assets, params ReadOnlySpan<(string Key, string? Value)> fields)
    {
        json.WriteStartObject();
        json.WriteString(WireSignatures.Key, kind);
        if (assets is not null)
        {
            json.WritePropertyName(WireFields.Assets);
            Write(json, assets);
        }
        foreach (var (key, value) in fields)
        {
            if (value is not null)
            {
                json.WriteString(key, value);
            }
        }
        json.WriteEndObject();
    }
}
