using Pulumi;

namespace Stacks;

/// <summary>Where Workbench is.</summary>
[Exported]
public sealed record WorkbenchOutputs
{
    /// <summary>Address for browsers; null where only <c>kubectl port-forward</c> reaches it.</summary>
    public string? Url { get; init; }

    public required Output<string> Namespace { get; init; }

    /// <summary>Service with port 80, the target of <c>kubectl port-forward</c>.</summary>
    public required Output<string> ServiceName { get; init; }

    /// <summary>Secret whose key <c>password</c> holds the test user's; null without one.</summary>
    public Output<string>? TestUserSecret { get; init; }
}
