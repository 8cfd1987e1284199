using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>A package whose resources are computed for real: random and tls. They are made once and replaced by almost every change.</summary>
internal sealed class ComputedProvider(PackageSchema schema) : SchemaProvider(schema)
{
    private const string Meta = "__meta";
    private const string Renewal = "readyForRenewal";

    // What an update in place may change; every other input makes another value
    private static readonly FrozenSet<string> InPlace = FrozenSet.Create(StringComparer.Ordinal, "earlyRenewalHours");

    protected override bool IsBridged => false;

    public override CheckResult Check(CheckRequest request)
    {
        var (inputs, failures) = base.Check(request);
        inputs = inputs.Hide(Spec(request.Type)?.Inputs.Properties.Where(property => property.Value.Secret).Select(property => property.Key) ?? []);
        return new CheckResult(inputs, failures.IsEmpty ? ComputedRules.Check(request.Urn, request.Type, inputs) : failures);
    }

    // Compared are the values that the resource has in effect: an input that is left out, and its default, are the same
    public override DiffResult Diff(DiffRequest request)
    {
        var spec = Spec(request.Type);
        var news = Effective(request.Type, request.NewInputs);
        var olds = request.OldOutputs.Count > 0 ? request.OldOutputs : Effective(request.Type, request.OldInputs);
        ImmutableArray<string> changed = [.. (spec?.Inputs.Properties.Keys ?? news.Keys).Where(key => !Differ.Same(olds.Find(key), news.Find(key)))
            .Order(StringComparer.Ordinal)];
        ImmutableArray<string> replacing = [.. changed.Where(key => !InPlace.Contains(key)), .. IsDue(olds, news) ? [Renewal] : Array.Empty<string>()];
        return changed.IsEmpty && replacing.IsEmpty ? DiffResult.Same
            : new DiffResult { Changes = true, ChangedKeys = [.. changed.Union(replacing, StringComparer.Ordinal)], ReplaceKeys = replacing };
    }

    // A certificate is made anew from some hours before its end on (hashicorp/tls 4.x, common_cert.go)
    private static bool IsDue(PropertyMap olds, PropertyMap news)
        => olds.ContainsKey(Renewal) && DateTimeOffset.TryParse(olds.OpenText("validityEndTime"), CultureInfo.InvariantCulture, out var end)
        && DateTimeOffset.UtcNow >= end.AddHours(-news.Whole("earlyRenewalHours", 0));

    public override (string? Id, PropertyMap Outputs) Create(Urn urn, string type, PropertyMap inputs, bool preview)
    {
        var effective = Effective(type, inputs);
        if (preview || !ResourceMakers.ByType.TryGetValue(type, out var make))
        {
            return (null, Planned(type, effective));
        }
        var (id, outputs) = Made(() => make(effective));
        return (id, Complete(type, id, outputs));
    }

    public override PropertyMap Update(Urn urn, ResourceState old, PropertyMap inputs, bool preview)
        => Effective(old.Type, inputs).Aggregate(old.Outputs, (all, input) => all.With(input.Key, input.Value));

    public override ReadResult? Read(Urn urn, string type, string id, PropertyMap inputs, PropertyMap outputs, bool preview)
    {
        if (outputs.Count > 0)
        {
            return new ReadResult(id, inputs, outputs);
        }
        if (!RandomImports.ByType.TryGetValue(type, out var import))
        {
            return new ReadResult(id, inputs, Effective(type, inputs).With("id", new StringProperty(id)));
        }
        var (own, read) = Made(() => import(id));
        var complete = Complete(type, own, read);
        return new ReadResult(own, InputsOf(type, complete), complete);
    }

