using System.CommandLine;
using Rehearsal.Auditing;
using Rehearsal.Policies;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary><c>policy STACK</c>: holds the plan to the rules.</summary>
internal sealed class PolicyCommand : PlanCommand
{
    public override Command Build(CommandHost host)
    {
        var format = SharedOptions.Format("How to write what was found; sarif is for code scanning.", "text", "json", "sarif");
        var rules = new Option<bool>("--rules") { Description = "List the rules, with the ids of other tools, and check nothing." };
        return Build(
            host,
            new Command("policy", "Hold the plan to rules about access, encryption, secrets and availability; exit code 5 when one is broken and not waived."),
            [format, rules],
            (parsed, target, request, cancellation) => parsed.GetValue(rules)
                ? Task.FromResult(List(host.Terminal))
                : RunAsync(host, target, request, parsed.GetValue(format)!, parsed.IsVerbose(), cancellation)).WithExamples(
            "./platform policy prod                           what is against a rule, and how to change it",
            "./platform policy prod --verbose                 also what is waived, until when and why",
            "./platform policy prod --format sarif > p.sarif  for code scanning",
            "./platform policy prod --rules                   every rule with its ids at Checkov, kube-score, Polaris, Kyverno and CIS")
            .WithExitCodes((ExitCodes.PolicyViolation, "A rule is broken and not waived."));
    }

    private static async Task<int> RunAsync(
        CommandHost host, StackTarget target, RehearsalRequest request, string format, bool verbose, CancellationToken cancellation)
    {
        var waivers = WaiversOf(target, request);
        var result = await RehearseAsync(host, request, live: format == "text", cancellation);
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            PreviewRenderer.WriteFailure(host.Terminal, result, verbose);
            return ExitCodes.From(result.Outcome);
        }
        var check = PolicyCheck.Run(Kept(result), waivers, host.Today());
        switch (format)
        {
            case "json":
                host.Terminal.Write(PolicyReport.Json(target.Stack, check));
                break;
            case "sarif":
                host.Terminal.Write(PolicyReport.Sarif(target.FileInProject, check));
                break;
            default:
                PolicyReport.WriteText(host.Terminal, target.Stack, check, verbose);
                break;
        }
        return check.Open.Any() ? ExitCodes.PolicyViolation : ExitCodes.Success;
    }

    private static int List(Terminal terminal)
    {
        foreach (var rule in PolicyRules.All.OrderBy(rule => rule.Id, StringComparer.Ordinal))
        {
            terminal.Write(
                new StyledText($"{rule.Id}", TextStyle.Strong), $"  {rule.Severity.Word()}  {rule.Sentence}",
                new StyledText(rule.Same.IsEmpty ? "" : $"  {string.Join(", ", rule.Same)}", TextStyle.Faint));
        }
        return ExitCodes.Success;
    }
}
