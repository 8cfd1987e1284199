namespace Pulumi;

/// <summary>The arguments of a resource, or of an object inside them.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>Arguments without any.</summary>
    public static readonly ResourceArgs Empty = new NoArgs();

    protected ResourceArgs()
    {
    }

    private sealed class NoArgs : ResourceArgs;
}
