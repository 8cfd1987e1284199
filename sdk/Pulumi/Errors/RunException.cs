namespace Pulumi;

/// <summary>Ends the program with a message for its user, without a stack trace.</summary>
public class RunException : Exception
{
    public RunException(string message) : base(message)
    {
    }

    public RunException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
