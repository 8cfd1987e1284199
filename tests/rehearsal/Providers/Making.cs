using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Providers;

/// <summary>Short forms for making computed resources.</summary>
internal static class Making
{
    public static (string Id, PropertyMap Outputs) Make(string type, params (string, PropertyValue)[] inputs)
        => ResourceMakers.ByType[type](PropertyMap.Create(inputs));

    public static PropertyValue S(string text) => new StringProperty(text);

    public static PropertyValue N(double number) => new NumberProperty(number);

    public static PropertyValue Texts(params string[] texts) => new ListProperty([.. texts.Select(S)]);

    public static string Text(PropertyMap outputs, string key) => ((StringProperty)outputs[key]).Value;
}