    private static T Made<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (FormatException e)
        {
            throw new ProviderException(e.Message, (e as Tls.KeyFormatException)?.Logged);
        }
    }

    private static PropertyMap Effective(string type, PropertyMap inputs)
        => ComputedDefaults.ByType.TryGetValue(type, out var defaults) ? ComputedDefaults.Apply(inputs, defaults) : inputs;

    // Computed outputs are what no input gives; secret ones stay secret
    private PropertyMap Planned(string type, PropertyMap effective)
    {
        var planned = HasId(type) ? effective.With("id", UnknownProperty.Instance) : effective;
        if (Spec(type) is not { } spec)
        {
            return planned;
        }
        var (keys, values) = (new List<string>(planned.Count + spec.Outputs.Properties.Count), new List<PropertyValue>());
        values.EnsureCapacity(keys.Capacity);
        foreach (var (key, value) in planned)
        {
            keys.Add(key);
            values.Add(value is not SecretProperty && spec.Inputs.Properties.ContainsKey(key) && spec.Outputs.Properties.TryGetValue(key, out var declared)
                && declared.Secret ? new SecretProperty(value) : value);
        }
        foreach (var (key, property) in spec.Outputs.Properties)
        {
            if (!spec.Inputs.Properties.ContainsKey(key) && !planned.ContainsKey(key))
            {
                keys.Add(key);
                values.Add(property.Secret ? new SecretProperty(UnknownProperty.Instance) : UnknownProperty.Instance);
            }
        }
        return PropertyMap.Own([.. keys], [.. values]);
    }

    private PropertyMap Complete(string type, string id, PropertyMap outputs)
    {
        outputs = HasId(type) ? outputs.With("id", new StringProperty(id)) : outputs;
        if (ComputedDefaults.SchemaVersions.TryGetValue(type, out var version))
        {
            outputs = outputs.With(Meta, new StringProperty($$"""{"schema_version":"{{version}}"}"""));
        }
        return outputs.Hide(Spec(type)?.Outputs.Properties.Where(property => property.Value.Secret).Select(property => property.Key) ?? []);
    }

    // As the bridge does: what could be an input and has a value that says something
    private PropertyMap InputsOf(string type, PropertyMap outputs) => PropertyMap.From(outputs.Where(output =>
        Spec(type)?.Inputs.Properties.ContainsKey(output.Key) == true
            && Differ.Opened(output.Value) is not (null or NumberProperty { Value: 0 } or StringProperty { Value: "" } or BooleanProperty { Value: false })));

    private static bool HasId(string type) => type != "random:index/randomBytes:RandomBytes";
}

/// <summary>What the providers random and tls put in place of inputs that are left out.</summary>
internal static class ComputedDefaults
{
    private static readonly (string Key, PropertyValue Value)[] Characters =
    [
        ("lower", BooleanProperty.True), ("upper", BooleanProperty.True), ("special", BooleanProperty.True), ("numeric", BooleanProperty.True),
            ("number", BooleanProperty.True),
        ("minLower", new NumberProperty(0)), ("minUpper", new NumberProperty(0)), ("minNumeric", new NumberProperty(0)), ("minSpecial", new NumberProperty(0)),
    ];

    private static readonly (string Key, PropertyValue Value)[] Certificate =
    [
        ("earlyRenewalHours", new NumberProperty(0)), ("isCaCertificate", BooleanProperty.False), ("setSubjectKeyId", BooleanProperty.False),
    ];

    public static readonly FrozenDictionary<string, (string Key, PropertyValue Value)[]> ByType = new Dictionary<string,
        (string Key, PropertyValue Value)[]>(StringComparer.Ordinal)
    {
        ["random:index/randomPassword:RandomPassword"] = Characters,
        ["random:index/randomString:RandomString"] = Characters,
        ["random:index/randomPet:RandomPet"] = [("length", new NumberProperty(2)), ("separator", new StringProperty("-"))],
        ["tls:index/privateKey:PrivateKey"] = [("ecdsaCurve", new StringProperty("P224")), ("rsaBits", new NumberProperty(2048))],
        ["tls:index/locallySignedCert:LocallySignedCert"] = Certificate,
        ["tls:index/selfSignedCert:SelfSignedCert"] = [.. Certificate, ("setAuthorityKeyId", BooleanProperty.False)],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The versions of their states that the real providers note where they have changed.</summary>
    public static readonly FrozenDictionary<string, int> SchemaVersions = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["random:index/randomPassword:RandomPassword"] = 3,
        ["random:index/randomString:RandomString"] = 2,
        ["tls:index/privateKey:PrivateKey"] = 1,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PropertyMap Apply(PropertyMap inputs, (string Key, PropertyValue Value)[] defaults)
    {
        // Two names of one input: the one that is given goes for both
        foreach (var (one, other) in new[] { ("numeric", "number"), ("number", "numeric") })
        {
            if (inputs.Find(one) is { } given and not NullProperty && (inputs.Find(other) is null or NullProperty) && defaults.Any(data => data.Key == other))
            {
                inputs = inputs.With(other, given);
            }
        }
        return defaults.Aggregate(inputs, (all, entry) => all.Find(entry.Key) is null or NullProperty ? all.With(entry.Key, entry.Value) : all);
    }
}
