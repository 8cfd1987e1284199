using Rehearsal.Secrets;

namespace Rehearsal.Events;

/// <summary>Keeps events in a file of JSON lines, as the official CLI does with <c>--event-log</c>; secrets are hidden.</summary>
/// <remarks>Each line is there as soon as its event; at the end the lines are written anew without the secrets that became known only after them.</remarks>
internal sealed class EventLog : IProgress<EngineEvent>, IDisposable
{
    private readonly FileStream _file;
    private readonly StreamWriter _lines;
    private readonly IProgress<EngineEvent> _next;
    private readonly List<(EngineEvent Event, DateTimeOffset Time)> _events = [];
    private IOException? _failure;

    /// <summary>A log in a new file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="next">Gets every event, too.</param>
    /// <exception cref="BadInputException">The file cannot be made.</exception>
    public EventLog(string path, IProgress<EngineEvent> next)
    {
        try
        {
            // Unbuffered, since the writer of lines has a buffer
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The event log {path} cannot be made: {e.Message}", "Give --event-log a file in a folder that may be written.", e);
        }
        (_lines, _next) = (new StreamWriter(_file), next);
    }

    public void Report(EngineEvent value)
    {
        _events.Add((value, DateTimeOffset.UtcNow));
        Try(() => Write(_events.Count - 1, value));
        _next.Report(value);
    }

    /// <summary>Completes the file.</summary>
    /// <param name="secrets">All that are known by now.</param>
    /// <exception cref="BadInputException">The file could not be written.</exception>
    public void Finish(SecretFilter secrets)
    {
        var safe = _events.ConvertAll(entry => Safe(entry.Event, secrets));
        // What nobody can write twice, a pipe, keeps what it got
        if (_file.CanSeek && safe.Where((happened, index) => !ReferenceEquals(happened, _events[index].Event)).Any())
        {
            Try(() =>
            {
                _lines.Flush();
                _file.SetLength(0);
                _file.Position = 0;
                for (var i = 0; i < safe.Count; i++)
                {
                    Write(i, safe[i]);
                }
            });
        }
        Try(_lines.Flush);
        if (_failure is { } failure)
        {
            throw new BadInputException(
                $"The event log {_file.Name} cannot be written: {failure.Message}", "Check the free space, or give another file.", failure)
            { ExitCode = 1 };
        }
    }

    public void Dispose()
    {
        Try(_lines.Dispose);
        _file.Dispose();
    }

    private static EngineEvent Safe(EngineEvent happened, SecretFilter secrets)
    {
        switch (happened)
        {
            case StepEvent { Step: { } step } of:
                return secrets.Mark(step) is var marked && ReferenceEquals(marked, step) ? of : of with { Step = marked };
            case DiagnosticEvent { Diagnostic: { } diagnostic } said:
                return secrets.Apply(diagnostic.Message) is var message && ReferenceEquals(message, diagnostic.Message) ? said
                    : new DiagnosticEvent(diagnostic with { Message = message });
            default:
                return happened;
        }
    }

    // The operation goes on without its log, and says so at its end
    private void Try(Action write)
    {
        if (_failure is not null)
        {
            return;
        }
        try
        {
            write();
        }
        catch (IOException e)
        {
            _failure = e;
        }
    }

    private void Write(int sequence, EngineEvent value) => _lines.Write($"{EventJson.Line(sequence, _events[sequence].Time, value)}\n");
}
