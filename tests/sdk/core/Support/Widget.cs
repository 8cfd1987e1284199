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

/// <summary>Inputs of every kind that the core knows.</summary>
public sealed class WidgetArgs : ResourceArgs
{
    [Input("text")]
    public Input<string>? Text { get; set; }

    [Input("count")]
    public Input<int>? Count { get; set; }

    [Input("ratio")]
    public Input<double>? Ratio { get; set; }

    [Input("flag")]
    public Input<bool>? Flag { get; set; }

    [Input("any")]
    public Input<object>? Any { get; set; }

    [Input("list")]
    private InputList<string>? _list;

    public InputList<string> List
    {
        get => _list ??= [];
        set => _list = value;
    }

    [Input("map")]
    private InputMap<string>? _map;

    public InputMap<string> Map
    {
        get => _map ??= [];
        set => _map = value;
    }

    [Input("part")]
    public Input<PartArgs>? Part { get; set; }

    [Input("port")]
    public InputUnion<int, string>? Port { get; set; }

    [Input("json")]
    public InputJson? Json { get; set; }

    [Input("encoded", json: true)]
    public Input<PartArgs>? Encoded { get; set; }

    [Input("friend")]
    public Input<Resource>? Friend { get; set; }

    [Input("asset")]
    public Input<AssetOrArchive>? Asset { get; set; }
}

/// <summary>A nested input with a required member.</summary>
public sealed class PartArgs : ResourceArgs
{
    [Input("label", required: true)]
    public Input<string> Label { get; set; } = null!;

    [Input("size")]
    public Input<int>? Size { get; set; }
}

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

/// <summary>A component with a widget inside that registers what its properties say.</summary>
internal sealed class Site : ComponentResource
{
    [Output("url")]
    public Output<string> Url { get; private set; }

    [Output]
    public Output<string> Hidden { get; private set; } = Output.CreateSecret("hidden");

    public Output<string> NotMarked { get; private set; }

    public Site(string name, ComponentResourceOptions? options = null) : base("test:index:Site", name, options)
    {
        var server = new Widget($"{name}-server", new WidgetArgs { Text = "inside" }, new CustomResourceOptions { Parent = this });
        Url = Output.Format($"https://{server.Address}/");
        NotMarked = server.Address;
        RegisterOutputs();
    }
}

/// <summary>A provider of the package that the widgets come from.</summary>
internal sealed class TestProvider(string name) : ProviderResource("test", name, ResourceArgs.Empty, null, null);
