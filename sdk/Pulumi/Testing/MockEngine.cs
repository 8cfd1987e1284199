using Pulumirpc;

namespace Pulumi.Testing;

/// <summary>Keeps the errors that a program under test reports.</summary>
internal sealed class MockEngine : IEngine
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    public Task LogAsync(LogRequest request)
    {
        if (request.Severity != LogSeverity.Error)
        {
            return Task.CompletedTask;
        }
        lock (_errors)
        {
            _errors.Add(request.Message);
        }
        return Task.CompletedTask;
    }
}
