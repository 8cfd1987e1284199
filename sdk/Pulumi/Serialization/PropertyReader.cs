using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;

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

    private static AssetOrArchive Asset(Struct special) => Text(special, Wire.AssetPath) is { } path ? new FileAsset(path)
        : Text(special, Wire.AssetUri) is { } uri ? new RemoteAsset(uri)
        : Text(special, Wire.AssetText) is { } text ? new StringAsset(text)
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
                    if (value.StringValue != Wire.Unknown)
                    {
                        return value.StringValue;
                    }
                    IsUnknown = true;
                    return null;
                case Value.KindOneofCase.ListValue:
                    return Elements(value.ListValue);
                case Value.KindOneofCase.StructValue:
                    return Text(value.StructValue, Wire.Signature) is { } kind ? Special(kind, value.StructValue) : Entries(value.StructValue);
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
                // names that begin with two underscores are the engine's own bookkeeping
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
                case Wire.Secret:
                    IsSecret = true;
                    return special.Fields.TryGetValue(Wire.Value, out var hidden)
                        ? Plain(hidden)
                        : throw new InvalidOperationException("Secrets must have a field called 'value'");
                case Wire.OutputValue: return KeepsOutputs ? KeptOutput.Of(special) : OutputValue(special);
                case Wire.Asset: return Asset(special);
                case Wire.Archive: return Archive(special);
                case Wire.Resource:
                    return ResourceReferences.Resolve(
                        Text(special, Wire.Urn)
                            ?? throw new InvalidOperationException("Value was marked as a Resource, but did not conform to required shape."),
                        Text(special, Wire.PackageVersion) ?? "");
                default:
                    return Entries(special);
            }
        }

        private object? OutputValue(Struct special)
        {
            IsSecret |= special.Fields.TryGetValue(Wire.SecretMark, out var secret) && secret.BoolValue;
            if (special.Fields.TryGetValue(Wire.Dependencies, out var urns))
            {
                Dependencies = Dependencies.Union(ResourceSet.Of([.. urns.ListValue.Values.Select(urn => new DependencyResource(urn.StringValue))]));
            }
            if (special.Fields.TryGetValue(Wire.Value, out var value))
            {
                return Plain(value);
            }
            IsUnknown = true;
            return null;
        }

        private Archive Archive(Struct special)
        {
            if (Text(special, Wire.AssetPath) is { } path)
            {
                return new FileArchive(path);
            }
            if (Text(special, Wire.AssetUri) is { } uri)
            {
                return new RemoteArchive(uri);
            }
            if (!special.Fields.TryGetValue(Wire.ArchiveAssets, out var assets) || assets.StructValue is null)
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
