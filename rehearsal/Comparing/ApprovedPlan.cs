using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rehearsal.Graph;
using Rehearsal.Manifests;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Comparing;

/// <summary>A plan as a file that people approve: YAML with an entry for each resource, the same text for the same plan, made for <c>git diff</c>.</summary>
/// <remarks>
/// An entry's key is the end of the resource's URN (<c>platform:cache:Redis$kubernetes:apps/v1:StatefulSet::redis:</c>) and stands at the beginning of a line,
/// which git repeats above each hunk; a component is followed by what it has.
/// </remarks>
internal static partial class ApprovedPlan
{
    /// <summary>The form's version, and the key by which a file is known for a plan.</summary>
    private const string Version = "plan";
    private const int Newest = 1;

    private const string Project = "project";
    private const string Stack = "stack";
    private const string Providers = "providers";
    private const string Outputs = "outputs";
    private const string Separator = "::";

    /// <summary>Shorter JSON stays on its line.</summary>
    private const int ShortJson = 80;

    /// <summary>The file of a side.</summary>
    public static string Text(Side side)
    {
        side = SideSecrets.Mark(side);
        var text = new StringBuilder();
        text.Append(
            $"""
            # The approved plan of stack {side.Stack}: `./platform plan {side.Stack} --write` writes it, `--check` compares with it (docs/audit.md).
            # Secrets read [secret], what only a deployment knows [unknown].
            {Version}: {Newest}

            """);
        text.Append(Body(PropertyMap.Create((Project, Written(side.Project)))));
        text.Append(Body(PropertyMap.Create((Stack, Written(side.Stack)))));
        Section(text, Providers, PropertyMap.From(ProviderVersions.Of(side).Select(entry => KeyValuePair.Create(entry.Key, Written(entry.Value)))));
        Section(text, Outputs, AsWritten(side.Outputs ?? PropertyMap.Empty));
        var states = side.Resources.Where(state => !ProviderReference.IsDefaultProvider(state.Urn) && state.Type != Urn.RootType)
            .DistinctBy(state => state.Urn).OrderBy(state => state.Urn.Value, StringComparer.Ordinal).ToDictionary(state => state.Urn);
        foreach (var (_, _, row) in PlanTree.Arrange([.. states.Values.Select(state => new PlanRow(state.Urn, state.Parent, state.Type, default))]))
        {
            text.Append('\n');
            Section(text, Key(ResourceKey.Of(row.Urn)), Entry(states[row.Urn]), evenEmpty: true);
        }
        return text.ToString();
    }

    /// <summary>The side of a file; null when the file is no plan.</summary>
    /// <exception cref="BadInputException">It is a damaged one, or of a version that this program does not know.</exception>
    public static Side? TryRead(string path, string name)
    {
        var content = File.ReadAllText(path);
        return IsPlan().IsMatch(content) ? Read(YamlFile.Parse(path, content), name) : null;
    }

    /// <summary>Properties as the file has them, for comparing with what comes from one: JSON laid out, files by their place, secrets hidden.</summary>
    public static PropertyMap AsWritten(PropertyMap properties)
        => PropertyMap.From(properties.Where(property => !property.Key.StartsWith("__", StringComparison.Ordinal))).Select(AsWritten);

    /// <summary>A side as if it had been read from a file.</summary>
    public static Side AsWritten(Side side) => side with
    {
        Resources = [.. side.Resources.Select(state => state with { Inputs = AsWritten(state.Inputs) })],
        Outputs = side.Outputs is { } outputs ? AsWritten(outputs) : null,
    };

    private static PropertyMap Entry(ResourceState state)
    {
        var entry = new List<KeyValuePair<string, PropertyValue>>();
        Add("component", !state.Custom && !state.External ? BooleanProperty.True : null);
        Add("read", state.External ? BooleanProperty.True : null);
        Add("parent", state.Parent is { } parent && parent.QualifiedType != Urn.RootType ? Written(ResourceKey.Of(parent)) : null);
        Add("protect", state.Protect ? BooleanProperty.True : null);
        Add("retainOnDelete", state.RetainOnDelete ? BooleanProperty.True : null);
        Add("provider", ProviderReference.TryParse(state.Provider, out var provider) && !ProviderReference.IsDefaultProvider(provider.Urn)
            ? Written(ResourceKey.Of(provider.Urn)) : null);
        Add("deletedWith", state.DeletedWith is { } with ? Written(ResourceKey.Of(with)) : null);
        Add("dependsOn", Texts(state.Dependencies.Select(ResourceKey.Of)));
        Add("ignoreChanges", Texts(state.IgnoreChanges));
        Add("replaceOnChanges", Texts(state.ReplaceOnChanges));
        Add("additionalSecretOutputs", Texts(state.AdditionalSecretOutputs));
        Add("aliases", Texts(state.Aliases.Where(alias => !IsOldVersion(alias, state.Urn)).Select(alias
            => Urn.TryParse(alias, out var urn) ? ResourceKey.Of(urn) : alias)));
        Add("replacementTrigger", state.ReplacementTrigger is { } trigger ? AsWritten(trigger) : null);
        Add("inputs", AsWritten(state.Inputs) is { Count: > 0 } inputs ? new ObjectProperty(inputs) : null);
        return PropertyMap.From(entry);

        void Add(string key, PropertyValue? value)
        {
            if (value is not null)
            {
                entry.Add(KeyValuePair.Create(key, value));
            }
        }
    }

