using System.Text.Json;

namespace Pulumi;

/// <summary>An input of any JSON value.</summary>
public sealed class InputJson : Input<JsonElement>
{
    public InputJson() : this(JsonElement.Parse("null"))
    {
    }

    private InputJson(JsonElement element) : base(element)
    {
    }

    private InputJson(Output<JsonElement> element) : base(element)
    {
    }

    public static implicit operator InputJson(string json) => new(JsonElement.Parse(json));

    public static implicit operator InputJson(JsonDocument document) => new(document.RootElement);

    public static implicit operator InputJson(JsonElement element) => new(element);

    public static implicit operator InputJson(Output<string> json) => new(json.Apply(item => JsonElement.Parse(item)));

    public static implicit operator InputJson(Output<JsonDocument> document) => new(document.Apply(data => data.RootElement));

    public static implicit operator InputJson(Output<JsonElement> element) => new(element);
}
