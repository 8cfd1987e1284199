using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;

namespace Tests.Sdk.Core.Support;

/// <summary>A registration's options as an engine gives them to a transform and takes them back.</summary>
internal static class TransformedOptions
{
    public static TransformResourceOptions Of(RegisterResourceRequest request)
    {
        var options = new TransformResourceOptions
        {
            DependsOn = { request.Dependencies },
            IgnoreChanges = { request.IgnoreChanges },
            ReplaceOnChanges = { request.ReplaceOnChanges },
            Version = request.Version,
            Aliases = { request.Aliases },
            Provider = request.Provider,
            CustomTimeouts = InGo(request.CustomTimeouts),
            PluginDownloadUrl = request.PluginDownloadURL,
            DeletedWith = request.DeletedWith,
            AdditionalSecretOutputs = { request.AdditionalSecretOutputs },
            Providers = { request.Providers },
            Hooks = request.Hooks,
            HideDiff = { request.HideDiffs },
            ReplaceWith = { request.ReplaceWith },
        };
        if (request.HasProtect)
        {
            options.Protect = request.Protect;
        }
        if (request.HasRetainOnDelete)
        {
            options.RetainOnDelete = request.RetainOnDelete;
        }
        if (request.DeleteBeforeReplaceDefined)
        {
            options.DeleteBeforeReplace = request.DeleteBeforeReplace;
        }
        return options;
    }

    public static void Apply(TransformResourceOptions options, RegisterResourceRequest request)
    {
        Replace(request.Dependencies, options.DependsOn);
        Replace(request.IgnoreChanges, options.IgnoreChanges);
        Replace(request.ReplaceOnChanges, options.ReplaceOnChanges);
        Replace(request.AdditionalSecretOutputs, options.AdditionalSecretOutputs);
        Replace(request.Aliases, options.Aliases);
        request.Version = options.Version;
        request.Provider = options.Provider;
        request.CustomTimeouts = options.CustomTimeouts;
        request.Hooks = options.Hooks;
        if (options.HasProtect)
        {
            request.Protect = options.Protect;
        }
        if (options.HasRetainOnDelete)
        {
            request.RetainOnDelete = options.RetainOnDelete;
        }
    }

    /// <summary>Durations as Go writes them.</summary>
    private static RegisterResourceRequest.Types.CustomTimeouts? InGo(RegisterResourceRequest.Types.CustomTimeouts? timeouts) =>
        timeouts is null ? null : new() { Create = InGo(timeouts.Create), Update = InGo(timeouts.Update), Delete = InGo(timeouts.Delete) };

    private static string InGo(string nanoseconds)
    {
        if (nanoseconds.Length == 0)
        {
            return "";
        }
        var time = TimeSpan.FromTicks(long.Parse(nanoseconds[..^2], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);
        return time < TimeSpan.FromSeconds(1)
            ? FormattableString.Invariant($"{time.TotalMilliseconds}ms")
            : FormattableString.Invariant($"{(int)time.TotalHours}h{time.Minutes}m{time.Seconds + time.Milliseconds / 1000.0}s");
    }

    private static void Replace<T>(IList<T> old, IEnumerable<T> fresh)
    {
        old.Clear();
        foreach (var one in fresh)
        {
            old.Add(one);
        }
    }
}

/// <summary>Inputs as an engine gives them to a transform: what is secret, unknown or depends on something is an output value.</summary>
internal static class OutputValues
{
    public static Struct Of(RegisterResourceRequest request)
    {
        var values = new Struct();
        foreach (var (name, value) in request.Object.Fields)
        {
            var upgraded = Upgraded(value);
            var dependencies = request.PropertyDependencies.TryGetValue(name, out var urns) ? urns.Urns_.ToList() : [];
            if (dependencies.Count > 0)
            {
                upgraded = Depending(upgraded, dependencies);
            }
            values.Fields[name] = upgraded;
        }
        return values;
    }

    private static Value Depending(Value value, List<string> urns)
    {
        if (KindOf(value) != WireSignatures.OutputValue)
        {
            value = OutputValue((WireFields.Value, value));
        }
        value.StructValue.Fields[WireFields.Dependencies] = Value.ForList([.. urns.Select(Value.ForString)]);
        return value;
    }

    private static Value Upgraded(Value value) => value switch
    {
        { KindCase: Value.KindOneofCase.StringValue, StringValue: WireSignatures.UnknownString } => OutputValue(),
        { KindCase: Value.KindOneofCase.ListValue } => Value.ForList([.. value.ListValue.Values.Select(Upgraded)]),
        { KindCase: Value.KindOneofCase.StructValue } when KindOf(value) == WireSignatures.Secret => OutputValue(
            (WireFields.Value, value.StructValue.Fields[WireFields.Value]), (WireFields.Secret, Value.ForBool(true))),
        { KindCase: Value.KindOneofCase.StructValue } when KindOf(value) is null => Entries(value.StructValue),
        _ => value.Clone(),
    };

    private static Value Entries(Struct map)
    {
        var upgraded = new Struct();
        foreach (var (key, value) in map.Fields)
        {
            upgraded.Fields[key] = Upgraded(value);
        }
        return Value.ForStruct(upgraded);
    }

    private static Value OutputValue(params (string Name, Value Value)[] fields)
    {
        var value = new Struct { Fields = { [WireSignatures.Key] = Value.ForString(WireSignatures.OutputValue) } };
        foreach (var (name, field) in fields)
        {
            value.Fields[name] = field;
        }
        return Value.ForStruct(value);
    }

    private static string? KindOf(Value value) =>
        value.KindCase == Value.KindOneofCase.StructValue && value.StructValue.Fields.TryGetValue(WireSignatures.Key, out var kind) ? kind.StringValue : null;
}
