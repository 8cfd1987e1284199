using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    internal Task RegisterHook(ResourceHook hook) => Watched(RegisterHookAsync(hook));

    internal Task RegisterHook(ErrorHook hook) => Watched(RegisterHookAsync(hook));

    private Task Watched(Task task)
    {
        Watch(task);
        return task;
    }

    private async Task RegisterHookAsync(ResourceHook hook)
    {
        if (!await SupportsAsync(Feature.ResourceHooks))
        {
            throw new InvalidOperationException("The Pulumi CLI does not support resource hooks. Please update the Pulumi CLI.");
        }
        var callback = await _callbacks.AddAsync(
            ResourceHookRequest.Parser,
            async (request, cancellation) =>
            {
                await hook.Callback(
                    new ResourceHookArgs(
                        request.Urn,
                        request.Id,
                        request.Name,
                        request.Type,
                        HookValues(request.NewInputs),
                        HookValues(request.OldInputs),
                        HookValues(request.NewOutputs),
                        HookValues(request.OldOutputs)),
                    cancellation);
                return (IMessage)new ResourceHookResponse();
            });
        await _monitor.RegisterResourceHookAsync(
            new RegisterResourceHookRequest
            {
                Name = hook.Name,
                Callback = callback,
                OnDryRun = hook.Options.OnDryRun ?? false,
                IgnoreErrors = hook.Options.IgnoreErrors ?? false,
            });
    }

    private async Task RegisterHookAsync(ErrorHook hook)
    {
        if (!await SupportsAsync(Feature.ErrorHooks))
        {
            throw new InvalidOperationException("The Pulumi CLI does not support error hooks. Please update the Pulumi CLI.");
        }
        var callback = await _callbacks.AddAsync(ErrorHookRequest.Parser, async (request, cancellation) =>
        {
            var retry = await hook.Callback(
                new ErrorHookArgs(
                    request.Urn,
                    request.Id,
                    request.Name,
                    request.Type,
                    HookValues(request.NewInputs),
                    HookValues(request.OldInputs),
                    HookValues(request.OldOutputs),
                    request.FailedOperation,
                    [.. request.Errors]),
                cancellation);
            return (IMessage)new ErrorHookResponse { Retry = retry };
        });
        await _monitor.RegisterErrorHookAsync(new RegisterErrorHookRequest { Name = hook.Name, Callback = callback });
    }

    /// <summary>A resource's values as a hook sees them: plain, secrets as outputs, null where one is unknown.</summary>
    private static ImmutableDictionary<string, object?>? HookValues(Struct? values) => values?.Fields.ToImmutableDictionary(field => field.Key, field =>
    {
        var read = PropertyReader.ReadWithOutputs(field.Value);
        return read.IsSecret ? Output.CreateSecret(read.Value) : read.Value;
    });
}
