using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Secrets;

namespace Rehearsal.Events;

/// <summary>Passes events on one at a time, keeps the diagnostics, and takes every known secret out of their text.</summary>
public sealed class EventStream(IProgress<EngineEvent> sink, SecretFilter secrets)
{
    /// <summary>How many characters a program may print and log before no more is kept: some 100,000 lines.</summary>
    private const int MostSaid = 8 << 20;

    // What a line costs besides its text
    private const int LineOverhead = 16;

    private readonly Lock _lock = new();
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _errors;
    private long _said;

    /// <summary>Whether somebody gets the events, so that it pays to make them.</summary>
    internal bool IsWatched => sink is not Unwatched;

    /// <summary>Whether an error was reported.</summary>
    public bool Failed => Errors > 0;

    /// <summary>How many errors were reported.</summary>
    public int Errors
    {
        get
        {
            lock (_lock)
            {
                return _errors;
            }
        }
    }

    /// <summary>Done once the program was refused something, so that its plan cannot come to a good end.</summary>
    public Task Refused => _refused.Task;

    /// <summary>All that was said; also rid of the secrets that became known only after it was.</summary>
    public ImmutableArray<Diagnostic> Diagnostics
    {
        get
        {
            lock (_lock)
            {
                return [.. _diagnostics.Select(Safe)];
            }
        }
    }

    public void Report(EngineEvent engineEvent)
    {
        lock (_lock)
        {
            sink.Report(engineEvent);
        }
    }

    public void Report(Diagnostic diagnostic)
    {
        if (Bounded(diagnostic) is not { } kept)
        {
            return;
        }
        var safe = Safe(kept);
        lock (_lock)
        {
            _errors += safe.Severity == DiagnosticSeverity.Error ? 1 : 0;
            if (!safe.Ephemeral)
            {
                _diagnostics.Add(safe);
            }
            sink.Report(new DiagnosticEvent(safe));
        }
    }

    public void Error(string message, Urn? urn = null) => Report(new Diagnostic(DiagnosticSeverity.Error, message, urn));

    public void Warning(string message, Urn? urn = null) => Report(new Diagnostic(DiagnosticSeverity.Warning, message, urn));

    /// <summary>Completes <see cref="Refused"/>.</summary>
    public void Refuse() => _refused.TrySetResult();

    // A program that never stops talking needs no more memory than one that says much
    private Diagnostic? Bounded(Diagnostic diagnostic)
    {
        if (diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning)
        {
            return diagnostic;
        }
        var before = Interlocked.Add(ref _said, diagnostic.Message.Length + LineOverhead) - diagnostic.Message.Length - LineOverhead;
        if (before > MostSaid)
        {
            return null;
        }
        return before + diagnostic.Message.Length + LineOverhead <= MostSaid ? diagnostic
            : new Diagnostic(DiagnosticSeverity.Warning, $"The program has printed more than {MostSaid >> 20} MB: the rest is left out.");
    }

    private Diagnostic Safe(Diagnostic diagnostic) =>
        secrets.Apply(diagnostic.Message) is var message && ReferenceEquals(message, diagnostic.Message) ? diagnostic : diagnostic with { Message = message };
}

/// <summary>A message about the program or one of its resources, already free of secrets.</summary>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Message, Urn? Urn = null)
{
    /// <summary>Groups messages that belong together; 0 stands alone.</summary>
    public int StreamId { get; init; }

    /// <summary>Whether it matters only while the operation runs.</summary>
    public bool Ephemeral { get; init; }
}

/// <summary>How much a diagnostic matters; in Pulumi's JSON the lower-case name, and <c>info#err</c> for <see cref="InfoError"/>.</summary>
public enum DiagnosticSeverity
{
    Debug,

    /// <summary>A message, or a line of the program's standard output.</summary>
    Info,

    /// <summary>A line of the program's standard error.</summary>
    InfoError,
    Warning,

    /// <summary>What makes the operation fail.</summary>
    Error,
}
