using System.Collections.Immutable;
using Pulumi;

namespace Tests.Sdk.Core.Support;

/// <summary>A resource that echoes its inputs and has an address that only a deployment knows.</summary>
public sealed class Widget : CustomResource
{
    [Output("text")]
    public Output<string?> Text { get; private set; } = null!;

    [Output("count")]
    public Output<int> Count { get; private set; } = null!;

    [Output("list")]
    public Output<ImmutableArray<string>> List { get; private set; } = null!;

    [Output("map")]
    public Output<ImmutableDictionary<string, string>?> Map { get; private set; } = null!;

    [Output("address")]
    public Output<string> Address { get; private set; } = null!;

    [Output("friend")]
    public Output<Resource?> Friend { get; private set; } = null!;

    public Widget(string name, WidgetArgs? args = null, CustomResourceOptions? options = null)
        : base("test:index:Widget", name, args ?? new WidgetArgs(), options, null)
    {
    }
}
