namespace Stacks.Settings;

/// <summary>Values of CONNECT_LOG_LEVEL.</summary>
public enum ConnectLogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}
