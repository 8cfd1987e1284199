using Pulumi;

namespace Tests.Sdk.Core.Support;

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
