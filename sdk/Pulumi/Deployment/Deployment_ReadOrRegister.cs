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
        _ = SettleAsync(resource, slots, outputs, gate, AnswerAsync(resource, args, options, package));
    }

    private Task<ResourceAnswer> AnswerAsync(Resource resource, ResourceArgs args, ResourceOptions options, RegisterPackageRequest? package)
    {
        KeyValuePair<string, object?>[] members;
        try
        {
            // Read before anything is awaited: a component's constructor may still touch its arguments, and what it adds is not sent
            members = args.Members();
        }
        catch (Exception e)
        {
            return Task.FromException<ResourceAnswer>(e);
        }
        // Classes of providers give all their resources an id, mostly an empty one
        return options.Urn is null && (options.Id is null || ((IInput)options.Id).Content is "")
            ? RegisterAsync(resource, members, options, package)
            : FindOrRegisterAsync(resource, members, options, package);
    }

    private async Task<ResourceAnswer> FindOrRegisterAsync(
        Resource resource, KeyValuePair<string, object?>[] members, ResourceOptions options, RegisterPackageRequest? package)
    {
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

    // Tells the run itself when it is done: a task that watches this one costs some hundred bytes more, times thousands of resources
    private async Task SettleAsync(Resource resource, OutputSlots slots, IGatedOutput[] outputs, TaskCompletionSource gate, Task<ResourceAnswer> pending)
    {
        _runner.Begin();
        try
        {
            var answer = await pending;
            var own = new ResourceSet(resource);
            for (var i = 0; i < outputs.Length; i++)
            {
                Settle(resource, slots.All[i], outputs[i], answer, own);
            }
            answer.Forget();
            gate.SetResult();
            _runner.End();
        }
        catch (Exception e)
        {
            gate.SetException(e);
            // The outputs are watched by who uses them; the failure itself by the run
            _ = gate.Task.Exception;
            _runner.Fail(e);
        }
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

    private void Settle(Resource resource, OutputSlot slot, IGatedOutput output, ResourceAnswer answer, ResourceSet own)
    {
        switch (slot.Name)
        {
            case WireFields.Urn:
                output.Settle(own, answer.Urn, isKnown: true, isSecret: false);
                break;
            case WireFields.Id when resource.IsCustom:
                var isKnown = !string.IsNullOrEmpty(answer.Id);
                output.Settle(own, isKnown ? answer.Id : null, isKnown, isSecret: false);
                break;
            default:
                if (!answer.State.Fields.TryGetValue(slot.Name, out var value))
                {
                    output.Settle(own, slot.Converter.Missing, isKnown: !Settings.IsDryRun && !answer.IsWithheld, isSecret: false);
                    break;
                }
                var read = PropertyReader.Read(value);
                var dependencies = own.Union(read.Resources).Union(answer.DependenciesOf(slot.Name));
                var converted = slot.Converter.ConvertOrWarn(slot.FullName, read.Value, resource);
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
        /// <summary>Its outputs.</summary>
        public Struct State { get; private set; } = State;

        /// <summary>What single outputs depend on, beside the resource.</summary>
        public MapField<string, Urns>? Dependencies { get; private set; }

        /// <summary>Whether the engine did not do what it was asked, so that missing outputs stay unknown.</summary>
        public bool IsWithheld { get; init; }

        /// <summary>What the engine answers to a registration.</summary>
        public static ResourceAnswer Of(RegisterResourceResponse response)
        {
            var answer = new ResourceAnswer(response.Urn, response.Id, response.Object ?? new())
            {
                Dependencies = response.PropertyDependencies.Count == 0 ? null : response.PropertyDependencies,
                IsWithheld = response.Result != Result.Success,
            };
            response.Object = null;
            return answer;
        }

        /// <summary>Lets go of what was read from it: the task that it came by is old by then, and would keep it until the next collection of all.</summary>
        public void Forget() => (State, Dependencies) = (null!, null);

        public ResourceSet DependenciesOf(string property) =>
            Dependencies is null || !Dependencies.TryGetValue(property, out var urns)
                ? ResourceSet.Empty
                : ResourceSet.Of([.. urns.Urns_.Select(urn => new DependencyResource(urn))]);
    }

    private async Task<ResourceAnswer> ReadAsync(
        Resource resource,
        string id,
        KeyValuePair<string, object?>[] members,
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
