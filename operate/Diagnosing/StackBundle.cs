using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Infra.Charts;
using Operate.Deployed;
using Operate.Doctor;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Events;
using Rehearsal.Rendering;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Rehearsal.State;
using Rehearsal.Wire;
using Stacks.Settings;
using Stacks.Settings.Crossing;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;

namespace Operate.Diagnosing;

/// <summary>What a stack's file, program and outputs say: versions, settings in effect, the plan and the outputs.</summary>
/// <param name="host">The outside.</param>
/// <param name="bundle">Where it goes.</param>
internal sealed class StackBundle(CommandHost host, Bundle bundle)
{
    private static readonly TimeSpan CliPatience = TimeSpan.FromSeconds(10);

    // What signs this machine in somewhere; whoever prints its environment into a log prints these
    private static readonly ImmutableArray<string> SecretVariables =
    [
        Passphrase.Variable,
        "PULUMI_ACCESS_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "GOOGLE_OAUTH_ACCESS_TOKEN",
        "TOWER_ACCESS_TOKEN",
        "GITHUB_TOKEN",
    ];

    /// <summary>The settings, as far as they can be read, and the configuration with its secrets open.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="project">Its project.</param>
    /// <param name="file">Its file.</param>
    public (ReadSettings Settings, StackConfig Config) Settings(string stack, ProjectFile project, StackFile file)
    {
        var secrets = new StackSecrets(stack, file, host.Environment);
        StackConfig config;
        try
        {
            config = StackConfig.Read(project, stack, file, secrets.Open);
            if (!config.UnknownKeys.IsEmpty)
            {
                bundle.Lacks("(sealed values)", $"{secrets.WhyUnknown(config.UnknownKeys)} They were looked for by their shape only, not by their value.");
            }
        }
        catch (BadInputException e)
        {
            bundle.Lacks("(sealed values)", $"{e.Message} They were looked for by their shape only, not by their value.");
            config = StackConfig.Read(project, stack, file, (_, _) => null);
        }

        var read = SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys), host.Today());
        bundle.Add(
            "stack/settings.txt",
            read.Problems.IsEmpty ? $"{EffectiveSettings.Text(read)}{SettingsReport.RenderWarnings(read.Warnings)}" : SettingsReport.Render(read.Problems));
        if (!read.Problems.IsEmpty)
        {
            bundle.Lacks("stack/settings.txt (values)", "the settings are wrong, so that only what is wrong with them could be written");
        }

        return (read, config);
    }

    /// <summary>Tells the redactor every secret that this machine and the stack file know.</summary>
    public void TellSecrets(Redactor redactor, StackConfig config)
    {
        foreach (var key in config.SecretKeys.Except(config.UnknownKeys).Where(config.Values.ContainsKey))
        {
            redactor.Learn(config.Values[key]);
        }

        foreach (var secret in SecretVariables.Select(host.Environment).Append(Passphrase.Find(host.Environment)).OfType<string>())
        {
            redactor.Learn(secret);
        }
    }

    /// <summary>The approved plan, and what the program plans now: against what is deployed where the state is known, otherwise from nothing.</summary>
    /// <returns>The outputs of the rehearsal, of which only the marks of secrets count; null where it did not come to an end.</returns>
    public async Task<PropertyMap?> PlanAsync(
        string stack,
        string? configFile,
        StackConfig config,
        Checkpoint? state,
        Redactor redactor,
        CancellationToken cancellation)
    {
        const string Name = "stack/plan.txt";
        StackTarget target;
        try
        {
            target = StackTarget.Find(host, stack, null, configFile);
        }
        catch (BadInputException e)
        {
            bundle.Lacks(Name, e.Message);
            return null;
        }

        var approved = Path.Combine(target.Project.ProgramFolder, "plans", $"{target.Stack}.yaml");
        if (File.Exists(approved))
        {
            bundle.Add("stack/approved-plan.yaml", await File.ReadAllTextAsync(approved, cancellation));
        }

        try
        {
            var request = target.Request(config, StackOutputFiles.Read([], host.CurrentFolder)) with { State = state ?? Checkpoint.Empty };
            var result = await host.Engine().RunAsync(request, Unwatched.Instance, cancellation);
            cancellation.ThrowIfCancellationRequested();
            redactor.Learn(result.Secrets);
            using var text = new StringWriter { NewLine = "\n" };
            PreviewRenderer.Write(new Terminal(text, text, colouredOutput: false, colouredError: false), result, verbose: false, diff: state is not null);
            bundle.Add(Name, text.ToString());
            bundle.Note(Name, state is null ? "rehearsed from nothing: what the program would make of a new stack" : "rehearsed against the exported state");
            if (result.Outcome == RehearsalOutcome.Succeeded)
            {
                return result.Outputs;
            }

            bundle.Lacks("stack/plan.txt (whole)", "the program fails in a rehearsal; the file says how");
        }
        catch (BadInputException e)
        {
            bundle.Lacks(Name, e.Message);
        }
        catch (OperationCanceledException)
        {
            bundle.Lacks(Name, "the rehearsal did not come to its end in half of the time; give it more with --timeout");
        }

        return null;
    }

    /// <summary>The outputs of the deployed stack, masked.</summary>
    /// <param name="outputs">They.</param>
    /// <param name="rehearsed">Says which of them are secret, where a file has all of them in the open.</param>
    /// <param name="redactor">Hears of the secret ones.</param>
    public void Outputs(DeployedOutputs outputs, PropertyMap? rehearsed, Redactor redactor)
    {
        var values = rehearsed is null ? outputs.Root.Values : OutputSource.WithSecrets(outputs.Root.Values, rehearsed);
        redactor.Learn(outputs.TellSecrets);
        redactor.Learn(filter => filter.Learn(values));
        bundle.Add(
            "stack/outputs.json",
            $"{JsonText.Write(JsonText.Lines, json => PropertyJson.Write(json, PropertyText.Readable(PropertyMask.Mask(values))))}\n");
        bundle.Note("stack/outputs.json", $"from {outputs.Source}");
    }

    /// <summary>What runs where: this program, .NET, the Pulumi CLI, the charts of the stack.</summary>
    public async Task VersionsAsync(string project, PlatformSettings settings, CancellationToken cancellation)
    {
        var own = typeof(StackBundle).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var text = new StringBuilder(
            $"Studio Platform {own}\n{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}\n");
        text.Append($"Pulumi CLI: {await CliAsync(project, cancellation)}\n");
        foreach (var chart in ClusterControllers.Installed(settings).Select(HelmCharts.Find).OfType<HelmChart>())
        {
            var chosen = settings.Charts?.Releases.TryGetValue(chart.Name, out var release) == true ? release.Version : null;
            text.Append($"chart {chart.Name}: {chosen ?? chart.Version}{(chosen is null ? "" : " (of the stack file)")}\n");
        }

        if (settings.Studios is { } studios)
        {
            text.Append($"Seqera Platform {studios.Platform.Version}, connect {studios.ConnectVersion?.ToString() ?? "as belongs to it"}\n");
        }

        bundle.Add("versions.txt", text.ToString());
    }

    private async Task<string> CliAsync(string folder, CancellationToken cancellation)
    {
        var programs = new MachinePrograms(host.Environment);
        if (programs.Find("pulumi") is not { } path)
        {
            return "none on the PATH";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(CliPatience);
        try
        {
            var said = await programs.RunAsync(path, ["version"], folder, limit.Token);
            return said switch
            {
                { ExitCode: null } => "does not answer",
                { ExitCode: 0, Text: var text } when text.Trim() is { Length: > 0 } version => version,
                _ => "does not say",
            };
        }
        catch (OperationCanceledException)
        {
            return "does not answer";
        }
    }
}
