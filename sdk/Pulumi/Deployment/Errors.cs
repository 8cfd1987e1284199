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

    /// <summary>Says that properties are marked as outputs and are none.</summary>
    public static RunException OutputsHaveIncorrectType(IEnumerable<string> outputAttributeNames) =>
        new($"Output(s) '{string.Join(", ", outputAttributeNames)}' have incorrect type. [Output] attributed properties must be instances of Output<T>.");
}

/// <summary>Ends the program with a message about one resource.</summary>
public class ResourceException : Exception
{
    /// <summary>Says what is wrong with a resource.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="resource">The resource that it is about, if any.</param>
    /// <param name="hideStack">Whether the user sees the message alone.</param>
    public ResourceException(string message, Resource? resource, bool hideStack = false) : base(message)
    {
        Resource = resource;
        HideStack = hideStack;
    }

    internal Resource? Resource { get; }

    internal bool HideStack { get; }
}

/// <summary>Says that an error was logged, so that the run has failed.</summary>
public class LogException : Exception
{
    public LogException(Exception exception) : base("Error occurred during logging", exception)
    {
    }
}
