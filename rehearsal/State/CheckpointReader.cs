using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Rehearsal.Graph;
using Rehearsal.Secrets;
using Rehearsal.Wire;

namespace Rehearsal.State;

/// <summary>Reads checkpoints: <c>pulumi stack export</c> (<c>{"version": 3, "deployment": …}</c>), a backend's own file (<c>{"version": 3, "checkpoint":
/// {"latest": …}}</c>), and our own.</summary>
/// <remarks>Seen and refused: a deployment of a later version, and one that lists a feature this reader does not know.</remarks>
internal static class CheckpointReader
{
    private const int Newest = 4;

    // Features of version 4 that change nothing for a reader that keeps what it does not understand
    private static readonly string[] KnownFeatures = ["refreshBeforeUpdate", "views", "hooks", "taint"];

    private static readonly string[] ResourceFields =
    [
        "urn", "custom", "delete", "id", "type", "inputs", "outputs", "parent", "protect", "taint", "external", "dependencies", "initErrors", "provider",
            "propertyDependencies",
        "pendingReplacement", "additionalSecretOutputs", "aliases", "customTimeouts", "importID", "retainOnDelete", "deletedWith", "replaceWith", "created",
            "modified",
        "sourcePosition", "ignoreChanges", "replaceOnChanges", "hideDiff", "replacementTrigger",
            "resourceHooks",
    ];

    private static readonly string[] DeploymentFields = ["manifest", "secrets_providers", "resources", "pending_operations", "metadata"];

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="where">The file's name, for messages.</param>
    /// <param name="sealer">Opens secrets, given the state's own salt; null where nobody can.</param>
    /// <exception cref="BadInputException">The text is no checkpoint, or one of a newer version.</exception>
    public static Checkpoint Read(string text, string where, Func<string, PassphraseSealer?> sealer) => Read(Encoding.UTF8.GetBytes(text), where, sealer);

