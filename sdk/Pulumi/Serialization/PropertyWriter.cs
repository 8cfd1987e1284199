using System.Collections;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Protocol;

namespace Pulumi.Serialization;

/// <summary>Writes values of a program as they travel, and gathers the resources that they depend on.</summary>
/// <param name="keepResources">Whether a resource is written as a reference; otherwise as its id.</param>
/// <param name="keepOutputValues">Whether an output keeps its dependencies inside the value; for remote components and calls.</param>
/// <param name="skipReferenced">Whether a resource that is itself an input does not count as a dependency.</param>
internal sealed class PropertyWriter(bool keepResources, bool keepOutputValues, bool skipReferenced = false)
{
    /// <summary>What the values written so far depend on.</summary>
    public ResourceSet Dependencies { get; private set; }

    /// <summary>What the values depend on that were written since this was asked.</summary>
    public ResourceSet TakeDependencies()
    {
        var taken = Dependencies;
        Dependencies = ResourceSet.Empty;
        return taken;
    }

    /// <summary>Writes one value; a null as the protocol's null.</summary>
    /// <exception cref="UnfitValueException">The value, or one inside, is of a type that cannot travel.</exception>
    public ValueTask<Value> WriteAsync(object? value) => value switch
    {
        null => new(Value.ForNull()),
        string text => new(Value.ForString(text)),
        bool flag => new(Value.ForBool(flag)),
        int number => new(Value.ForNumber(number)),
        double number => new(Value.ForNumber(number)),
        InputArgs args => WriteEntriesAsync(args.Members()),
        IInput input => WriteInputAsync(input),
        IOutput output => WriteOutputAsync(output),
        IUnion union => WriteAsync(union.Content),
        AssetOrArchive asset => WriteAssetAsync(asset),
        JsonElement json => new(JsonValue.Of(json)),
        Resource resource => WriteResourceAsync(resource),
        Task => throw new UnfitValueException("Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:"),
        InputEntries entries => WriteEntriesAsync(entries.All),
        IDictionary map => WriteEntriesAsync(Entries(map)),
        IList list => WriteListAsync(list),
        System.Enum number when number.GetTypeCode() == TypeCode.Int32 =>
            new(Value.ForNumber(Convert.ToInt32(number, System.Globalization.CultureInfo.InvariantCulture))),
        ValueTuple => new(Value.ForNull()),
        _ => WriteTypedAsync(value),
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return entry.Key is string key
                ? new KeyValuePair<string, object?>(key, entry.Value)
                : throw new UnfitValueException("Dictionaries are only supported with string keys:");
        }
    }

    private async ValueTask<Value> WriteEntriesAsync(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var result = new Struct();
        foreach (var (key, entry) in entries)
        {
            if (entry is null)
            {
                continue;
            }
            try
            {
                var value = await WriteAsync(entry);
                if (value.KindCase != Value.KindOneofCase.NullValue)
                {
                    result.Fields[key] = value;
                }
            }
            catch (UnfitValueException e)
            {
                e.IsUnder($".{key}");
                throw;
            }
        }
        return Value.ForStruct(result);
    }

    private async ValueTask<Value> WriteListAsync(IList list)
    {
        var result = new ListValue();
        if (TypedValues.IsDefaultArray(list))
        {
            return new Value { ListValue = result };
        }
        for (var i = 0; i < list.Count; i++)
        {
            try
            {
                result.Values.Add(await WriteAsync(list[i]));
            }
            catch (UnfitValueException e)
            {
                e.IsUnder($"[{i}]");
                throw;
            }
        }
        return new Value { ListValue = result };
    }

    private async ValueTask<Value> WriteAssetAsync(AssetOrArchive asset)
    {
        if (asset is InvalidAsset)
        {
            throw new InvalidOperationException("Cannot serialize invalid asset");
        }
        if (asset is InvalidArchive)
        {
            throw new InvalidOperationException("Cannot serialize invalid archive");
        }
        return Special(asset.Kind, (asset.Part, await WriteAsync(asset.Value)));
    }

    private async ValueTask<Value> WriteResourceAsync(Resource resource)
    {
        if (!skipReferenced)
        {
            Depend(new ResourceSet(resource));
        }
        var inner = new PropertyWriter(keepResources: false, keepOutputValues: false);
        var urn = await inner.WriteAsync(resource.Urn);
        var id = resource is CustomResource custom ? await inner.WriteAsync(custom.Id) : null;
        if (!skipReferenced)
        {
            Depend(inner.Dependencies);
        }
        if (!keepResources)
        {
            return id ?? urn;
        }
        if (id is null)
        {
            return Special(WireSignatures.ResourceReference, (WireFields.Urn, urn));
        }
        var known = id.StringValue == WireSignatures.UnknownString ? Value.ForString("") : id;
        return Special(WireSignatures.ResourceReference, (WireFields.Urn, urn), (WireFields.Id, known));
    }

    /// <summary>An input is an output of its content, in which all is plain: so it is one output value, and errors name what it holds.</summary>
    private ValueTask<Value> WriteInputAsync(IInput input) => input.Content switch
    {
        IOutput output => WriteOutputAsync(output),
        var content when keepOutputValues => WriteDataAsync(new OutputData<object?>(ResourceSet.Empty, content, IsKnown: true, IsSecret: false)),
        null or string or bool or int or double => WriteAsync(input.Content),
        var content => WriteWithinAsync(this, content),
    };

    private ValueTask<Value> WriteOutputAsync(IOutput output)
    {
        return output.Pending is { } pending ? LaterAsync(pending) : WriteDataAsync(output.Data);

        async ValueTask<Value> LaterAsync(Task pending)
        {
            await pending;
            return await WriteDataAsync(output.Data);
        }
    }

    private async ValueTask<Value> WriteDataAsync(OutputData<object?> data)
    {
        var inner = new PropertyWriter(keepResources, keepOutputValues: false, skipReferenced);
        var value = data.IsKnown ? await WriteWithinAsync(inner, data.Value) : Value.ForString(WireSignatures.UnknownString);
        var dependencies = data.Resources.Union(inner.Dependencies);
        Depend(dependencies);
        if (keepOutputValues && (!data.IsKnown || data.IsSecret || !dependencies.IsEmpty))
        {
            return await OutputValueAsync(data.IsKnown ? value : null, data.IsSecret, dependencies);
        }
        return data is { IsKnown: true, IsSecret: true } ? Special(WireSignatures.Secret, (WireFields.Value, value)) : value;
    }

    /// <summary>Writes what an input or an output holds, which errors call as the official package does.</summary>
    private static async ValueTask<Value> WriteWithinAsync(PropertyWriter writer, object? content)
    {
        try
        {
            return await writer.WriteAsync(content);
        }
        catch (UnfitValueException e)
        {
            e.IsUnder(".id");
            throw;
        }
    }

    private static async ValueTask<Value> OutputValueAsync(Value? value, bool isSecret, ResourceSet dependencies)
    {
        var result = Special(WireSignatures.OutputValue);
        var fields = result.StructValue.Fields;
        if (value is not null)
        {
            fields[WireFields.Value] = value;
        }
        if (isSecret)
        {
            fields[WireFields.Secret] = Value.ForBool(true);
        }
        if (dependencies.IsEmpty)
        {
            return result;
        }
        var urns = await DependencyUrns.OfAsync(dependencies);
        fields[WireFields.Dependencies] = Value.ForList([.. urns.Order(StringComparer.Ordinal).Select(Value.ForString)]);
        return result;
    }

    private static Value Special(string kind, params ReadOnlySpan<(string Key, Value Value)> parts)
    {
        var result = new Struct { Fields = { [WireSignatures.Key] = Value.ForString(kind) } };
        foreach (var (key, value) in parts)
        {
            result.Fields[key] = value;
        }
        return Value.ForStruct(result);
    }

    private void Depend(ResourceSet resources) => Dependencies = Dependencies.Union(resources);

    /// <summary>Values whose type says how they travel: enums of a schema and answers of a provider.</summary>
    private ValueTask<Value> WriteTypedAsync(object value)
    {
        if (TypedValues.IsEnum(value, out var plain))
        {
            return WriteAsync(plain);
        }
        if (TypedValues.OutputProperties(value) is { } properties)
        {
            return WriteAnswerAsync(properties);
        }
        throw new UnfitValueException($"{value.GetType().FullName} is not a supported argument type.");
    }

    /// <summary>An object that a provider answered goes back with its nulls.</summary>
    private async ValueTask<Value> WriteAnswerAsync(IEnumerable<KeyValuePair<string, object?>> properties)
    {
        var result = new Struct();
        foreach (var (key, value) in properties)
        {
            try
            {
                result.Fields[key] = await WriteAsync(value);
            }
            catch (UnfitValueException e)
            {
                e.IsUnder($".{key}");
                throw;
            }
        }
        return Value.ForStruct(result);
    }
}

/// <summary>A value that cannot travel; where it stands is put together on the way out, so that values that can cost nothing.</summary>
internal sealed class UnfitValueException(string problem) : Exception(problem)
{
    private string _path = "";

    /// <summary>Says that the value is inside a part of what is written.</summary>
    public void IsUnder(string part) => _path = part + _path;

    /// <summary>The error that the user sees, with the whole path.</summary>
    public InvalidOperationException At(string root) => new($"{Message}\n\t{root}{_path}");
}
