// ./platform bench: measures the budgets of DESIGN §8 on this machine and prints a table.
using System.CommandLine;
using Bench;
using Spectre.Console;

var quick = new Option<bool>("--quick") { Description = "Fewer runs and sizes; for a look, not for docs/performance.md" };
var clean = new Option<bool>("--clean-build") { Description = "Also clone the repository, build it and run its tests there (minutes)" };
var root = new RootCommand("Measures speed and size: ratios and medians of one run on this machine. Exit code 1 when a budget is broken.\n\nExamples:\n  ./platform bench\n  ./platform bench --quick\n  ./platform bench --clean-build")
{
    quick, clean,
};
root.SetAction(async result =>
{
    var suite = new Suite(Suite.FindRoot(), result.GetValue(quick));
    var rows = new List<Budget>();
    await foreach (var row in suite.RunAsync(result.GetValue(clean)))
    {
        await Console.Error.WriteLineAsync($"{row.What}: {row.Figure}");
        rows.Add(row);
    }

    if (Console.IsOutputRedirected)
    {
        AnsiConsole.Profile.Width = 160;
    }
    var table = new Table().AddColumns("what", "measured", "budget", "held");
    foreach (var row in rows)
    {
        table.AddRow(
            row.What.EscapeMarkup(), row.Figure.EscapeMarkup(), row.Limit.EscapeMarkup(), row.Held switch { true => "yes", false => "NO", null => "-" });
    }
    AnsiConsole.Write(table);
    return rows.Any(row => row.Held == false) ? 1 : 0;
});
return await root.Parse(args).InvokeAsync();
