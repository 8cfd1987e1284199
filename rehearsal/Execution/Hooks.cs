using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;
using Rehearsal.Planning;
using Rehearsal.Programs;
using Rehearsal.Providers;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Execution;

/// <summary>When a hook runs; the names are those by which a checkpoint keeps them.</summary>
internal enum HookKind
{
    BeforeCreate,
    AfterCreate,
    BeforeUpdate,
    AfterUpdate,
    BeforeDelete,
    AfterDelete,
    OnError,
}

/// <summary>The hooks that the program has registered, and runs of them around steps, by the rules of Pulumi's engine (pulumi/pulumi
/// pkg/resource/deploy/step.go and deployment.go, 3.274).</summary>
internal sealed class Hooks(EngineContext context)
{
    /// <summary>How often an operation is tried at most.</summary>
    private const int MostTries = 100;

    private readonly ConcurrentDictionary<string, RegisterResourceHookRequest> _hooks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Callback> _errorHooks = new(StringComparer.Ordinal);

    /// <summary>Makes a hook known by its name.</summary>
    /// <exception cref="GrpcException">It has no name, or another hook has it.</exception>
    public void Register(RegisterResourceHookRequest hook)
    {
        ProgramCallbacks.Checked(hook.Callback);
        if (hook.Name.Length == 0 || !_hooks.TryAdd(hook.Name, hook))
        {
            throw Unusable("resource hook", hook.Name);
        }
    }

    /// <inheritdoc cref="Register(RegisterResourceHookRequest)"/>
    public void Register(RegisterErrorHookRequest hook)
    {
        if (hook.Name.Length == 0 || !_errorHooks.TryAdd(hook.Name, ProgramCallbacks.Checked(hook.Callback)))
        {
            throw Unusable("error hook", hook.Name);
        }
    }

    /// <summary>Runs the hooks that come before a step.</summary>
    /// <exception cref="ProviderException">One of them failed, so that the step must not be done.</exception>
    public void Before(Step step)
    {
        if (HasHooks(step) && Operation(step) is { } operation)
        {
            Run(step, operation, after: false);
        }
    }

    /// <summary>Runs the hooks that come after a step that is done.</summary>
    /// <exception cref="ProviderException">One of them failed: what is done is done, and the operation fails.</exception>
    public void After(Step step)
    {
        if (HasHooks(step) && Operation(step) is { } operation)
        {
            Run(step, operation, after: true);
        }
    }

    /// <summary>Has a provider do something, again and again while it fails and the resource's error hooks ask for that.</summary>
    /// <exception cref="ProviderException">It failed in the end.</exception>
    public T Retried<T>(Step step, Func<T> work)
    {
        var names = HasHooks(step) ? Names(step, HookKind.OnError) : [];
        if (names.IsEmpty || context.Request.IsPreview || Operation(step) is not { } operation)
        {
            return work();
        }
        ImmutableArray<string> failures = [];
        while (true)
        {
            try
            {
                return work();
            }
            catch (ProviderException e)
            {
                failures = failures.Insert(0, e.Message);
                if (failures.Length >= MostTries)
                {
                    context.Events.Warning($"maximum number of error hook retries ({MostTries}) reached", step.Urn);
                    throw new ProviderException("maximum number of error hook retries reached");
                }
                if (!AskForAnotherTry(step, operation, names, failures))
                {
                    throw;
                }
                context.Events.Warning($"retrying {operation.ToLowerInvariant()} due to on-error hook request", step.Urn);
            }
        }
    }

    private static GrpcException Unusable(string kind, string name)
        => new(GrpcStatus.Unknown, name.Length == 0 ? $"{kind} name cannot be empty" : $"{kind} already registered for name \"{name}\"");

    private static string? Operation(Step step) => step.Operation switch
    {
        Planning.Operation.Create or Planning.Operation.CreateReplacement => "Create",
        Planning.Operation.Update => "Update",
        Planning.Operation.Delete or Planning.Operation.DeleteReplaced => "Delete",
        _ => null,
    };

