using System.Text.Json;
using Protocol;
using Rehearsal.Wire;

namespace Rehearsal.State;

/// <summary>Reads and writes property values as a checkpoint holds them: secrets as <c>{"4dab…": "1b47…", "ciphertext": "v1:…"}</c>, around the JSON text of
/// the value.</summary>
internal static class StateValues
{
    private const string Ciphertext = "ciphertext";
    private const string Plaintext = "plaintext";

    /// <summary>Reads an object of properties.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="secrets">Opens ciphertexts.</param>
    public static PropertyMap ReadMap(JsonElement json, StateSecrets secrets)
    {
        var (keys, values) = (new List<string>(), new List<PropertyValue>());
        foreach (var property in json.EnumerateObject())
        {
            keys.Add(KeyPool.Shared(property.Name));
            values.Add(Read(property.Value, secrets));
        }
        return PropertyMap.Own([.. keys], [.. values]);
    }

    public static PropertyValue Read(JsonElement json, StateSecrets secrets) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => BooleanProperty.From(json.GetBoolean()),
        JsonValueKind.Number => new NumberProperty(json.GetDouble()),
        JsonValueKind.String => json.GetString() is var text && WireSignatures.IsUnknown(text!) ? new UnknownProperty(text!) : StringProperty.From(text!),
        JsonValueKind.Array => new ListProperty([.. json.EnumerateArray().Select(item => Read(item, secrets))]),
        JsonValueKind.Object => ReadObject(json, secrets),
        _ => NullProperty.Instance,
    };

    public static void Write(GoJson json, PropertyMap properties, Func<SecretProperty, (string Form, string Text)> seal)
    {
        json.BeginObject();
        foreach (var (key, value) in properties)
        {
            json.Name(key);
            Write(json, value, seal);
        }
        json.EndObject();
    }

    public static void Write(GoJson json, PropertyValue value, Func<SecretProperty, (string Form, string Text)> seal)
    {
        switch (value)
        {
            case BooleanProperty flag:
                json.Flag(flag.Value);
                break;
            case NumberProperty number:
                json.Number(number.Value);
                break;
            case StringProperty text:
                json.Text(text.Value);
                break;
            case UnknownProperty unknown:
                json.Text(unknown.Sentinel);
                break;
            case ListProperty list:
                json.BeginArray();
                foreach (var item in list.Items)
                {
                    Write(json, item, seal);
                }
                json.EndArray();
                break;
            case ObjectProperty map:
                Write(json, map.Properties, seal);
                break;
            case SecretProperty secret:
                var (form, sealedText) = seal(secret);
                json.BeginObject().Name(WireSignatures.Key).Text(WireSignatures.Secret).Name(form).Text(sealedText).EndObject();
                break;
            case OutputProperty output:
                Write(json, output.WithoutDependencies, seal);
                break;
            case AssetProperty asset:
                WriteFields(json, WireSignatures.Asset, (WireFields.Hash, asset.Hash), (WireFields.Path, asset.Path), (WireFields.Text, asset.Text),
                    (WireFields.Uri, asset.Uri));
                break;
            case ArchiveProperty { Assets: { } assets } archive:
                json.BeginObject().Name(WireSignatures.Key).Text(WireSignatures.Archive).Name(WireFields.Assets);
                Write(json, assets, seal);
                if (archive.Hash is { } hash)
                {
                    json.Name(WireFields.Hash).Text(hash);
                }
                json.EndObject();
                break;
            case ArchiveProperty archive:
                WriteFields(json, WireSignatures.Archive, (WireFields.Hash, archive.Hash), (WireFields.Path, archive.Path), (WireFields.Uri, archive.Uri));
                break;
            case ReferenceProperty reference:
                WriteFields(json, WireSignatures.ResourceReference, (WireFields.Id, reference.Id),
                    (WireFields.PackageVersion, reference.PackageVersion is "" ? null : reference.PackageVersion), (WireFields.Urn, reference.Urn));
                break;
            default:
                json.Null();
                break;
        }
    }

    /// <summary>The secret's value as the JSON text that is sealed.</summary>
    public static string PlainJson(SecretProperty secret)
    {
        var json = new GoJson();
        Write(json, secret.Value, inner => (Plaintext, PlainJson(inner)));
        return json.ToString();
    }

    /// <summary>Secrets in the open, for <c>--show-secrets</c>.</summary>
    public static (string Form, string Text) Open(SecretProperty secret) => (Plaintext, PlainJson(secret));

    /// <summary>Secrets hidden, as events carry them.</summary>
    public static (string Form, string Text) Blind(SecretProperty secret) => (Ciphertext, PropertyMask.Text);

    /// <summary>Secrets sealed, for the state's own file.</summary>
    public static Func<SecretProperty, (string Form, string Text)> Sealed(StateSecrets secrets) => secret => (Ciphertext, secrets.Seal(secret));

    private static PropertyValue ReadObject(JsonElement json, StateSecrets secrets)
    {
        if (!json.TryGetProperty(WireSignatures.Key, out var kind))
        {
            return new ObjectProperty(ReadMap(json, secrets));
        }
        return kind.GetString() switch
        {
            WireSignatures.Secret => ReadSecret(json, secrets),
            WireSignatures.Asset => new AssetProperty(Field(json, WireFields.Text), Field(json, WireFields.Path), Field(json, WireFields.Uri),
                Field(json, WireFields.Hash)),
            WireSignatures.Archive => new ArchiveProperty(
                json.TryGetProperty(WireFields.Assets, out var assets) ? ReadMap(assets, secrets) : null, Field(json, WireFields.Path),
                    Field(json, WireFields.Uri), Field(json, WireFields.Hash)),
            WireSignatures.ResourceReference
                => new ReferenceProperty(Field(json, WireFields.Urn) ?? "", Field(json, WireFields.Id), Field(json, WireFields.PackageVersion) ?? ""),
            _ => new ObjectProperty(ReadMap(json, secrets)),
        };
    }

    private static SecretProperty ReadSecret(JsonElement json, StateSecrets secrets)
    {
        if (Field(json, Plaintext) is { } plain)
        {
            return new SecretProperty(Parse(plain, secrets));
        }
        var ciphertext = Field(json, Ciphertext) ?? throw new JsonException("a secret has neither ciphertext nor plaintext");
        var secret = new SecretProperty(secrets.Open(ciphertext) is { } opened ? Parse(opened, secrets) : UnknownProperty.Instance);
        secrets.Remember(secret, ciphertext);
        return secret;
    }

    private static PropertyValue Parse(string text, StateSecrets secrets)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
        return Read(document.RootElement, secrets);
    }

    private static string? Field(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteFields(GoJson json, string kind, params ReadOnlySpan<(string Key, string? Value)> fields)
    {
        json.BeginObject().Name(WireSignatures.Key).Text(kind);
        foreach (var (key, value) in fields)
        {
            if (value is not null)
            {
                json.Name(key).Text(value);
            }
        }
        json.EndObject();
    }
}
