using System.CommandLine;
using System.Globalization;
using Operate.Clusters;
using Operate.Deployed;
using Operate.Diagnosing;
using Operate.Verifying;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Rendering;
using Rehearsal.Secrets;
using Rehearsal.Wire;
using Stacks;

namespace Operate.Commands;

/// <summary><c>diagnose STACK</c>: one archive for a support ticket, without secrets.</summary>
internal sealed class DiagnoseCommand : ICommand
{
    private const string Extension = ".tar.gz";

    private readonly Argument<string> _stack = SharedOptions.Stack();
    private readonly Option<string?> _configFile = SharedOptions.ConfigFile();

    private readonly Option<string?> _from = LiveOptions.From();

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The archive; diagnose-STACK-TIME.tar.gz here when not given.",
        HelpName = "FILE.tar.gz",
    };

    private readonly Option<string> _since = new("--since")
    {
        Description = "How old lines of logs may be: 30m, 1h, 24h.",
        HelpName = "DURATION",
        DefaultValueFactory = _ => "1h",
    };

    private readonly Option<string> _timeout = LiveOptions.Timeout("The time of all of it: 90s, 5m; what is not there by then is missing from the archive.");

    private readonly Option<string?> _kubeconfig = LiveOptions.Kubeconfig();

    private readonly Option<string?> _context = new("--context") { Description = "Its context, where it is not that of the stack file.", HelpName = "NAME" };

    /// <summary>The clock, for tests.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Command Build(CommandHost host)
    {
        var command = new Command(
            "diagnose", "Gather what a support ticket needs into one archive, without secrets: versions, settings, plan, outputs, objects, events and logs.")
        {
            _stack, _from, _output, _since, _timeout, _kubeconfig, _context, _configFile,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, host, cancellation));
        return command.WithExamples(
            "./platform diagnose prod                                   exit code 0 when it is complete, 1 when something could not be had: "
            + "MANIFEST.md says what",
            "./platform diagnose prod --from outputs.json --since 24h",
            "./platform diagnose prod --context prod-admin -o ticket-4711.tar.gz",
            "tar tzf ticket-4711.tar.gz                                 what is inside");
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandHost host, CancellationToken cancellation)
    {
        var (timeout, since) = (parsed.Duration(_timeout), parsed.Duration(_since));
        var configFile = parsed.GetValue(_configFile);
        var (stack, project, file) = StackTarget.FindFile(host, parsed.GetRequiredValue(_stack), configFile);
        var moment = Time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"diagnose-{stack}-{moment.UtcDateTime:yyyyMMdd-HHmmss}");
        var path = Archive(host, parsed.GetValue(_output) ?? $"{name}{Extension}");
        // A file that is named and cannot be read is a mistake on the command line; a CLI that is missing is a part that is missing
        var bundle = new Bundle();
        var source = new OutputSource(host, project, stack);
        var given = parsed.GetValue(_from) is { } from ? await source.ReadAsync(from, cancellation) : null;

        var ofStack = new StackBundle(host, bundle);
        var (settings, config) = ofStack.Settings(stack, project, file);
        var redactor = new Redactor(config.Values.Where(entry => !config.SecretKeys.Contains(entry.Key)).SelectMany(
            entry => JsonText.Leaves(entry.Value).Select(leaf => leaf.Text).Append(entry.Value)));
        ofStack.TellSecrets(redactor, config);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        var outputs = given ?? await OutputsAsync(source, bundle, limit.Token, cancellation);
        await Task.WhenAll(
            PartAsync("stack/", bundle, timeout, async () =>
            {
                await ofStack.VersionsAsync(project.Folder, settings.Settings, limit.Token);
                // Half of the time at most: the cluster is what a ticket is about
                using var half = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
                half.CancelAfter(timeout / 2);
                var rehearsed = await ofStack.PlanAsync(stack, configFile, config, outputs?.State, redactor, half.Token);
                if (outputs is not null)
                {
                    ofStack.Outputs(outputs, rehearsed, redactor);
                }
            }, cancellation),
            PartAsync(
                "cluster/", bundle, timeout,
                () => ClusterAsync(parsed, host, stack, settings.Settings, config, outputs, bundle, redactor, since, timeout, limit.Token), cancellation));
        // Whoever ends it wants no archive
        cancellation.ThrowIfCancellationRequested();
        return Finish(host, bundle, redactor, new BundleManifest(stack, moment, settings.Settings.Workbench is not null), path, name, moment);
    }

    private static string Archive(CommandHost host, string given)
    {
        var path = Path.GetFullPath(given, host.CurrentFolder);
        return !path.EndsWith(Extension, StringComparison.Ordinal) && !path.EndsWith(".tgz", StringComparison.Ordinal)
            ? throw new BadInputException($"--output {given} is no name for an archive.", $"Let it end in {Extension}.")
            : Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(path))
                ? throw new BadInputException(
                    $"--output {given} cannot be written: it is a folder, or its folder is not there.",
                    "Name a file in a folder that exists.")
            : path;
    }

    private static async Task<DeployedOutputs?> OutputsAsync(OutputSource source, Bundle bundle, CancellationToken limited, CancellationToken cancellation)
    {
        const string Name = "stack/outputs.json";
        try
        {
            return await source.ReadAsync(null, limited);
        }
        catch (BadInputException e)
        {
            bundle.Lacks(Name, $"{e.Message} {e.Fix}".TrimEnd());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            bundle.Lacks(Name, "the Pulumi CLI did not answer in time");
        }

        return null;
    }

    private async Task ClusterAsync(
        ParseResult parsed,
        CommandHost host,
        string stack,
        Stacks.Settings.PlatformSettings settings,
        Rehearsal.StackFiles.StackConfig config,
        DeployedOutputs? outputs,
        Bundle bundle,
        Redactor redactor,
        TimeSpan since,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        const string OwnKubeconfig = Stacks.Settings.SettingPath.Namespace + ":kubeconfig";
        var parts = StackParts.For(settings);
        if (parts.IsEmpty)
        {
            bundle.Note("cluster/", "the stack file describes nothing on a cluster");
            return;
        }

        var access = new ClusterAccess
        {
            File = parsed.PathOf(_kubeconfig, host),
            Context = parsed.GetValue(_context),
            Settings = settings.Cluster,
            // An empty text is how Pulumi.yaml says that there is none
            OwnKubeconfig = !config.UnknownKeys.Contains(OwnKubeconfig) && config.Values.GetValueOrDefault(OwnKubeconfig) is { Length: > 0 } own ? own : null,
            DeployedName = outputs?.Cluster?.Text(nameof(ClusterOutputs.Name)),
            Environment = host.Environment,
        };
        var sight = new ClusterSight(access.OpenAsync, parts);
        try
        {
            foreach (var credential in (await sight.ReaderAsync(cancellation)).Credentials)
            {
                redactor.Learn(credential);
            }

            await new ClusterBundle(sight, bundle, redactor, Time).GatherAsync(cancellation);
            await new PodLogs(sight, bundle, since).GatherAsync(cancellation);
            await ChecksAsync(sight, stack, settings, outputs, bundle, timeout, cancellation);
        }
        catch (ClusterException trouble)
        {
            bundle.Lacks("cluster/", $"{trouble.Message} {trouble.Fix}");
        }
    }

    // What the checks of verify say, which saves the first question of every ticket
    private async Task ChecksAsync(
        ClusterSight sight,
        string stack,
        Stacks.Settings.PlatformSettings settings,
        DeployedOutputs? outputs,
        Bundle bundle,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        var report = await new Verification(KubernetesGroups.All(sight, settings, outputs, Time), timeout, new SecretFilter()).RunAsync(
            stack,
            "diagnose",
            cancellation);
        using var text = new StringWriter { NewLine = "\n" };
        VerifyText.Write(new Terminal(text, TextWriter.Null, colouredOutput: false, colouredError: false), report);
        bundle.Add("cluster/checks.txt", text.ToString());
    }

    private static async Task PartAsync(string name, Bundle bundle, TimeSpan timeout, Func<Task> gather, CancellationToken cancellation)
    {
        try
        {
            // On a thread of its own: a library that blocks holds up nobody else
            await Task.Run(gather, CancellationToken.None);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            bundle.Lacks(name, $"the time was up before all of it was there; give it more than {timeout.TotalSeconds:0} s with --timeout");
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // A defect in one part must not cost the others
            bundle.Lacks(name, $"a defect of diagnose: {e.GetType().Name}: {e.Message}");
        }
    }

    private static int Finish(CommandHost host, Bundle bundle, Redactor redactor, BundleManifest manifest, string path, string folder, DateTimeOffset moment)
    {
        var files = bundle.Files(redactor, list => manifest.Files(list, bundle, redactor));
        var bytes = Bundle.Write(path, folder, files, moment);
        host.Terminal.Write(
            $"{Path.GetRelativePath(host.CurrentFolder, path)}: {files.Count} files, {bytes / 1024.0:0.0} KiB; {redactor.Counts.Values.Sum()} texts "
            + "were taken out as secrets.");
        foreach (var (name, reason) in bundle.Missing)
        {
            host.Terminal.WriteError(new StyledText("missing: ", TextStyle.Warning), redactor.Apply($"{name}: {reason}"));
        }

        host.Terminal.Write("Read its MANIFEST.md and look through it before you send it.");
        return bundle.Missing.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
