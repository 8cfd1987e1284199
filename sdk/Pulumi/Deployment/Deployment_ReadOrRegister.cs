using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    internal const string GetResourceToken = "pulumi:pulumi:getResource";

    /// <summary>Gives a new resource its outputs and tells the engine of it, without waiting for the answer.</summary>
    internal void ReadOrRegister(Resource resource, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The outputs of a local component are the program's own, but for its URN
        var slots = OutputSlots.Of(resource.IsCustom || resource.IsRemote ? resource.GetType() : typeof(Resource));
        var outputs = slots.Fill(resource, gate.Task);
        Watch(SettleAsync(resource, slots, outputs, gate, AnswerAsync(resource, args, options, package)));
    }

    private async Task<ResourceAnswer> AnswerAsync(Resource resource, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        // Read before anything is awaited: a component's constructor may still touch its arguments, and what it adds is not sent
        var members = args.Members();
        if (options.Urn is { } urn)
        {
            return await LookUpAsync(urn);
        }
        // An id that is not known yet registers, as the official package does: only a deployment can read the resource
        if (options.Id is { } given && await given.ToOutput().Data is { IsKnown: true, Value: { Length: > 0 } id })
        {
            if (!resource.IsCustom)
            {
                throw new ArgumentException("ResourceOptions.Id is only valid for a CustomResource");
            }
            return await ReadAsync(resource, id, members, options, package);
        }
        return await RegisterAsync(resource, members, options, package);
    }

    /// <summary>The state of a resource that is registered already.</summary>
    private async Task<ResourceAnswer> LookUpAsync(string urn)
    {
        var response = await _monitor.InvokeAsync(new ResourceInvokeRequest
        {
            Tok = GetResourceToken,
            Args = new Struct { Fields = { [WireFields.Urn] = Value.ForString(urn) } },
            AcceptResources = AcceptsResources,
        });
        ThrowOnFailures(GetResourceToken, response.Failures);
        var fields = response.Return.Fields;
        return new ResourceAnswer(fields[WireFields.Urn].StringValue, fields[WireFields.Id].StringValue, fields["state"].StructValue);
    }

    private async Task SettleAsync(Resource resource, OutputSlots slots, IGatedOutput[] outputs, TaskCompletionSource gate, Task<ResourceAnswer> pending)
    {
        try
        {
            var answer = await pending;
            for (var i = 0; i < outputs.Length; i++)
            {
                Settle(resource, slots.All[i].Name, outputs[i], answer);
            }
            gate.SetResult();
        }
        catch (Exception e)
        {
            gate.SetException(e);
            // The outputs are watched by who uses them; the failure itself by who called
            _ = gate.Task.Exception;
            throw;
        }
    }

    private void Settle(Resource resource, string name, IGatedOutput output, ResourceAnswer answer)
    {
        var own = new ResourceSet(resource);
        switch (name)
        {
            case WireFields.Urn:
                output.Settle(own, answer.Urn, isKnown: true, isSecret: false);
                break;
            case WireFields.Id when resource.IsCustom:
                var isKnown = !string.IsNullOrEmpty(answer.Id);
                output.Settle(own, isKnown ? answer.Id : null, isKnown, isSecret: false);
                break;
            default:
                if (!answer.State.Fields.TryGetValue(name, out var value))
                {
                    output.Settle(own, ValueConverter.For(output.ValueType).Missing, isKnown: !Settings.IsDryRun && !answer.IsWithheld, isSecret: false);
                    break;
                }
                var read = PropertyReader.Read(value);
                var dependencies = own.Union(read.Resources).Union(answer.DependenciesOf(name));
                var converted = ValueConverter.For(output.ValueType).ConvertOrWarn($"{resource.GetType().FullName}.{name}", read.Value, resource);
                output.Settle(dependencies, converted, read.IsKnown, read.IsSecret);
                break;
        }
    }

    /// <summary>What the engine says of a resource.</summary>
    /// <param name="Urn">Its name.</param>
    /// <param name="Id">Its id, empty while it has none.</param>
    /// <param name="State">Its outputs.</param>
    private sealed record ResourceAnswer(string Urn, string Id, Struct State)
    {
        /// <summary>What single outputs depend on, beside the resource.</summary>
        public MapField<string, Urns>? Dependencies { get; init; }

        /// <summary>Whether the engine did not do what it was asked, so that missing outputs stay unknown.</summary>
        public bool IsWithheld { get; init; }

        public ResourceSet DependenciesOf(string property) =>
            Dependencies is null || !Dependencies.TryGetValue(property, out var urns)
                ? ResourceSet.Empty
                : ResourceSet.Of([.. urns.Urns_.Select(urn => new DependencyResource(urn))]);
    }

    private async Task<ResourceAnswer> ReadAsync(
        Resource resource,
        string id,
        IReadOnlyList<KeyValuePair<string, object?>> members,
        ResourceOptions options,
        RegisterPackageRequest? package)
    {
        var references = await SupportsAsync(Feature.ResourceReferences);
        var explicitly = await ExplicitDependenciesAsync(options.HasDependsOn ? options.DependsOn : null);
        var written = await WriteInputsAsync(resource, members, references, keepOutputValues: false, skipReferenced: false);
        var request = new ReadResourceRequest
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Id = id,
            Parent = await UrnAsync(options.Parent ?? StackOrNone),
            Provider = options.Provider is { } provider ? await provider.ReferenceAsync() : "",
            Properties = written.Values,
            Version = options.Version ?? "",
            AcceptSecrets = true,
            AcceptResources = AcceptsResources,
        };
        request.Dependencies.AddRange(await Serialization.DependencyUrns.OfAsync(explicitly.Union(written.AllDependencies)));
        if (package is not null)
        {
            request.PackageRef = await PackageReferenceAsync(package);
        }
        var response = await Monitor.ReadResourceAsync(resource, request);
        return new ResourceAnswer(response.Urn, request.Id, response.Properties ?? new());
    }
}
