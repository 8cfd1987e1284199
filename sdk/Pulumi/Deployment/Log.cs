using Pulumirpc;

namespace Pulumi;

/// <summary>Says something to the user through the engine; an error makes the run fail.</summary>
public static class Log
{
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Required.Logger.Write(Severity.Debug, message, resource, streamId, ephemeral);

    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Required.Logger.Write(Severity.Info, message, resource, streamId, ephemeral);

    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Required.Logger.Write(Severity.Warning, message, resource, streamId, ephemeral);

    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Required.Logger.Write(Severity.Error, message, resource, streamId, ephemeral);

    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Error(exception.ToString(), resource, streamId, ephemeral);
}

/// <summary>How grave a message is; the numbers are those of the protocol.</summary>
internal enum Severity
{
    Debug = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
}

/// <summary>Sends messages to the engine in the order in which they were said, and remembers whether one was an error.</summary>
internal sealed class Logger(IEngine engine)
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    public bool HasErrors { get; private set; }

    /// <summary>All messages so far, sent.</summary>
    public Task Sent
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    public void Write(Severity severity, string message, Resource? resource, int? streamId, bool? ephemeral)
    {
        Task sent;
        lock (_lock)
        {
            if (severity == Severity.Error)
            {
                HasErrors = true;
            }
            _last = sent = AfterAsync(_last, severity, message, resource, streamId, ephemeral);
        }
        Deployment.Current?.Watch(sent);
    }

    private async Task AfterAsync(Task before, Severity severity, string message, Resource? resource, int? streamId, bool? ephemeral)
    {
        await before;
        var urn = await UrnAsync(resource);
        try
        {
            await engine.LogAsync(
                new LogRequest
                {
                    Severity = (LogSeverity)severity,
                    Message = message,
                    Urn = urn,
                    StreamId = streamId ?? 0,
                    Ephemeral = ephemeral ?? false,
                });
        }
        catch (Exception e)
        {
            HasErrors = true;
            throw new LogException(e);
        }
    }

    /// <summary>A resource that failed has no URN, and must not take the message with it.</summary>
    private static async Task<string> UrnAsync(Resource? resource)
    {
        if (resource is null)
        {
            return "";
        }
        try
        {
            return (await resource.Urn.Data).Value ?? "";
        }
        catch (Exception)
        {
            return "";
        }
    }
}
