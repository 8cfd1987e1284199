using System.Text.Json.Nodes;

namespace Rehearsal.Functions.Aws;

/// <summary>The statements of a policy document, of which a later one with the same Sid takes the place of an earlier.</summary>
internal sealed class PolicyStatements
{
    private readonly List<JsonObject> _statements = [];

    /// <summary>Adds the statements of another document.</summary>
    /// <exception cref="FormatException">A Sid occurs twice among the sources.</exception>
    public void AddSource(JsonObject document)
    {
        foreach (var statement in StatementsOf(document))
        {
            if (SidOf(statement) is { Length: > 0 } sid && _statements.Exists(s => SidOf(s) == sid)) throw new FormatException($"duplicate Sid '{sid}' among the source policy documents");
            _statements.Add(statement);
        }
    }

    /// <summary>Adds a statement, or puts it where its Sid is already.</summary>
    public void Add(JsonObject statement)
    {
        var index = SidOf(statement) is { Length: > 0 } sid ? _statements.FindIndex(s => SidOf(s) == sid) : -1;
        if (index < 0) _statements.Add(statement);
        else _statements[index] = statement;
    }

    /// <summary>Lets the statements of another document win.</summary>
    public void AddOverride(JsonObject document)
    {
        foreach (var statement in StatementsOf(document)) Add(statement);
    }

    public JsonArray ToJson() => new([.. _statements]);

    private static IEnumerable<JsonObject> StatementsOf(JsonObject document) => document["Statement"] switch
    {
        JsonArray several => several.OfType<JsonObject>().Select(s => (JsonObject)s.DeepClone()),
        JsonObject one => [(JsonObject)one.DeepClone()],
        _ => [],
    };

    private static string? SidOf(JsonObject statement) => statement["Sid"]?.GetValue<string>();
}
