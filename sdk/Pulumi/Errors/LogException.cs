namespace Pulumi;

/// <summary>Says that an error was logged, so that the run has failed.</summary>
public class LogException : Exception
{
    public LogException(Exception exception) : base("Error occurred during logging", exception)
    {
    }
}
