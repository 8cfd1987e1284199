using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Serialization;

/// <summary>Turns an output value of the protocol into an output of its value's own type: of a text, a double, an array, or of an object while unknown.</summary>
internal static class KeptOutput
{
    private static readonly MethodInfo Maker = typeof(KeptOutput).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly ConcurrentDictionary<System.Type, Func<OutputData<object?>, object>> Makers = new();

    public static object Of(Struct special)
    {
        var isKnown = special.Fields.TryGetValue(Wire.Value, out var value);
        var plain = isKnown ? PropertyReader.ReadWithOutputs(value!).Value : null;
        var isSecret = special.Fields.TryGetValue(Wire.SecretMark, out var secret) && secret.BoolValue;
        var resources = special.Fields.TryGetValue(Wire.Dependencies, out var urns)
            ? ResourceSet.Of([.. urns.ListValue.Values.Select(urn => new DependencyResource(urn.StringValue))])
            : ResourceSet.Empty;
        var make = Makers.GetOrAdd(
            plain?.GetType() ?? typeof(object),
            static type => Maker.MakeGenericMethod(type).CreateDelegate<Func<OutputData<object?>, object>>());
        return make(new OutputData<object?>(resources, plain, isKnown, isSecret));
    }

    private static Output<T> Make<T>(OutputData<object?> data) => new(data.With((T)data.Value!));
}
