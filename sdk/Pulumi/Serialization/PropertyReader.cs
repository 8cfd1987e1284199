using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Protocol;

namespace Pulumi.Serialization;

/// <summary>Reads values of the engine into plain objects: texts, doubles, booleans, immutable arrays and dictionaries, assets, resources.</summary>
internal static class PropertyReader
{
    /// <summary>A value whose marks were taken out: one secret inside makes all of it secret, an unknown, which is null there, all of it unknown.</summary>
    public static OutputData<object?> Read(Value value)
    {
        var reading = new Reading();
        var plain = reading.Plain(value);
        return new OutputData<object?>(reading.Dependencies, plain, !reading.IsUnknown, reading.IsSecret);
    }

    /// <summary>A value in which output values stay outputs, as transforms and hooks see it; where one is unknown otherwise is null.</summary>
    public static OutputData<object?> ReadWithOutputs(Value value)
    {
        var reading = new Reading { KeepsOutputs = true };
        var plain = reading.Plain(value);
        return new OutputData<object?>(reading.Dependencies, plain, !reading.IsUnknown, reading.IsSecret);
    }

    private static AssetOrArchive Asset(Struct special) => Text(special, WireFields.Path) is { } path ? new FileAsset(path)
        : Text(special, WireFields.Uri) is { } uri ? new RemoteAsset(uri)
        : Text(special, WireFields.Text) is { } text ? new StringAsset(text)
        : throw new InvalidOperationException("Value was marked as Asset, but did not conform to required shape.");

    private static string? Text(Struct special, string key) =>
        special.Fields.TryGetValue(key, out var value) && value.KindCase == Value.KindOneofCase.StringValue ? value.StringValue : null;

    private struct Reading
    {
        public ResourceSet Dependencies;
        public bool IsSecret;
        public bool IsUnknown;
        public bool KeepsOutputs;

        public object? Plain(Value value)
        {
            switch (value.KindCase)
            {
                case Value.KindOneofCase.BoolValue: return value.BoolValue;
                case Value.KindOneofCase.NumberValue: return value.NumberValue;
                case Value.KindOneofCase.StringValue:
                    if (value.StringValue != WireSignatures.UnknownString)
                    {
                        return value.StringValue;
                    }
                    IsUnknown = true;
                    return null;
                case Value.KindOneofCase.ListValue:
                    return Elements(value.ListValue);
                case Value.KindOneofCase.StructValue:
                    return Text(value.StructValue, WireSignatures.Key) is { } kind ? Special(kind, value.StructValue) : Entries(value.StructValue);
                case Value.KindOneofCase.NullValue:
                    return null;
                default:
                    throw new InvalidOperationException("Should never get 'None' type when deserializing protobuf");
            }
        }

        private ImmutableArray<object?> Elements(ListValue list)
        {
            var elements = ImmutableArray.CreateBuilder<object?>(list.Values.Count);
            foreach (var element in list.Values)
            {
                elements.Add(Plain(element));
            }
            return elements.MoveToImmutable();
        }

        private ImmutableDictionary<string, object?> Entries(Struct map)
        {
            if (map.Fields.Count == 0)
            {
                return ImmutableDictionary<string, object?>.Empty;
            }
            var entries = ImmutableDictionary.CreateBuilder<string, object?>();
            foreach (var (key, value) in map.Fields)
            {
                // Names that begin with two underscores are the engine's own bookkeeping
                if (!key.StartsWith("__", StringComparison.Ordinal))
                {
                    entries[key] = Plain(value);
                }
            }
            return entries.ToImmutable();
        }

        private object? Special(string kind, Struct special)
        {
            switch (kind)
            {
                case WireSignatures.Secret:
                    IsSecret = true;
                    return special.Fields.TryGetValue(WireFields.Value, out var hidden)
                        ? Plain(hidden)
                        : throw new InvalidOperationException("Secrets must have a field called 'value'");
                case WireSignatures.OutputValue: return KeepsOutputs ? KeptOutput.Of(special) : OutputValue(special);
                case WireSignatures.Asset: return Asset(special);
                case WireSignatures.Archive: return Archive(special);
                case WireSignatures.ResourceReference:
                    return ResourceReferences.Resolve(
                        Text(special, WireFields.Urn)
                            ?? throw new InvalidOperationException("Value was marked as a Resource, but did not conform to required shape."),
                        Text(special, WireFields.PackageVersion) ?? "");
                default:
                    return Entries(special);
            }
        }

