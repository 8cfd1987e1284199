using System.CommandLine;
using Rehearsal.Events;
using Rehearsal.Planning;
using Rehearsal.Secrets;
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

    private readonly Option<bool> _expectNoChanges = new("--expect-no-changes") { Description = "Exit with code 7 when there are changes." };

    public IEnumerable<Option> OfUpdates
        => [_state, _eventLog, _parallel, _targets, _targetDependents, _excludes, _replaces, _targetReplaces, _refresh, _expectNoChanges];

    public IEnumerable<Option> OfPreviews => [.. OfUpdates, _against];

    public IEnumerable<Option> OfDestroy => [_state, _eventLog, _parallel, _targets, _targetDependents, _excludes, _refresh];

    public IEnumerable<Option> OfRefresh => [_state, _eventLog, _parallel, _targets, _excludes, _expectNoChanges];

    public bool ExpectsNoChanges(ParseResult parsed) => parsed.GetValue(_expectNoChanges);

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

    /// <summary>A log of events in front of whoever else watches; disposing it ends the file.</summary>
    public (IProgress<EngineEvent> Events, IDisposable? File) Log(ParseResult parsed, CommandHost host, IProgress<EngineEvent> next)
    {
        if (parsed.GetValue(_eventLog) is not { } path)
        {
            return (next, null);
        }
        var file = new StreamWriter(Path.GetFullPath(path, host.CurrentFolder));
        return (new EventLog(file, next), file);
    }

    private static string[] Given(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) ?? [];

    private static Option<string[]> Urns(string name, string? alias, string description)
        => new(name, alias is null ? [] : [alias]) { Description = description, HelpName = "URN", DefaultValueFactory = _ => [] };
}

/// <summary>Opens and seals the secrets of a stack's state.</summary>
internal static class StateSealing
{
    /// <summary>Opens with the passphrase of the environment; null without one, so that secrets stay closed.</summary>
    public static Func<string, PassphraseSealer?> Opener(CommandHost host)
        => salt => Passphrase.Find(host.Environment) is { } passphrase ? PassphraseSealer.Open(passphrase, salt) : null;

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
}
