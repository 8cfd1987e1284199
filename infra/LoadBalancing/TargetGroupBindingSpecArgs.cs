using Pulumi;

namespace Infra.LoadBalancing;

/// <summary>Which Service feeds which target group.</summary>
public sealed class TargetGroupBindingSpecArgs : ResourceArgs
{
    [Input("serviceRef", required: true)]
    public required TargetGroupBindingServiceArgs ServiceRef { get; init; }

    [Input("targetGroupARN", required: true)]
    public required Input<string> TargetGroupArn { get; init; }

    /// <summary><c>ip</c> or <c>instance</c>; the controller would otherwise look it up and write it here, which shows as a change.</summary>
    [Input("targetType", required: true)]
    public required string TargetType { get; init; }
}