    // An SDK names the versions of an API that went before, of every resource
    private static bool IsOldVersion(string alias, Urn urn) => Urn.TryParse(alias, out var former) && former.Name == urn.Name
        && former.QualifiedType[..^former.Type.Length] == urn.QualifiedType[..^urn.Type.Length]
        && former.Type.Split(':')[^1] == urn.Type.Split(':')[^1] && former.Type.Split(':')[0] == urn.Type.Split(':')[0];

    private static PropertyValue Written(string text) => new StringProperty(text);

    private static ListProperty? Texts(IEnumerable<string> texts)
        => texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Written).ToArray() is { Length: > 0 } values
            ? new ListProperty([.. values])
        : null;

    private static PropertyValue AsWritten(PropertyValue value) => value switch
    {
        SecretProperty or OutputProperty { Secret: true } => Written(PropertyMask.Text),
        OutputProperty { Value: { } inner } => AsWritten(inner),
        OutputProperty => UnknownProperty.Instance,
        ListProperty list => list.Select(AsWritten),
        ObjectProperty map => new ObjectProperty(AsWritten(map.Properties)),
        StringProperty { Value: { Length: > ShortJson } text } when text[0] is '{' or '[' => Laid(text),
        AssetProperty or ArchiveProperty or ReferenceProperty => AsWritten(Written(PropertyText.Scalar(value))),
        _ => value,
    };

    private static StringProperty Laid(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return new StringProperty(JsonText.Write(JsonText.Lines, writer => json.RootElement.WriteTo(writer)));
        }
        catch (JsonException)
        {
            return new StringProperty(text);
        }
    }

    private static void Section(StringBuilder text, string key, PropertyMap body, bool evenEmpty = false)
    {
        if (body.Count == 0)
        {
            text.Append(evenEmpty ? $"{key}: {{}}\n" : "");
            return;
        }
        text.Append(key).Append(":\n");
        foreach (var line in Body(body).Split('\n')[..^1])
        {
            text.Append(line.Length == 0 ? "" : "  ").Append(line).Append('\n');
        }
    }

    private static string Body(PropertyMap body)
        => ManifestYaml.Text(body) is var text && text.StartsWith("---\n", StringComparison.Ordinal) ? text[4..] : text;

    private static string Key(string key) => PlainKey().IsMatch(key) ? key : JsonText.Quoted(key);

    private static Side Read(YamlFile file, string name)
    {
        if (file.Text(Version) != "1")
        {
            throw file.At(file.Root.Find(Version)!, $"this plan has the form {file.Text(Version)}, and this program knows {Newest}.",
                "Update ./platform, or write the plan anew.");
        }
        var (stack, project) = (Required(Stack), Required(Project));
        var versions = file.Mapping(Providers)?.Entries.ToDictionary(entry => entry.Key.Value, entry => (entry.Value as YamlScalar)?.Value ?? "",
            StringComparer.Ordinal)
            ?? [];
        var resources = new List<ResourceState>
        {
            new() { Urn = ResourceKey.ToUrn(Urn.RootType, stack, project), Type = Urn.RootType },
        };
        foreach (var (key, value) in file.Root.Entries.Where(entry => entry.Key.Value.Contains(Separator, StringComparison.Ordinal)))
        {
            resources.Add(new Reader(file, stack, project, versions).Resource(key, value));
        }
        return new Side
        {
            Name = name,
            Kind = SideKind.Plan,
            Stack = stack,
            Project = project,
            Resources = [.. resources],
            Outputs = file.Mapping(Outputs) is { } outputs ? ((ObjectProperty)Reader.Value(outputs)).Properties : PropertyMap.Empty,
            IsWritten = true,
        };

        string Required(string key) => file.Text(key) is { Length: > 0 } text ? text
            : throw file.At(file.Root, $"`{key}` is missing.", "Write the plan anew: ./platform plan STACK --write.");
    }

    private sealed class Reader(YamlFile file, string stack, string project, Dictionary<string, string> versions)
    {
        public ResourceState Resource(YamlScalar key, YamlNode node)
        {
            if (node is not YamlMap map)
            {
                throw file.At(node, $"{key.Value} has to hold `key: value` lines.", "Write the plan anew: ./platform plan STACK --write.");
            }
            var urn = ToUrn(key.Value, key);
            var entry = ((ObjectProperty)Value(map)).Properties;
            return new ResourceState
            {
                Urn = urn,
                Type = urn.Type,
                Custom = !Flag("component"),
                External = Flag("read"),
                Parent = Reference("parent") ?? ResourceKey.ToUrn(Urn.RootType, stack, project),
                Protect = Flag("protect"),
                RetainOnDelete = Flag("retainOnDelete"),
                Provider = Flag("component") || ProviderReference.IsProviderType(urn.Type) ? "" : Provider(urn.Type, Reference("provider")),
                DeletedWith = Reference("deletedWith"),
                Dependencies = [.. Texts("dependsOn").Select(text => ToUrn(text, node))],
                IgnoreChanges = Texts("ignoreChanges"),
                ReplaceOnChanges = Texts("replaceOnChanges"),
                AdditionalSecretOutputs = Texts("additionalSecretOutputs"),
                Aliases = [.. Texts("aliases").Select(text => text.StartsWith("urn:", StringComparison.Ordinal) ? text : ToUrn(text, node).Value)],
                ReplacementTrigger = entry.Find("replacementTrigger"),
                Inputs = entry.Find("inputs") is ObjectProperty inputs ? inputs.Properties : PropertyMap.Empty,
            };

            bool Flag(string name) => entry.Find(name) is BooleanProperty { Value: true };

            ImmutableArray<string> Texts(string name)
                => entry.Find(name) is ListProperty list ? [.. list.Items.OfType<StringProperty>().Select(text => text.Value)] : [];

            Urn? Reference(string name) => entry.Find(name) is StringProperty text ? ToUrn(text.Value, node) : null;
        }

        public static PropertyValue Value(YamlNode node) => node switch
        {
            YamlMap map => new ObjectProperty(PropertyMap.From(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Value(entry.Value))))),
            YamlList list => new ListProperty([.. list.Items.Select(Value)]),
            YamlScalar { IsPlain: false, Value: PropertyText.Unknown } => UnknownProperty.Instance,
            YamlScalar scalar => YamlScalars.ToJson(scalar) switch
            {
                null => NullProperty.Instance,
                var json when json.GetValueKind() is JsonValueKind.True or JsonValueKind.False => BooleanProperty.From(json.GetValue<bool>()),
                var json when json.GetValueKind() == JsonValueKind.Number =>
                    new NumberProperty(double.Parse(json.ToJsonString(), CultureInfo.InvariantCulture)),
                var json => new StringProperty(json.ToString()),
            },
            _ => NullProperty.Instance,
        };

        private string Provider(string type, Urn? named)
        {
            var package = type.Split(':', 2)[0];
            var name = versions.TryGetValue(package, out var version) ? $"default_{version.Replace('.', '_')}" : "default";
            var urn = named ?? ResourceKey.ToUrn($"{ProviderReference.TypePrefix}{package}{Separator}{name}", stack, project);
            return new ProviderReference(urn, ProviderReference.UnknownId).ToString();
        }

        private Urn ToUrn(string key, YamlNode at)
        {
            try
            {
                return ResourceKey.ToUrn(key, stack, project);
            }
            catch (FormatException e)
            {
                throw new BadInputException($"{file.Place(at)}: '{YamlText.Shown(key)}' names no resource.",
                    "Write the plan anew: ./platform plan STACK --write.", e);
            }
        }
    }

    // What git takes for the head of a hunk begins with a letter
    [GeneratedRegex(@"^[A-Za-z](?:[A-Za-z0-9_./$@+~-]|:(?=[A-Za-z0-9_./$@+~:-]))*\z", RegexOptions.None, 1000)]
    private static partial Regex PlainKey();

    [GeneratedRegex("^plan: ", RegexOptions.Multiline, 1000)]
    private static partial Regex IsPlan();
}
