using System.Collections.Immutable;
using Rehearsal.StackFiles;

namespace Rehearsal.Rendering;

/// <summary>
/// Adds to what a program says of its settings the places in the files, which a program does not know: it gets the configuration as JSON.
/// </summary>
/// <remarks>
/// A problem is a paragraph that begins with a key path, <c>platform:redis.users[0].name: is missing</c>; the lines <c>given:</c>, <c>allowed:</c> and
/// <c>fix:</c> that may follow are indented by two spaces. All other lines stay as they are.
/// </remarks>
/// <param name="places">Where the settings stand.</param>
/// <param name="isWarning">Whether what is found may be deployed all the same.</param>
/// <param name="write">Gets each line.</param>
public sealed class PlacedLines(ConfigPlaces places, bool isWarning, Action<string> write)
{
    private const string GivenLabel = "  given:";
    private const string AllowedLabel = "  allowed:";
    private const string FixLabel = "  fix:";

    private readonly List<string> _details = [];
    private FileProblem? _open;

    /// <summary>What was found so far; the last one when <see cref="End"/> was called.</summary>
    public ImmutableList<FileProblem> Problems { get; private set; } = [];

    /// <summary>A message with places in it, and what it tells of.</summary>
    public static (string Text, ImmutableList<FileProblem> Problems) In(string message, ConfigPlaces places, bool isWarning)
    {
        var lines = new List<string>();
        var placed = new PlacedLines(places, isWarning, lines.Add);
        foreach (var line in message.Split('\n'))
        {
            placed.Add(line);
        }
        placed.End();
        return (string.Join('\n', lines), placed.Problems);
    }

    /// <summary>Takes the next line.</summary>
    public void Add(string line)
    {
        if (_open is not null && line.StartsWith("  ", StringComparison.Ordinal))
        {
            _details.Add(line);
            return;
        }
        End();
        if (places.PathIn(line) is { } path && places.Find(path) is { } place)
        {
            _open = new FileProblem(place, path, line[(path.Length + 2)..].TrimEnd('\r')) { IsWarning = isWarning };
        }
        else
        {
            write(line);
        }
    }

    /// <summary>Writes what waits for its details.</summary>
    public void End()
    {
        if (_open is null)
        {
            return;
        }
        var problem = _open with { Given = Detail(GivenLabel), Allowed = Detail(AllowedLabel), Fix = Detail(FixLabel) };
        Problems = Problems.Add(problem);
        write(problem.ToString());
        if (problem.Line is { } shown)
        {
            write(shown);
        }
        _details.ForEach(write);
        _details.Clear();
        _open = null;
    }

    private string? Detail(string label) =>
        _details.Find(line => line.StartsWith(label, StringComparison.Ordinal)) is { } line ? line[label.Length..].Trim() : null;
}
