using System.Collections;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Serialization;

/// <summary>Writes values of a program as they travel, and gathers the resources that they depend on.</summary>
/// <param name="keepResources">Whether a resource is written as a reference; otherwise as its id.</param>
/// <param name="keepOutputValues">Whether an output keeps its dependencies inside the value; for remote components and calls.</param>
/// <param name="skipReferenced">Whether a resource that is itself an input does not count as a dependency.</param>
internal sealed class PropertyWriter(bool keepResources, bool keepOutputValues, bool skipReferenced = false)
{
    /// <summary>What the values written so far depend on.</summary>
    public ResourceSet Dependencies { get; private set; }

    /// <summary>Writes one value; a null as the protocol's null.</summary>
    /// <param name="context">Where the value stands, for error messages.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">The value is of a type that cannot travel.</exception>
    public ValueTask<Value> WriteAsync(string context, object? value) => value switch
    {
        null => new(Value.ForNull()),
        string text => new(Value.ForString(text)),
        bool flag => new(Value.ForBool(flag)),
        int number => new(Value.ForNumber(number)),
        double number => new(Value.ForNumber(number)),
        InputArgs args => WriteEntriesAsync(context, args.Members()),
        IInput input => WriteInputAsync(context, input),
        IOutput output => WriteOutputAsync(context, output),
        IUnion union => WriteAsync(context, union.Content),
        AssetOrArchive asset => WriteAssetAsync(context, asset),
        JsonElement json => new(JsonValue.Of(json)),
        Resource resource => WriteResourceAsync(context, resource),
        Task task => WriteTaskAsync(context, task),
        IDictionary map => WriteEntriesAsync(context, Entries(context, map)),
        IList list => WriteListAsync(context, list),
        System.Enum number => new(Value.ForNumber(Convert.ToInt32(number, System.Globalization.CultureInfo.InvariantCulture))),
        _ => WriteTypedAsync(context, value),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(string context, IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return entry.Key is string key
                ? new KeyValuePair<string, object?>(key, entry.Value)
                : throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{context}");
        }
    }

    private async ValueTask<Value> WriteEntriesAsync(string context, IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var result = new Struct();
        foreach (var (key, entry) in entries)
        {
            if (entry is null) continue;
            var value = await WriteAsync(context, entry);
            if (value.KindCase != Value.KindOneofCase.NullValue) result.Fields[key] = value;
        }
        return Value.ForStruct(result);
    }

    private async ValueTask<Value> WriteListAsync(string context, IList list)
    {
        var result = new ListValue();
        if (TypedValues.IsDefaultArray(list)) return new Value { ListValue = result };
        for (var i = 0; i < list.Count; i++) result.Values.Add(await WriteAsync(context, list[i]));
        return new Value { ListValue = result };
    }

    private async ValueTask<Value> WriteTaskAsync(string context, Task task)
    {
        await task;
        return await WriteAsync(context, TypedValues.ResultOf(task));
    }

    private async ValueTask<Value> WriteAssetAsync(string context, AssetOrArchive asset)
    {
        var part = asset.Value is IDictionary ? await WriteAsync(context, asset.Value) : Value.ForString((string)asset.Value);
        return Special(asset.Kind, (asset.Part, part));
    }

    private async ValueTask<Value> WriteResourceAsync(string context, Resource resource)
    {
        if (!skipReferenced) Depend(new ResourceSet(resource));
        var inner = new PropertyWriter(keepResources: false, keepOutputValues: false);
        var urn = await inner.WriteAsync(context, resource.Urn);
        var id = resource is CustomResource custom ? await inner.WriteAsync(context, custom.Id) : null;
        if (!skipReferenced) Depend(inner.Dependencies);
        if (!keepResources) return id ?? urn;
        if (id is null) return Special(Wire.Resource, (Wire.Urn, urn));
        return Special(Wire.Resource, (Wire.Urn, urn), (Wire.Id, id.StringValue == Wire.Unknown ? Value.ForString("") : id));
    }

    /// <summary>A list or map of inputs is one output value, in which its elements are plain.</summary>
    private ValueTask<Value> WriteInputAsync(string context, IInput input) => keepOutputValues && input.Content is var content and not IOutput
        ? WriteDataAsync(context, new OutputData<object?>(ResourceSet.Empty, content, IsKnown: true, IsSecret: false))
        : WriteAsync(context, input.Content);

    private async ValueTask<Value> WriteOutputAsync(string context, IOutput output) => await WriteDataAsync(context, await output.DataAsync());

    private async ValueTask<Value> WriteDataAsync(string context, OutputData<object?> data)
    {
        var inner = new PropertyWriter(keepResources, keepOutputValues: false, skipReferenced);
        var value = data.IsKnown ? await inner.WriteAsync(context, data.Value) : Value.ForString(Wire.Unknown);
        var dependencies = data.Resources.Union(inner.Dependencies);
        Depend(dependencies);
        if (keepOutputValues && (!data.IsKnown || data.IsSecret || !dependencies.IsEmpty))
            return await OutputValueAsync(data.IsKnown ? value : null, data.IsSecret, dependencies);
        return data is { IsKnown: true, IsSecret: true } ? Special(Wire.Secret, (Wire.Value, value)) : value;
    }

    private static async ValueTask<Value> OutputValueAsync(Value? value, bool isSecret, ResourceSet dependencies)
    {
        var result = Special(Wire.OutputValue);
        var fields = result.StructValue.Fields;
        if (value is not null) fields[Wire.Value] = value;
        if (isSecret) fields[Wire.SecretMark] = Value.ForBool(true);
        if (dependencies.IsEmpty) return result;
        var urns = await DependencyUrns.OfAsync(dependencies);
        fields[Wire.Dependencies] = Value.ForList([.. urns.Order(StringComparer.Ordinal).Select(Value.ForString)]);
        return result;
    }

    private static Value Special(string kind, params ReadOnlySpan<(string Key, Value Value)> parts)
    {
        var result = new Struct { Fields = { [Wire.Signature] = Value.ForString(kind) } };
        foreach (var (key, value) in parts) result.Fields[key] = value;
        return Value.ForStruct(result);
    }

    private void Depend(ResourceSet resources) => Dependencies = Dependencies.Union(resources);

    /// <summary>Values whose type says how they travel: enums of a schema and answers of a provider.</summary>
    private ValueTask<Value> WriteTypedAsync(string context, object value)
    {
        if (TypedValues.EnumValue(value) is { } plain) return WriteAsync(context, plain);
        if (TypedValues.OutputProperties(value) is { } properties) return WriteAnswerAsync(context, properties);
        throw new InvalidOperationException($"{value.GetType().FullName} is not a supported argument type.\n\t{context}");
    }

    /// <summary>An object that a provider answered goes back with its nulls.</summary>
    private async ValueTask<Value> WriteAnswerAsync(string context, IEnumerable<KeyValuePair<string, object?>> properties)
    {
        var result = new Struct();
        foreach (var (key, value) in properties) result.Fields[key] = await WriteAsync(context, value);
        return Value.ForStruct(result);
    }
}
