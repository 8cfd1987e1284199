// ./platform bench: measures the budgets of docs/performance.md on this machine. What its help says stands in operate/Describing/ScriptCommands.cs.
using System.CommandLine;
using Bench;

var quick = new Option<bool>("--quick");
var clean = new Option<bool>("--clean-build");
var edit = new Option<bool>("--edit");
var plugins = new Option<string>("--terraform-plugins");
var format = new Option<string>("--format", "-f") { DefaultValueFactory = _ => "text" };
format.AcceptOnlyFromAmong("text", "json", "markdown");
var json = new Option<bool>("--json", "-j");
var root = new RootCommand { quick, clean, edit, plugins, format, json };
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync($"{string.Join('\n', parsed.Errors.Select(error => error.Message))}\nSee './platform bench --help'.");
    return 2;
}
var folder = parsed.GetValue(plugins) is { } given ? Path.GetFullPath(given) : null;
if (folder is not null && !Directory.Exists(folder))
{
    await Console.Error.WriteLineAsync(
        $"--terraform-plugins names {folder}, which is no folder: give one with providers, as `terraform providers mirror` writes it.");
    return 2;
}

var machine = Machine.Of();
if (!machine.IsQuiet)
{
    await Console.Error.WriteLineAsync($"Other work runs on this machine (load {machine.Load:0.00}): the figures are for a look, not for docs/performance.md.");
}
var suite = new Suite(new Runner(Suite.FindRoot(), parsed.GetValue(quick)), new More(parsed.GetValue(clean), parsed.GetValue(edit), folder));
var rows = new List<Budget>();
await foreach (var row in suite.RunAsync())
{
    await Console.Error.WriteLineAsync($"{row.What}: {row.Figure}");
    rows.Add(row);
}

var report = new Report(machine, rows);
switch (parsed.GetValue(json) ? "json" : parsed.GetRequiredValue(format))
{
    case "json":
        Console.Write(report.Json());
        break;
    case "markdown":
        Console.Write(report.Markdown());
        break;
    default:
        report.WriteTable();
        break;
}
return rows.Any(row => row.Held == false) ? 1 : 0;
