namespace Pulumi;

/// <summary>The arguments of a resource's method.</summary>
public abstract class CallArgs : InputArgs
{
    /// <summary>Arguments without any.</summary>
    public static readonly CallArgs Empty = new NoArgs();

    protected CallArgs()
    {
    }

    private sealed class NoArgs : CallArgs;
}
