using System.Collections.Immutable;
using System.Globalization;
using Rehearsal.Graph;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Rehearsal.State;

/// <summary>Writes a checkpoint as <c>pulumi stack export</c> does, field by field in its order (pulumi/pulumi sdk/go/common/apitype/core.go, 3.x).</summary>
internal static class CheckpointWriter
{
    private const int Indent = 4;

    /// <summary>The checkpoint as JSON text that ends with a line end.</summary>
    /// <param name="checkpoint">What to write.</param>
    /// <param name="showSecrets">Whether secrets are written in the open.</param>
    public static string Write(Checkpoint checkpoint, bool showSecrets = false)
    {
        Func<SecretProperty, (string, string)> seal = showSecrets ? StateValues.Open : StateValues.Sealed(checkpoint.Secrets);
        var json = new GoJson(Indent);
        json.BeginObject();
        var features = Features(checkpoint);
        json.Name("version").Number(features.IsEmpty ? 3 : 4);
        Texts(json, "features", features);
        json.Name("deployment").BeginObject();
        json.Name("manifest");
        Manifest(json, checkpoint);
        SecretsProvider(json, checkpoint);
        if (!checkpoint.Resources.IsEmpty)
        {
            json.Name("resources").BeginArray();
            foreach (var resource in checkpoint.Resources)
            {
                Resource(json, resource, seal);
            }
            json.EndArray();
        }
        if (!checkpoint.Pending.IsEmpty)
        {
            json.Name("pending_operations").BeginArray();
            foreach (var operation in checkpoint.Pending)
            {
                json.BeginObject().Name("resource");
                Resource(json, operation.Resource, seal);
                json.Name("type").Text(operation.Kind).EndObject();
            }
            json.EndArray();
        }
        json.Name("metadata");
        RawJson.Write(json, checkpoint.Metadata);
        foreach (var (name, raw) in checkpoint.Unread)
        {
            json.Name(name);
            RawJson.Write(json, raw);
        }
        json.EndObject().EndObject();
        return json + "\n";
    }

