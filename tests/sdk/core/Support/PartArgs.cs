using Pulumi;

namespace Tests.Sdk.Core.Support;

/// <summary>A nested input with a required member.</summary>
public sealed class PartArgs : ResourceArgs
{
    [Input("label", required: true)]
    public Input<string> Label { get; set; } = null!;

    [Input("size")]
    public Input<int>? Size { get; set; }
}
