namespace Infra.Connect;

/// <summary>The values of <c>CONNECT_LOG_LEVEL</c>.</summary>
public enum ConnectLogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}
