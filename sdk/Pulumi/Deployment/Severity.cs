namespace Pulumi;

/// <summary>How grave a message is; the numbers are those of the protocol.</summary>
internal enum Severity
{
    Debug = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
}
