using Rehearsal.Events;

namespace Tests.Rehearsal.Support;

/// <summary>Keeps events, and runs an action on those that a test waits for.</summary>
internal sealed class RecordingProgress(Action<EngineEvent>? on = null) : IProgress<EngineEvent>
{
    private readonly List<EngineEvent> _events = [];

    public IReadOnlyList<EngineEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public void Report(EngineEvent value)
    {
        lock (_events)
        {
            _events.Add(value);
        }
        on?.Invoke(value);
    }
}
