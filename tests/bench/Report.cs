using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Bench;

/// <summary>A run as people, documents and other programs read it: ratios first, on a machine that is described.</summary>
/// <param name="machine">Where it was measured.</param>
/// <param name="rows">What was measured.</param>
internal sealed class Report(Machine machine, IReadOnlyList<Budget> rows)
{
    private static readonly string[] Columns = ["what", "measured", "budget", "held"];

    private readonly Budget[] _rows = [.. rows.OrderBy(row => row.Ratio is null)];

    public void WriteTable()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160;
        }
        AnsiConsole.WriteLine(machine.Text);
        var table = new Table().AddColumns(Columns);
        foreach (var row in _rows)
        {
            table.AddRow(row.What.EscapeMarkup(), row.Figure.EscapeMarkup(), row.Limit.EscapeMarkup(), Held(row));
        }
        AnsiConsole.Write(table);
    }

    public string Markdown()
    {
        var text = new StringBuilder($"{machine.Text}\n\n| {string.Join(" | ", Columns)} |\n|---|---|---|---|\n");
        foreach (var row in _rows)
        {
            text.Append($"| {Cell(row.What)} | {Cell(row.Figure)} | {Cell(row.Limit)} | {Held(row)} |\n");
        }
        return text.ToString();
    }

    public string Json()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            machine.Write(json);
            json.WriteStartArray("rows");
            foreach (var row in _rows)
            {
                Write(json, row);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Budget row)
    {
        json.WriteStartObject();
        json.WriteString("what", row.What);
        json.WriteString("measured", row.Figure);
        json.WriteString("budget", row.Limit);
        if (row.Held is { } held)
        {
            json.WriteBoolean("held", held);
        }
        if (row.Ratio is { } ratio)
        {
            json.WriteNumber("ratio", Math.Round(ratio, 3));
        }
        Write(json, "time", row.Time);
        Write(json, "against", row.Against);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Runs? runs)
    {
        if (runs is null)
        {
            return;
        }
        json.WriteStartObject(name);
        json.WriteNumber("runs", runs.Count);
        json.WriteNumber("medianSeconds", Math.Round(runs.Wall.TotalSeconds, 3));
        json.WriteNumber("fastestSeconds", Math.Round(runs.Fastest.TotalSeconds, 3));
        json.WriteNumber("slowestSeconds", Math.Round(runs.Slowest.TotalSeconds, 3));
        json.WriteNumber("megabytes", Math.Round(runs.PeakMegabytes, 1));
        json.WriteEndObject();
    }

    private static string Held(Budget row) => row.Held switch { true => "yes", false => "NO", null => "-" };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

/// <summary>The machine of a run.</summary>
/// <param name="Day">When it was.</param>
/// <param name="Processor">Its model; empty where the system does not tell.</param>
/// <param name="Load">How many processes ran in the minute before; null where the system does not tell.</param>
internal sealed record Machine(DateOnly Day, string Processor, double? Load)
{
    private const double Gigabyte = 1024 * 1024 * 1024;

    // More than this, and others' work is measured too
    private const double Quiet = 1;

    private static double Gigabytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gigabyte;

    private static string Sdk => Environment.GetEnvironmentVariable("PulumiSdk") ?? "nuget";

    /// <summary>Whether nothing else seems to run; true where the system does not tell.</summary>
    public bool IsQuiet => Load is null or < Quiet;

    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured on {Day:yyyy-MM-dd}: {Environment.ProcessorCount} processors{(Processor.Length == 0 ? "" : $" ({Processor})")}, {Gigabytes:0} GiB, "
            + $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}, PulumiSdk={Sdk}, "
            + $"load before {(Load is { } load ? $"{load:0.00}" : "unknown")}.");

    public static Machine Of() => new(DateOnly.FromDateTime(DateTime.Now), Model(), LoadNow());

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("machine");
        json.WriteString("day", Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteString("processor", Processor);
        json.WriteNumber("gigabytes", Math.Round(Gigabytes, 1));
        json.WriteString("system", RuntimeInformation.OSDescription.Trim());
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteString("pulumiSdk", Sdk);
        if (Load is { } load)
        {
            json.WriteNumber("loadBefore", load);
        }
        json.WriteEndObject();
    }

    // "model name	: ..."
    private static string Model() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "" : "";

    // "0.35 0.50 0.61 1/234 5678": the first is that of the last minute
    private static double? LoadNow() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null;
}