    /// <summary>The same of a text in UTF-8.</summary>
    public static Checkpoint Read(ReadOnlyMemory<byte> text, string where, Func<string, PassphraseSealer?> sealer)
    {
        try
        {
            var (frame, resources) = Parted(text);
            using var document = JsonDocument.Parse(frame, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
            return Read(document.RootElement, resources, where, sealer);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new BadInputException(
                $"{where} is damaged or no state of Pulumi's: {Reason(e)}",
                "Take it from a backup, or export it anew with `pulumi stack export`; a rehearsal's own state can be deleted.", e)
            { ExitCode = 1 };
        }
    }

    /// <summary>Reads what <c>preview --json</c> printed: the resources as they would be, secrets hidden and unknown values marked.</summary>
    /// <exception cref="BadInputException">The text is no plan.</exception>
    public static Checkpoint ReadPlan(string text, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepthRead });
            return new Checkpoint
            {
                Resources = [.. document.RootElement.GetProperty("steps").EnumerateArray().Where(step => step.TryGetProperty("newState", out _))
                    .Select(step => Resource(step.GetProperty("newState"), StateSecrets.Closed, Newest))],
            };
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new BadInputException($"{where} is damaged or no plan: {Reason(e)}", "Write it anew with `./platform preview STACK --json`.",
                e)
            { ExitCode = 1 };
        }
    }

    // What the JSON library and the readers of values throw over a text that is not what it should be
    private static bool IsDamage(Exception e)
        => e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException;

    // The library's own words for a value of another kind name types of its own
    public static string Reason(Exception e) => e switch
    {
        JsonException { LineNumber: 0, BytePositionInLine: 0 } => "it is empty or no JSON",
        JsonException { LineNumber: { } line, BytePositionInLine: { } column } when e.Message.Contains("end of", StringComparison.Ordinal) =>
            $"it is cut off after line {line + 1}, column {column + 1}",
        JsonException { LineNumber: { } line, BytePositionInLine: { } column } => $"it is no JSON from line {line + 1}, column {column + 1} on",
        FormatException or JsonException => e.Message,
        KeyNotFoundException => "a field is missing that every state has",
        _ => "a field holds another kind of value than it should",
    };

    // Resources are most of a state: taken out of the rest and read one by one, no two of them are in memory as JSON at once
    private static (ReadOnlyMemory<byte> Frame, ReadOnlyMemory<byte> Resources) Parted(ReadOnlyMemory<byte> text)
    {
        var reader = Reader(text);
        var (names, start, end) = (new string?[4], -1, -1);
        while (reader.Read())
        {
            if (start >= 0 || reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth >= names.Length)
            {
                continue;
            }
            names[reader.CurrentDepth] = reader.GetString();
            var isThere = (reader.CurrentDepth, names[1], names[2]) is (2, "deployment" or "latest", "resources") or (3, "checkpoint", "latest")
                && names[reader.CurrentDepth] == "resources";
            if (isThere && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                start = (int)reader.TokenStartIndex;
                reader.Skip();
                end = (int)reader.BytesConsumed;
            }
        }
        return start < 0 ? (text, default) : ((byte[])[.. text.Span[..start], .. "[]"u8, .. text.Span[end..]], text[start..end]);
    }

    private static Utf8JsonReader Reader(ReadOnlyMemory<byte> text) => new(text.Span, new JsonReaderOptions { MaxDepth = JsonText.MaxDepthRead });

    private static ImmutableArray<ResourceState> Resources(ReadOnlyMemory<byte> text, StateSecrets secrets, int version)
    {
        var resources = ImmutableArray.CreateBuilder<ResourceState>();
        var reader = Reader(text);
        for (var more = !text.IsEmpty && reader.Read(); more && reader.Read() && reader.TokenType != JsonTokenType.EndArray;)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            resources.Add(Resource(document.RootElement, resources.Count, secrets, version));
        }
        return resources.ToImmutable();
    }

    private static Checkpoint Read(JsonElement root, ReadOnlyMemory<byte> resources, string where, Func<string, PassphraseSealer?> sealer)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no JSON object");
        }
        var version = root.TryGetProperty("version", out var number) ? number.GetInt32() : throw new FormatException("it has no `version`");
        if (version is < 1 or > Newest)
        {
            throw new BadInputException($"{where} is a state of version {version}; this engine reads versions 1 to {Newest}.",
                "Update ./platform, or export it with an older CLI.")
            { ExitCode = 1 };
        }
        var unknown = root.TryGetProperty("features", out var features)
            ? [.. features.EnumerateArray().Select(element => element.GetString()!).Except(KnownFeatures, StringComparer.Ordinal)] : Array.Empty<string>();
        if (unknown.Length > 0)
        {
            throw new BadInputException($"{where} needs features that this engine does not know: {string.Join(", ", unknown)}.",
                "Use the official CLI for this stack.")
            { ExitCode = 1 };
        }
        var deployment = root.TryGetProperty("deployment", out var exported) ? exported
            : root.TryGetProperty("checkpoint", out var backend) ? backend.TryGetProperty("latest", out var latest) ? latest : default
            : root.TryGetProperty("latest", out var old) ? old : throw new FormatException("it has no `deployment`");
        if (deployment.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return Checkpoint.Empty;
        }
        var (secrets, state) = Secrets(deployment, sealer);
        return new Checkpoint
        {
            Secrets = secrets,
            SecretsState = state,
            Manifest = deployment.TryGetProperty("manifest", out var manifest) ? manifest.GetRawText() : "",
            Metadata = deployment.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? metadata.GetRawText() : "{}",
            Resources = Resources(resources, secrets, version),
            Pending =
                deployment.TryGetProperty("pending_operations", out var pending) && pending.ValueKind == JsonValueKind.Array
                    ?
                    [
                        .. pending
                            .EnumerateArray()
                            .Select(element => new PendingOperation(
                                element.GetProperty("type").GetString()!,
                                Resource(element.GetProperty("resource"), secrets, version))),
                    ]
                    : [],
            Unread = Unread(deployment, DeploymentFields),
        };
    }

    private static (StateSecrets Secrets, string State) Secrets(JsonElement deployment, Func<string, PassphraseSealer?> sealer)
    {
        if (!deployment.TryGetProperty("secrets_providers", out var provider) || provider.ValueKind != JsonValueKind.Object)
        {
            return (new StateSecrets("", () => null), "");
        }
        var type = provider.TryGetProperty("type", out var name) ? name.GetString() ?? "" : "";
        var state = provider.TryGetProperty("state", out var given) ? given.GetRawText() : "";
        var salt = type == StateSecrets.PassphraseProvider && given.ValueKind == JsonValueKind.Object && given.TryGetProperty("salt", out var text)
            ? text.GetString() : null;
        return (new StateSecrets(type, () => salt is null ? null : sealer(salt)), state);
    }

    private static ResourceState Resource(JsonElement json, int index, StateSecrets secrets, int version)
    {
        try
        {
            return Resource(json, secrets, version);
        }
        catch (Exception e) when (IsDamage(e))
        {
            var urn = json.ValueKind == JsonValueKind.Object ? Text(json, "urn") : "";
            throw new FormatException($"{(urn.Length > 0 ? $"resource '{urn}'" : $"its resource {index + 1}")}: {Reason(e)}", e);
        }
    }

    private static ResourceState Resource(JsonElement json, StateSecrets secrets, int version)
    {
        var urn = Urn.Parse(Text(json, "urn"));
        var (type, created) = (Text(json, "type"), Text(json, "created"));
        return new ResourceState
        {
            Urn = urn,
            Type = KeyPool.Shared(type.Length > 0 ? type : urn.Type),
            Custom = Flag(json, "custom"),
            Delete = Flag(json, "delete"),
            Id = Text(json, "id") is { Length: > 0 } id ? id : null,
            Inputs = Properties(json, "inputs", secrets),
            // Versions 1 and 2 had no inputs apart from `inputs`, and `defaults` that nobody reads any more
            Outputs = Properties(json, "outputs", secrets),
            Parent = OptionalUrn(json, "parent"),
            Protect = Flag(json, "protect"),
            Taint = Flag(json, "taint"),
            External = version >= 2 && Flag(json, "external"),
            Dependencies = Urns(json, "dependencies"),
            InitErrors = Texts(json, "initErrors"),
            Provider = KeyPool.Shared(Text(json, "provider")),
            PropertyDependencies = PropertyDependencies(json),
            PendingReplacement = Flag(json, "pendingReplacement"),
            AdditionalSecretOutputs = Texts(json, "additionalSecretOutputs"),
            Aliases = Texts(json, "aliases"),
            CustomTimeouts = Timeouts(json),
            ImportId = Text(json, "importID"),
            RetainOnDelete = Flag(json, "retainOnDelete"),
            DeletedWith = OptionalUrn(json, "deletedWith"),
            ReplaceWith = Urns(json, "replaceWith"),
            Created = created,
            Modified = Text(json, "modified") is var modified && modified == created ? created : modified,
            SourcePosition = Text(json, "sourcePosition"),
            IgnoreChanges = Texts(json, "ignoreChanges"),
            ReplaceOnChanges = Texts(json, "replaceOnChanges"),
            HideDiffs = Texts(json, "hideDiff"),
            ReplacementTrigger = json.TryGetProperty("replacementTrigger", out var trigger) && trigger.ValueKind != JsonValueKind.Null
                ? StateValues.Read(trigger, secrets) : null,
            Hooks = Hooks(json),
            Unread = Unread(json, ResourceFields),
        };
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Hooks(JsonElement json)
        => json.TryGetProperty("resourceHooks", out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToImmutableSortedDictionary(kind => kind.Name, kind => Texts(value, kind.Name), StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    private static ImmutableSortedDictionary<string, string> Unread(JsonElement json, string[] known)
    {
        var unread = json.EnumerateObject().Where(field => !known.Contains(field.Name, StringComparer.Ordinal)).ToArray();
        return unread.Length == 0 ? ImmutableSortedDictionary<string, string>.Empty
            : unread.ToImmutableSortedDictionary(field => field.Name, field => field.Value.GetRawText(), StringComparer.Ordinal);
    }

    private static PropertyMap Properties(JsonElement json, string name, StateSecrets secrets)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? StateValues.ReadMap(value, secrets) : PropertyMap.Empty;

    private static ImmutableSortedDictionary<string, ImmutableArray<Urn>> PropertyDependencies(JsonElement json)
        => !json.TryGetProperty("propertyDependencies", out var value) || value.ValueKind != JsonValueKind.Object
            ? ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty
            : value.EnumerateObject()
                .ToImmutableSortedDictionary(property
                => KeyPool.Shared(property.Name), property
                => property.Value.ValueKind == JsonValueKind.Array ? [.. property.Value.EnumerateArray().Select(element => Urn.Parse(element.GetString()!))]
                : default(ImmutableArray<Urn>), StringComparer.Ordinal);

    private static CustomTimeouts Timeouts(JsonElement json)
    {
        if (!json.TryGetProperty("customTimeouts", out var value) || value.ValueKind != JsonValueKind.Object)
        {
            return CustomTimeouts.None;
        }
        return new CustomTimeouts(Seconds("create"), Seconds("update"), Seconds("delete"));

        string Seconds(string name)
            => value.TryGetProperty(name, out var number) && number.GetDouble() > 0 ? string.Create(CultureInfo.InvariantCulture, $"{number.GetDouble()}s")
            : "";
    }

    private static string Text(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static ImmutableArray<string> Texts(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : [];

    private static ImmutableArray<Urn> Urns(JsonElement json, string name) => [.. Texts(json, name).Select(Urn.Parse)];

    private static Urn? OptionalUrn(JsonElement json, string name) => Text(json, name) is { Length: > 0 } text ? Urn.Parse(text) : null;
}