    /// <summary>A time as Go writes it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    // What a reader of version 3 would lose is named, and makes it version 4
    private static ImmutableArray<string> Features(Checkpoint checkpoint)
    {
        var features = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var state in checkpoint.Resources)
        {
            if (!state.Hooks.IsEmpty)
            {
                features.Add("hooks");
            }
            if (state.Taint)
            {
                features.Add("taint");
            }
            if (state.Unread.ContainsKey("refreshBeforeUpdate"))
            {
                features.Add("refreshBeforeUpdate");
            }
            if (state.Unread.ContainsKey("viewOf"))
            {
                features.Add("views");
            }
        }
        return [.. features];
    }

    private static void Manifest(GoJson json, Checkpoint checkpoint)
    {
        if (checkpoint.Manifest.Length > 0)
        {
            RawJson.Write(json, checkpoint.Manifest);
            return;
        }
        json.BeginObject().Name("time").Text(Time(DateTimeOffset.UtcNow)).Name("magic").Text("").Name("version").Text("").EndObject();
    }

    private static void SecretsProvider(GoJson json, Checkpoint checkpoint)
    {
        if (checkpoint.Secrets.Provider.Length == 0)
        {
            return;
        }
        json.Name("secrets_providers").BeginObject().Name("type").Text(checkpoint.Secrets.Provider);
        if (checkpoint.SecretsState.Length > 0)
        {
            json.Name("state");
            RawJson.Write(json, checkpoint.SecretsState);
        }
        else if (checkpoint.Secrets.Salt is { } salt)
        {
            json.Name("state").BeginObject().Name("salt").Text(salt).EndObject();
        }
        json.EndObject();
    }

    private static void Resource(GoJson json, ResourceState state, Func<SecretProperty, (string, string)> seal)
    {
        json.BeginObject().Name("urn").Text(state.Urn.Value).Name("custom").Flag(state.Custom);
        Flag(json, "delete", state.Delete);
        Text(json, "id", state.Id);
        json.Name("type").Text(state.Type);
        Properties(json, "inputs", state.Inputs, seal);
        Properties(json, "outputs", state.Outputs, seal);
        Text(json, "parent", state.Parent?.Value);
        Flag(json, "protect", state.Protect);
        Flag(json, "taint", state.Taint);
        Flag(json, "external", state.External);
        Urns(json, "dependencies", state.Dependencies);
        Texts(json, "initErrors", state.InitErrors);
        Text(json, "provider", state.Provider);
        PropertyDependencies(json, state);
        Flag(json, "pendingReplacement", state.PendingReplacement);
        Texts(json, "additionalSecretOutputs", state.AdditionalSecretOutputs);
        Texts(json, "aliases", state.Aliases);
        Timeouts(json, state.CustomTimeouts);
        Text(json, "importID", state.ImportId);
        Flag(json, "retainOnDelete", state.RetainOnDelete);
        Text(json, "deletedWith", state.DeletedWith?.Value);
        Urns(json, "replaceWith", state.ReplaceWith);
        Text(json, "created", state.Created);
        Text(json, "modified", state.Modified);
        Text(json, "sourcePosition", state.SourcePosition);
        Texts(json, "ignoreChanges", state.IgnoreChanges);
        Texts(json, "replaceOnChanges", state.ReplaceOnChanges);
        Texts(json, "hideDiff", state.HideDiffs);
        if (state.ReplacementTrigger is { } trigger)
        {
            json.Name("replacementTrigger");
            StateValues.Write(json, trigger, seal);
        }
        foreach (var (name, raw) in state.Unread)
        {
            json.Name(name);
            RawJson.Write(json, raw);
        }
        if (!state.Hooks.IsEmpty)
        {
            json.Name("resourceHooks").BeginObject();
            foreach (var (kind, names) in state.Hooks)
            {
                Texts(json, kind, names);
            }
            json.EndObject();
        }
        json.EndObject();
    }

    private static void PropertyDependencies(GoJson json, ResourceState state)
    {
        if (state.PropertyDependencies.IsEmpty)
        {
            return;
        }
        json.Name("propertyDependencies").BeginObject();
        foreach (var (property, urns) in state.PropertyDependencies)
        {
            json.Name(property);
            if (urns.IsDefault)
            {
                json.Null();
                continue;
            }
            json.BeginArray();
            foreach (var urn in urns)
            {
                json.Text(urn.Value);
            }
            json.EndArray();
        }
        json.EndObject();
    }

    // Seconds, as the field is a Go float64
    private static void Timeouts(GoJson json, CustomTimeouts timeouts)
    {
        if (timeouts == CustomTimeouts.None)
        {
            return;
        }
        json.Name("customTimeouts").BeginObject();
        foreach (var (name, text) in new[] { ("create", timeouts.Create), ("update", timeouts.Update), ("delete", timeouts.Delete) })
        {
            if (GoDuration.Seconds(text) is > 0 and var seconds)
            {
                json.Name(name).Number(seconds);
            }
        }
        json.EndObject();
    }

    private static void Properties(GoJson json, string name, PropertyMap properties, Func<SecretProperty, (string, string)> seal)
    {
        if (properties.Count > 0)
        {
            json.Name(name);
            StateValues.Write(json, properties, seal);
        }
    }

    private static void Urns(GoJson json, string name, ImmutableArray<Urn> urns) => Texts(json, name, [.. urns.Select(urn => urn.Value)]);

    private static void Texts(GoJson json, string name, ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }
        json.Name(name).BeginArray();
        foreach (var value in values)
        {
            json.Text(value);
        }
        json.EndArray();
    }

    private static void Text(GoJson json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.Name(name).Text(value);
        }
    }

    private static void Flag(GoJson json, string name, bool value)
    {
        if (value)
        {
            json.Name(name).Flag(value: true);
        }
    }
}
