using System.CommandLine;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Rehearsal.State;

namespace Rehearsal.Commands;

/// <summary>The options of operations on a stack's state, as the official CLI has them.</summary>
internal sealed class UpdateOptions
{
    private readonly Option<string?> _state = SharedOptions.State();
    private readonly Option<string?> _eventLog = new("--event-log")
    {
        Description = "Write the engine's events to this file, a JSON object a line.",
        HelpName = "FILE"
    };
    private readonly Option<int?> _parallel = new("--parallel", "-p") { Description = "How many resource operations run at once.", HelpName = "N" };
    private readonly Option<string[]> _targets = Urns("--target", "-t", "Only change this resource; * and ** are wildcards. May be repeated.");
    private readonly Option<bool> _targetDependents = new("--target-dependents") { Description = "Also change what depends on a target." };
    private readonly Option<string[]> _excludes = Urns("--exclude", null, "Leave this resource as it is; may be repeated.");
    private readonly Option<string[]> _replaces = Urns("--replace", null, "Replace this resource; may be repeated.");
    private readonly Option<string[]> _targetReplaces = Urns("--target-replace", null, "Only change this resource, by replacing it; may be repeated.");
    private readonly Option<bool> _refresh = new("--refresh", "-r") { Description = "Read the state anew first." };
    private readonly Option<string?> _against = new("--against")
    {
        Description = "Compare with this instead of the rehearsed state: what `pulumi stack export` or `preview --json` printed, or another stack file.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _clearPendingCreates = new("--clear-pending-creates") { Description = "Forget the creations that a killed operation left." };
    private readonly Option<bool> _expectNoChanges = new("--expect-no-changes") { Description = "Exit with code 7 when there are changes." };

    public IEnumerable<Option> OfUpdates
        => [_state, _eventLog, _parallel, _targets, _targetDependents, _excludes, _replaces, _targetReplaces, _refresh, _expectNoChanges];

    public IEnumerable<Option> OfPreviews => [.. OfUpdates, _against];

    public IEnumerable<Option> OfDestroy => [_state, _eventLog, _parallel, _targets, _targetDependents, _excludes, _refresh];

    public IEnumerable<Option> OfRefresh => [_state, _eventLog, _parallel, _targets, _excludes, _clearPendingCreates, _expectNoChanges];

    public bool ExpectsNoChanges(ParseResult parsed) => parsed.GetValue(_expectNoChanges);

    public bool ClearsPendingCreates(ParseResult parsed) => parsed.GetValue(_clearPendingCreates);

    public string? Against(ParseResult parsed) => parsed.GetValue(_against);

    public StateFolder Folder(ParseResult parsed, CommandHost host, StackTarget target)
        => SharedOptions.StateFolder(host, target.Project, target.Stack, parsed.GetValue(_state));

    /// <summary>The request with what the options say.</summary>
    public RehearsalRequest Apply(ParseResult parsed, RehearsalRequest request) => request with
    {
        Parallel = parsed.GetValue(_parallel) is { } parallel ? parallel > 0 ? parallel : throw new BadInputException("--parallel takes a number from 1.")
            : request.Parallel,
        Options = new PlanOptions
        {
            Targets = [.. Given(parsed, _targets), .. Given(parsed, _targetReplaces)],
            Excludes = [.. Given(parsed, _excludes)],
            Replaces = [.. Given(parsed, _replaces), .. Given(parsed, _targetReplaces)],
            TargetDependents = parsed.GetValue(_targetDependents),
            Refresh = parsed.GetValue(_refresh),
        },
    };

    /// <summary>The command of the official CLI that does for real what these options rehearse.</summary>
    public string RealCommand(ParseResult parsed, CommandHost host, StackTarget target, string verb)
    {
        var words = new List<string> { "pulumi", verb, "--stack", target.Stack };
        // It looks for Pulumi.yaml from the current folder upwards, and for the stack's file beside that
        var isElsewhere = target.Project.Folder != (ProjectFile.FindFolder(host.CurrentFolder) ?? host.CurrentFolder);
        if (isElsewhere)
        {
            words.AddRange(["--cwd", target.Project.Folder]);
        }
        if (target.File.Path is { } file && Path.GetFullPath(file) != Path.Combine(target.Project.StackFolder, $"Pulumi.{target.Stack}.yaml"))
        {
            words.AddRange(["--config-file", isElsewhere ? Path.GetFullPath(file) : Path.GetRelativePath(host.CurrentFolder, file)]);
        }
        foreach (var option in (Option<string[]>[])[_targets, _excludes, _replaces, _targetReplaces])
        {
            words.AddRange(Given(parsed, option).SelectMany(urn => (string[])[option.Name, urn]));
        }
        words.AddRange(((Option<bool>[])[_targetDependents, _refresh, _clearPendingCreates]).Where(parsed.GetValue).Select(option => option.Name));
        return string.Join(' ', words.Select(Quoted));
    }

    // For a shell, which would read a wildcard and a $ of a URN
    private static string Quoted(string word) => word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=,@+".Contains(letter, StringComparison.Ordinal))
        ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>The log of events that the operator asked for, in front of whoever else watches; null when nobody did.</summary>
    public EventLog? Log(ParseResult parsed, CommandHost host, IProgress<EngineEvent> next)
        => parsed.GetValue(_eventLog) is { } path ? new EventLog(Path.GetFullPath(path, host.CurrentFolder), next) : null;

    private static string[] Given(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) ?? [];

    private static Option<string[]> Urns(string name, string? alias, string description)
        => new(name, alias is null ? [] : [alias]) { Description = description, HelpName = "URN", DefaultValueFactory = _ => [] };
}

/// <summary>Opens and seals the secrets of a stack's state.</summary>
internal static class StateSealing
{
    /// <summary>Opens with the passphrase of the environment; null without one, so that secrets stay closed.</summary>
    public static Func<string, PassphraseSealer?> Opener(CommandHost host)
        => salt => Passphrase.Find(host.Environment) is { } passphrase ? Open(passphrase, salt) ?? throw WrongPassphrase() : null;

    /// <summary>The secrets of the state, or those of the stack's file where the state has none yet; a new salt where neither has one.</summary>
    public static StateSecrets For(CommandHost host, StackTarget target, Checkpoint state)
    {
        if (state.Secrets.Provider.Length > 0)
        {
            return state.Secrets;
        }
        return new StateSecrets(StateSecrets.PassphraseProvider, () => Passphrase.Find(host.Environment) is { } passphrase
            ? target.File.EncryptionSalt is { } salt ? PassphraseSealer.Open(passphrase, salt) : PassphraseSealer.Create(passphrase)
            : null);
    }

    private static PassphraseSealer? Open(string passphrase, string salt)
    {
        try
        {
            return PassphraseSealer.TryOpen(passphrase, salt);
        }
        catch (BadInputException e)
        {
            throw new BadInputException("The salt of the stack's state is damaged, so its secrets do not open.",
                "Export the state again (`pulumi stack export`), or take the file from its history.", e)
            { ExitCode = ExitCodes.Failure };
        }
    }

    private static BadInputException WrongPassphrase() => new(
        "The passphrase is wrong: it does not open the secrets of the stack's state.",
        $"Set {Passphrase.Variable} (or {Passphrase.FileVariable}) to the passphrase with which they were sealed, or unset it: they then stay closed.");
}
