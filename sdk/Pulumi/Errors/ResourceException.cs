namespace Pulumi;

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
