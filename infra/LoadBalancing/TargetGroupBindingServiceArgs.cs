using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>The Service of a TargetGroupBinding, in its namespace.</summary>
public sealed class TargetGroupBindingServiceArgs : ResourceArgs
{
    [Input("name", required: true)]
    public required Input<string> Name { get; init; }

    [Input("port", required: true)]
    public required int Port { get; init; }
}
