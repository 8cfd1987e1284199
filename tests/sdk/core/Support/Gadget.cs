using Pulumi;

namespace Tests.Sdk.Core.Support;

/// <summary>A resource whose references come back as this class.</summary>
[ResourceType("test:index:Gadget", null)]
public sealed class Gadget : CustomResource
{
    [Output("text")]
    public Output<string?> Text { get; private set; } = null!;

    public Gadget(string name, WidgetArgs? args = null, CustomResourceOptions? options = null)
        : base("test:index:Gadget", name, args ?? new WidgetArgs(), options, null)
    {
    }
}
