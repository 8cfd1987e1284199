using System.CommandLine;
using Rehearsal.Comparing;
using Rehearsal.Providers;
using Rehearsal.Rendering;
using Rehearsal.Schemas;
using Rehearsal.StackFiles;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary><c>plan STACK</c>: the plan as a file that is approved, and whether it still is what the program plans.</summary>
internal sealed class ApprovedPlanCommand : PlanCommand
{
    public override Command Build(CommandHost host)
    {
        var write = new Option<bool>("--write", "-w") { Description = "Write it to plans/STACK.yaml beside the program." };
        var format = SharedOptions.Format("How to write the plan, or with --check the difference.", "text", "json");
        var check = new Option<bool>("--check", "-c") { Description = "Compare with that file: show the difference, and exit with code 7 when there is one." };
        return Build(
            host,
            new Command("plan", "Write what a stack's program plans from nothing as a file for review, or check that it is as approved."),
            [write, check, format],
            (parsed, target, request, cancellation) =>
            {
                var (writes, checks, json) = (parsed.GetValue(write), parsed.GetValue(check), parsed.GetValue(format) == "json");
                return (writes, checks, json) switch
                {
                    (true, true, _) => throw new BadInputException(
                        "--write and --check are given together.", "Give one of them: what was just written is as written."),
                    (true, _, true) => throw new BadInputException("--write and --format json are given together.", "The file is YAML: leave the format out."),
                    _ => RunAsync(host, target, request, writes, checks, json, parsed.IsVerbose(), cancellation),
                };
            }).WithExamples(
            "./platform plan prod --write     then `git diff` shows what a change does to the plan",
            "./platform plan prod --check     for continuous integration: exit code 7 when plan and file differ",
            "./platform plan prod             on the output",
            "./platform plan prod --json      for other tools")
            .WithExitCodes((ExitCodes.ChangesPending, "The plan is not what the file approves."));
    }

    private static async Task<int> RunAsync(
        CommandHost host, StackTarget target, RehearsalRequest request, bool write, bool check, bool json, bool verbose, CancellationToken cancellation)
    {
        var result = await RehearseAsync(host, request, live: false, cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.From(result.Outcome);
        }
        var side = SideRehearsal.Planned(result, "the program", target.Stack, target.Project.Name);
        var text = ApprovedPlan.Text(side);
        var path = Path.Combine(target.Project.ProgramFolder, "plans", $"{target.Stack}.yaml");
        var name = Path.GetRelativePath(target.Project.Folder, path);
        if (check)
        {
            return Check(host, target, side, text, path, name, json);
        }
        if (!write)
        {
            await host.Terminal.Output.WriteAsync((json ? Json(text) : text).AsMemory(), cancellation);
            return ExitCodes.Success;
        }
        var isSame = File.Exists(path) && await File.ReadAllTextAsync(path, cancellation) == text;
        if (!isSame)
        {
            AtomicFile.Write(path, text);
        }
        host.Terminal.Write(isSame ? $"{name} is up to date." : $"{name} is written: review it with `git diff`, commit it to approve it.");
        return ExitCodes.Success;
    }

    private static string Json(string text)
        => $"{JsonText.Write(JsonText.Lines, json => ConfigReader.ToJson(YamlFile.Parse("plan", text).Root)!.WriteTo(json))}\n";

    private static int Check(CommandHost host, StackTarget target, Side side, string text, string path, string name, bool json)
    {
        if (!File.Exists(path))
        {
            throw new BadInputException($"There is no approved plan of {target.Stack}: {name} is missing.",
                $"Write it with `./platform plan {target.Stack} --write`.");
        }
        var isSame = File.ReadAllText(path) == text;
        if (isSame && !json)
        {
            host.Terminal.Write($"{name} is what the program plans.");
            return ExitCodes.Success;
        }
        var approved = ApprovedPlan.TryRead(path, name) ?? throw new BadInputException(
            $"{name} is no plan: the line `plan: 1` is missing.", $"Write it anew with `./platform plan {target.Stack} --write`.");
        var comparison = Comparer.Compare(new ProviderRegistry(SchemaStore.Bundled), approved, side);
        if (json)
        {
            host.Terminal.Output.Write(AuditJson.Text(comparison));
        }
        else
        {
            ComparisonText.Write(host.Terminal, comparison);
        }
        if (isSame)
        {
            return ExitCodes.Success;
        }
        host.Terminal.WriteError(new StyledText("error: ", TextStyle.Error), comparison.IsEmpty
            ? $"{name} says the same in another form, so somebody has edited it."
            : $"{name} is not what the program plans.");
        host.Terminal.WriteError($"If this is what you want, approve it: `./platform plan {target.Stack} --write`, then commit the file.");
        return ExitCodes.ChangesPending;
    }
}

/// <summary>Writes a file whole or not at all: whoever reads sees the old one or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The file; its folder is made when it is not there.</param>
    /// <param name="text">All of it.</param>
    /// <param name="overwrite">Whether one that is there may go; otherwise it stays, and an <see cref="IOException"/> says so.</param>
    public static void Write(string path, string text, bool overwrite = true)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{Environment.ProcessId}.new";
        try
        {
            File.WriteAllText(fresh, text);
            File.Move(fresh, path, overwrite);
        }
        finally
        {
            File.Delete(fresh);
        }
    }
}
