using Pulumi;

namespace Tests.Sdk.Core.Support;

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
