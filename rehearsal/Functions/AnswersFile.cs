using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Schemas;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>Reads <c>--answers FILE</c>: YAML, or JSON, with a list of <c>functions</c> and a list of <c>resources</c> (docs/answers.md).</summary>
internal sealed class AnswersFile
{
    // As in Pulumi's own YAML language
    private const string SecretKey = "fn::secret";

    private const string TokenForm = "written as in `aws:eks/getCluster:getCluster`";

    private readonly YamlFile _file;
    private readonly SchemaStore _schemas;

    private AnswersFile(YamlFile file, SchemaStore schemas) => (_file, _schemas) = (file, schemas);

    /// <summary>Reads the file and holds its answers against the schemas of their packages.</summary>
    /// <exception cref="BadInputException">It cannot be read, or something in it cannot be an answer; the message has the line.</exception>
    public static Answers Read(string path, SchemaStore schemas) => new AnswersFile(YamlFile.Read(path), schemas).Read();

    private Answers Read()
    {
        Only(_file.Root, "functions", "resources");
        var (functions, resources) = (Entries("functions").Select(Function).ToList(), new List<(YamlMap Node, ResourceAnswer Answer)>());
        foreach (var node in Entries("resources"))
        {
            var answer = Resource(node);
            if (resources.Find(other => other.Answer.Type == answer.Type && other.Answer.Id == answer.Id) is { Node: { } first })
            {
                throw _file.At(node, $"'{answer.Type}' with the id '{answer.Id}' has an answer already at {_file.Place(first)}.", "Keep one of the two.");
            }
            resources.Add((node, answer));
        }
        return new Answers([.. functions], [.. resources.Select(resource => resource.Answer)]);
    }

    private FunctionAnswer Function(YamlMap node)
    {
        Only(node, "token", "args", "result");
        var token = Text(node, "token", TokenForm);
        var (package, spec) = (_schemas.Find(Package(node, token)), (ResourceSpec?)null);
        spec = package?.Function(token);
        var arguments = node.Find("args") is { } args && !YamlFile.IsNull(args) ? Map(args, "args", "the arguments") : PropertyMap.Empty;
        var result = Map(Required(node, "result", "what the function answers"), "result", "what the function answers");
        if (spec is not null)
        {
            Check(package!, spec.Inputs, arguments, node.Find("args") ?? node, "args");
            Check(package!, spec.Outputs, result, node.Find("result")!, "result");
        }
        return new FunctionAnswer(token, arguments, result);
    }

    private ResourceAnswer Resource(YamlMap node)
    {
        Only(node, "type", "id", "state", "missing");
        var type = Text(node, "type", "written as in `kubernetes:apps/v1:Deployment`");
        var id = Text(node, "id", "the provider's id, such as `namespace/name`");
        var package = _schemas.Find(Package(node, type));
        var missing = node.Find("missing") is { } said && (YamlScalars.IsTrue(said) ? true : throw _file.At(said, "`missing` can only be true."));
        if (node.Find("state") is not { } state || YamlFile.IsNull(state))
        {
            return missing ? new ResourceAnswer(type, id, State: null) : throw _file.At(
                node, $"'{type}' with the id '{id}' has no `state`.", "Give its properties, or say `missing: true` where there is no such resource.");
        }
        if (missing)
        {
            throw _file.At(state, $"'{type}' with the id '{id}' cannot be missing and have a state.", "Keep one of the two.");
        }
        var properties = Map(state, "state", "the resource's properties");
        if (package?.Resource(type) is { } spec)
        {
            Check(package, spec.Outputs, properties, state, "state");
            properties = properties.Hide(spec.Outputs.Properties.Where(property => property.Value.Secret).Select(property => property.Key)
                .Where(properties.ContainsKey));
        }
        return new ResourceAnswer(type, id, properties);
    }

    private void Check(PackageSchema package, ObjectSpec spec, PropertyMap values, YamlNode node, string name)
    {
        var failures = new InputChecker(package, partial: true).Check(spec, values);
        if (!failures.IsEmpty)
        {
            throw _file.At(Find(node, failures[0].Path), $"`{name}.{failures[0].Path}` {failures[0].Reason.TrimEnd('?')}{(failures[0].Reason.EndsWith('?') ? '?' : '.')}");
        }
    }

    // The value that a path leads to, or what comes closest
    private static YamlNode Find(YamlNode node, string path)
    {
        foreach (var part in PropertyPath.Parse(path)?.Parts ?? [])
        {
            var next = node switch
            {
                YamlMap map => map.Find(part),
                YamlList list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Count
                    => list.Items[index],
                _ => null,
            };
            if (next is null)
            {
                break;
            }
            node = next;
        }
        return node;
    }

    private IEnumerable<YamlMap> Entries(string key)
    {
        var node = _file.Root.Find(key);
        if (node is null || YamlFile.IsNull(node))
        {
            return [];
        }
        return node is YamlList list
            ? list.Items.Select(item => item as YamlMap ?? throw _file.At(item, $"an entry of `{key}` has to hold `key: value` lines."))
            : throw _file.At(node, $"`{key}` has to be a list.", "Begin each entry with a hyphen.");
    }

    private void Only(YamlMap node, params string[] keys)
    {
        foreach (var (key, _) in node.Entries.Where(entry => !keys.Contains(entry.Key.Value, StringComparer.Ordinal)))
        {
            throw _file.At(key, $"`{YamlText.Shown(key.Value)}` is not known here: allowed are {string.Join(", ", keys)}.");
        }
    }

    private string Text(YamlMap node, string key, string form) => Required(node, key, form) is YamlScalar { Value.Length: > 0 } text
        ? text.Value : throw _file.At(node.Find(key)!, $"`{key}` has to be a text, {form}.");

    private YamlNode Required(YamlMap node, string key, string form)
        => node.Find(key) is { } found && !YamlFile.IsNull(found) ? found : throw _file.At(node, $"`{key}` is missing: {form}.");

    private string Package(YamlMap node, string token) => token.Split(':') is [{ Length: > 0 } package, _, { Length: > 0 }]
        ? package : throw _file.At(node, $"'{YamlText.Shown(token)}' is no token: it has three parts with colons between them, {TokenForm}.");

    private PropertyMap Map(YamlNode node, string key, string what)
        => node is YamlMap map ? Properties(map) : throw _file.At(node, $"`{key}` has to hold `key: value` lines: {what}.");

    private static PropertyMap Properties(YamlMap map)
        => PropertyMap.From(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Value(entry.Value))));

    private static PropertyValue Value(YamlNode node) => node switch
    {
        YamlMap { Entries: [var (key, secret)] } when key.Value == SecretKey => new SecretProperty(Value(secret)),
        YamlMap map => new ObjectProperty(Properties(map)),
        YamlList list => new ListProperty([.. list.Items.Select(Value)]),
        YamlScalar scalar => Scalar(YamlScalars.ToJson(scalar)),
        _ => NullProperty.Instance,
    };

    private static PropertyValue Scalar(JsonNode? json) => json?.GetValueKind() switch
    {
        null => NullProperty.Instance,
        JsonValueKind.True => BooleanProperty.True,
        JsonValueKind.False => BooleanProperty.False,
        JsonValueKind.Number => Values.Number(Convert.ToDouble(json.ToJsonString(), CultureInfo.InvariantCulture)),
        _ => Values.Text(json!.GetValue<string>()),
    };
}
