using System.Text.Json;

namespace Infra.Versions;

/// <summary>
/// An object of a table that the program was built with. Its keys are asked for one by one, since a serializer's reflection over the table's types takes
/// longer than everything else that a preview does with it.
/// </summary>
internal sealed class TableRow
{
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip };

    private readonly JsonElement _row;
    private readonly HashSet<string> _unread = [];

    private TableRow(JsonElement row)
    {
        _row = row;
        foreach (var property in row.EnumerateObject())
        {
            if (!_unread.Add(property.Name))
            {
                throw new JsonException($"A row has '{property.Name}' twice.");
            }
        }
    }

    /// <summary>Reads a table; a key that <paramref name="read"/> does not ask for is an error.</summary>
    /// <exception cref="JsonException">The table is of another form.</exception>
    public static T Read<T>(Stream json, Func<TableRow, T> read)
    {
        using var table = JsonDocument.Parse(json, Commented);
        return Read(table.RootElement, read);
    }

    /// <summary>Reads a table that is part of this assembly.</summary>
    public static T ReadEmbedded<T>(string name, Func<TableRow, T> read)
    {
        using var json = typeof(TableRow).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        return Read(json, read);
    }

    /// <summary>A row in a cell.</summary>
    public static T Read<T>(JsonElement cell, Func<TableRow, T> read)
    {
        var row = new TableRow(Expect(cell, JsonValueKind.Object));
        var value = read(row);
        return row._unread.Count == 0 ? value : throw new JsonException($"Nothing reads {Listed(row._unread)} of {cell}.");
    }

    /// <summary>The texts in a cell.</summary>
    public static IReadOnlyList<string> Texts(JsonElement cell)
    {
        List<string> texts = [];
        foreach (var item in Expect(cell, JsonValueKind.Array).EnumerateArray())
        {
            texts.Add(Text(item));
        }

        return texts;
    }

    /// <summary>The rows in a cell.</summary>
    public static IReadOnlyList<T> Rows<T>(JsonElement cell, Func<TableRow, T> read)
        where T : class
    {
        List<T> rows = [];
        foreach (var item in Expect(cell, JsonValueKind.Array).EnumerateArray())
        {
            rows.Add(Read(item, read));
        }

        return rows;
    }

    /// <summary>What a cell has by key.</summary>
    public static Dictionary<string, T> Map<T>(JsonElement cell, Func<JsonElement, T> read)
    {
        Dictionary<string, T> entries = [];
        foreach (var property in Expect(cell, JsonValueKind.Object).EnumerateObject())
        {
            entries.Add(property.Name, read(property.Value));
        }

        return entries;
    }

    /// <summary>The text in a cell.</summary>
    public static string Text(JsonElement cell) => Expect(cell, JsonValueKind.String).GetString()!;

    /// <summary>The whole number in a cell.</summary>
    public static int Number(JsonElement cell) => Expect(cell, JsonValueKind.Number).GetInt32();

    /// <summary>The version in a cell.</summary>
    public static SemanticVersion Version(JsonElement cell) =>
        SemanticVersion.TryParse(Text(cell), out var version) ? version : throw new JsonException($"'{cell}' is not a version.");

    /// <summary>What stands under a key.</summary>
    public T Of<T>(string key, Func<JsonElement, T> read) => _unread.Remove(key)
        ? read(_row.GetProperty(key))
        : throw new JsonException($"A row has no '{key}', only {Listed(_unread)}.");

    /// <summary>What stands under a key; null without it.</summary>
    public T? Find<T>(string key, Func<JsonElement, T> read)
        where T : class => _row.TryGetProperty(key, out _) ? Of(key, read) : null;

    /// <summary>Whether a key is true; false without it.</summary>
    public bool Is(string key) => _unread.Remove(key) && _row.GetProperty(key).GetBoolean();

    private static JsonElement Expect(JsonElement cell, JsonValueKind kind) => cell.ValueKind == kind
        ? cell
        : throw new JsonException($"A cell is of the kind {cell.ValueKind} and has to be of {kind}: {cell}");

    private static string Listed(IEnumerable<string> keys) => string.Join(", ", keys.Select(key => $"'{key}'"));
}
