using System.CommandLine;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary><c>diff OLD [NEW]</c>: what lies between two revisions, files, plans or states.</summary>
internal sealed class DiffCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var sides = new Sides();
        var command = new Command("diff", "Show what lies between two revisions, stack files, plans or states of a stack, property by property.");
        var format = SharedOptions.Format("How to write it; the form of json is in docs/audit.md.", "text", "json");
        sides.AddTo(command);
        command.Add(format);
        command.SetAction(async (parsed, cancellation) =>
        {
            var comparison = await sides.CompareAsync(parsed, host, cancellation);
            if (parsed.GetValue(format) == "json")
            {
                await host.Terminal.Output.WriteAsync(AuditJson.Text(comparison).AsMemory(), cancellation);
            }
            else
            {
                ComparisonText.Write(host.Terminal, comparison);
            }
            return ExitCodes.Success;
        });
        return command.WithExamples(
            "./platform diff main --stack prod                what the working tree changes, program and settings",
            "./platform diff v1.4.0 v1.5.0 --stack prod       what a release changes",
            "./platform diff Pulumi.dev.yaml Pulumi.prod.yaml how two stacks of this program differ",
            "./platform diff before.json after.json           two of `pulumi stack export`: what was done between them",
            "./platform diff stacks/plans/prod.yaml           what was approved, and what is planned now",
            "./platform diff main --stack prod --json         for other tools");
    }
}