    private static bool HasHooks(Step step) => !(step.New ?? step.Old)!.State.Hooks.IsEmpty;

    private static ImmutableArray<string> Names(Step step, HookKind kind) => (step.New ?? step.Old)!.State.Hooks.GetValueOrDefault(kind.ToString(), []);

    private void Run(Step step, string operation, bool after)
    {
        var names = Names(step, System.Enum.Parse<HookKind>((after ? "After" : "Before") + operation));
        if (names.IsEmpty)
        {
            return;
        }
        var request = Request(step, after);
        foreach (var name in names)
        {
            if (!_hooks.TryGetValue(name, out var hook))
            {
                throw new ProviderException($"hook \"{name}\" was not registered");
            }
            if (context.Request.IsPreview && !hook.OnDryRun)
            {
                continue;
            }
            if (Failure(hook.Callback, request) is not { } failure)
            {
                continue;
            }
            var problem = $"{(after ? "after" : "before")} hook \"{name}\" failed: {failure}";
            if (!hook.IgnoreErrors)
            {
                throw new ProviderException(problem);
            }
            context.Events.Warning(problem, step.Urn);
        }
    }

    private string? Failure(Callback hook, ResourceHookRequest request)
    {
        try
        {
            var answer = Call(hook, request, ResourceHookResponse.Parser);
            return answer.Error.Length > 0 ? answer.Error : null;
        }
        catch (GrpcException e)
        {
            return e.Message;
        }
    }

    private bool AskForAnotherTry(Step step, string operation, ImmutableArray<string> names, ImmutableArray<string> failures)
    {
        var (before, again) = (Request(step, after: false), false);
        var request = new ErrorHookRequest
        {
            Urn = before.Urn,
            Id = before.Id,
            Name = before.Name,
            Type = before.Type,
            NewInputs = before.NewInputs,
            OldInputs = before.OldInputs,
            OldOutputs = before.OldOutputs,
            FailedOperation = operation.ToLowerInvariant(),
            Errors = { failures },
        };
        foreach (var name in names)
        {
            if (!_errorHooks.TryGetValue(name, out var hook))
            {
                throw new ProviderException($"error hook \"{name}\" was not registered");
            }
            try
            {
                var answer = Call(hook, request, ErrorHookResponse.Parser);
                again |= answer.Error.Length == 0 ? answer.Retry : throw new ProviderException($"error hook \"{name}\" failed: {answer.Error}");
            }
            catch (GrpcException e)
            {
                throw new ProviderException($"error hook \"{name}\" failed: {e.Message}");
            }
        }
        return again;
    }

    // A step holds its thread as long as the program takes; what the program asks the engine meanwhile comes on others
    private T Call<T>(Callback hook, Google.Protobuf.IMessage request, Google.Protobuf.MessageParser<T> parser)
        where T : Google.Protobuf.IMessage<T> => context.Callbacks.CallAsync(hook, request, parser, context.Ended.Token).GetAwaiter().GetResult();

    // New values where a resource is made or changed, old ones where it is changed or deleted, new outputs only afterwards
    private static ResourceHookRequest Request(Step step, bool after)
    {
        var (old, @new) = (step.Operation is Planning.Operation.Create or Planning.Operation.CreateReplacement ? null : step.Old?.State, step.New?.State);
        var state = (@new ?? old)!;
        return new ResourceHookRequest
        {
            Urn = state.Urn.Value,
            Id = (after || old is null ? state.Id : old.Id) ?? "",
            Name = state.Urn.Name,
            Type = state.Type,
            NewInputs = Encoded(@new?.Inputs),
            OldInputs = Encoded(old?.Inputs),
            NewOutputs = after ? Encoded(@new?.Outputs) : null,
            OldOutputs = Encoded(old?.Outputs),
        };

        static Struct? Encoded(PropertyMap? properties) => properties is null ? null : PropertyEncoder.Encode(properties);
    }
}
