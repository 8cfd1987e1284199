namespace Pulumi;

/// <summary>The arguments of a provider's function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>Arguments without any.</summary>
    public static readonly InvokeArgs Empty = new NoArgs();

    protected InvokeArgs()
    {
    }

    private sealed class NoArgs : InvokeArgs;
}
