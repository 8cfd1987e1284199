using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Changes the arguments and options of a function's call inside the engine.</summary>
/// <returns>What to call instead, or null to leave it.</returns>
public delegate Task<InvokeTransformResult?> InvokeTransform(InvokeTransformArgs args, CancellationToken cancellationToken = default);

/// <summary>What a transform is told about a call.</summary>
public readonly struct InvokeTransformArgs
{
    public InvokeTransformArgs(string token, ImmutableDictionary<string, object?> args, InvokeOptions options)
    {
        Token = token;
        Args = args;
        Options = options;
    }

    public string Token { get; }

    public ImmutableDictionary<string, object?> Args { get; }

    public InvokeOptions Options { get; }
}

/// <summary>What a transform wants called.</summary>
public readonly struct InvokeTransformResult
{
    public InvokeTransformResult(ImmutableDictionary<string, object?> args, InvokeOptions options)
    {
        Args = args;
        Options = options;
    }

    public ImmutableDictionary<string, object?> Args { get; }

    public InvokeOptions Options { get; }
}