        private object? OutputValue(Struct special)
        {
            IsSecret |= special.Fields.TryGetValue(WireFields.Secret, out var secret) && secret.BoolValue;
            if (special.Fields.TryGetValue(WireFields.Dependencies, out var urns))
            {
                Dependencies = Dependencies.Union(ResourceSet.Of([.. urns.ListValue.Values.Select(urn => new DependencyResource(urn.StringValue))]));
            }
            if (special.Fields.TryGetValue(WireFields.Value, out var value))
            {
                return Plain(value);
            }
            IsUnknown = true;
            return null;
        }

        private Archive Archive(Struct special)
        {
            if (Text(special, WireFields.Path) is { } path)
            {
                return new FileArchive(path);
            }
            if (Text(special, WireFields.Uri) is { } uri)
            {
                return new RemoteArchive(uri);
            }
            if (!special.Fields.TryGetValue(WireFields.Assets, out var assets) || assets.StructValue is null)
            {
                throw new InvalidOperationException("Value was marked as Archive, but did not conform to required shape.");
            }
            return new AssetArchive(Entries(assets.StructValue).ToDictionary(
                entry => entry.Key,
                entry => entry.Value as AssetOrArchive
                    ?? throw new InvalidOperationException("AssetArchive contained an element that wasn't itself an Asset or Archive.")));
        }
    }
}

/// <summary>Turns an output value of the protocol into an output of its value's own type: a text, a double, an array, or an object while unknown.</summary>
internal static class KeptOutput
{
    private static readonly MethodInfo Maker = typeof(KeptOutput).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly ConcurrentDictionary<System.Type, Func<OutputData<object?>, object>> Makers = new();

    public static object Of(Struct special)
    {
        var isKnown = special.Fields.TryGetValue(WireFields.Value, out var value);
        var plain = isKnown ? PropertyReader.ReadWithOutputs(value!).Value : null;
        var isSecret = special.Fields.TryGetValue(WireFields.Secret, out var secret) && secret.BoolValue;
        var resources = special.Fields.TryGetValue(WireFields.Dependencies, out var urns)
            ? ResourceSet.Of([.. urns.ListValue.Values.Select(urn => new DependencyResource(urn.StringValue))])
            : ResourceSet.Empty;
        var make = Makers.GetOrAdd(
            plain?.GetType() ?? typeof(object),
            static type => Maker.MakeGenericMethod(type).CreateDelegate<Func<OutputData<object?>, object>>());
        return make(new OutputData<object?>(resources, plain, isKnown, isSecret));
    }

    private static Output<T> Make<T>(OutputData<object?> data) => new(data.With((T)data.Value!));
}

/// <summary>Turns references that the engine sends into resources, of their own class where a loaded package has one for the type.</summary>
internal static class ResourceReferences
{
    private static readonly Lazy<ILookup<string, System.Type>> Classes = new(Find);

    public static Resource Resolve(string urn, string version)
    {
        var found = Classes.Value[Pulumi.Urn.TypeOf(urn)].ToList();
        var type = found.Find(task => task.GetCustomAttribute<ResourceTypeAttribute>()!.Version == version) ?? found.FirstOrDefault();
        var constructor = type
            ?.GetConstructors()
            .FirstOrDefault(entry =>
                entry.GetParameters() is [{ Name: "name" }, _, var options] && options.ParameterType.IsAssignableTo(typeof(ResourceOptions)));
        if (constructor is null)
        {
            return new DependencyResource(urn);
        }
        ResourceOptions given =
            constructor.GetParameters()[2].ParameterType == typeof(CustomResourceOptions)
                ? new CustomResourceOptions { Urn = urn }
                : new ComponentResourceOptions { Urn = urn };
        return (Resource)constructor.Invoke([Pulumi.Urn.NameOf(urn), null, given]);
    }

    private static ILookup<string, System.Type> Find()
    {
        var own = typeof(Resource).Assembly.GetName().Name;
        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(argument => !argument.IsDynamic && argument.GetReferencedAssemblies().Any(request => request.Name == own))
            .SelectMany(argument => argument.GetExportedTypes())
            .Where(type => typeof(Resource).IsAssignableFrom(type) && !type.IsAbstract && type.IsDefined(typeof(ResourceTypeAttribute), inherit: true))
            .ToLookup(type => type.GetCustomAttribute<ResourceTypeAttribute>()!.Type);
    }
}
