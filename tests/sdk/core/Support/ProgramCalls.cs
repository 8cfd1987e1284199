using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumirpc;

namespace Tests.Sdk.Core.Support;

/// <summary>
/// What an engine calls back in a program, in the order in which Pulumi's does: a resource's own transforms, then those of its parents; hooks around the
/// operation. A resource whose name begins with <c>updated</c> was there before with the text <c>old</c>, one that begins with <c>deleted</c> is deleted at the
/// end, and the first attempt at one that begins with <c>flaky</c> fails.
/// </summary>
internal sealed class ProgramCalls(RecordedRun run, bool isPreview, Action<Callback>? onCallback) : IDisposable
{
    private readonly ConcurrentDictionary<string, GrpcChannel> _channels = new();
    private readonly ConcurrentDictionary<string, Callback[]> _transforms = new();
    private readonly ConcurrentQueue<Callback> _invokeTransforms = new();
    private readonly ConcurrentDictionary<string, RegisterResourceHookRequest> _hooks = new();
    private readonly ConcurrentDictionary<string, Callback> _errorHooks = new();
    private readonly ConcurrentQueue<(RegisterResourceRequest Request, string Urn, string Id, Struct State)> _deleted = new();

    public Empty Add(Callback invokeTransform)
    {
        _invokeTransforms.Enqueue(invokeTransform);
        return new Empty();
    }

    public Empty Add(RegisterResourceHookRequest hook)
    {
        _hooks[hook.Name] = hook;
        lock (run)
        {
            run.Hooks[hook.Name] = hook;
        }
        return new Empty();
    }

    public Empty Add(RegisterErrorHookRequest hook)
    {
        _errorHooks[hook.Name] = hook.Callback;
        return new Empty();
    }

    public async Task TransformAsync(RegisterResourceRequest request, string urn)
    {
        Callback[] all = [.. request.Transforms, .. _transforms.GetValueOrDefault(request.Parent, [])];
        _transforms[urn] = all;
        foreach (var transform in all)
        {
            var asked = new TransformRequest
            {
                Type = request.Type,
                Name = request.Name,
                Custom = request.Custom,
                Parent = request.Parent,
                Properties = OutputValues.Of(request),
                Options = TransformedOptions.Of(request),
            };
            var answer = await CallAsync(transform, asked, TransformResponse.Parser);
            lock (run)
            {
                run.Transforms.Add((asked, answer));
            }
            if (answer.Properties is not null)
            {
                request.Object = answer.Properties;
            }
            if (answer.Options is not null)
            {
                TransformedOptions.Apply(answer.Options, request);
            }
        }
    }

    public async Task TransformAsync(ResourceInvokeRequest request)
    {
        foreach (var transform in _invokeTransforms)
        {
            var options = new TransformInvokeOptions
            {
                Provider = request.Provider,
                Version = request.Version,
                PluginDownloadUrl = request.PluginDownloadURL,
            };
            var answer = await CallAsync(
                transform,
                new TransformInvokeRequest
                {
                    Token = request.Tok,
                    Args = request.Args,
                    Options = options,
                },
                TransformInvokeResponse.Parser);
            request.Args = answer.Args ?? request.Args;
            request.Version = answer.Options?.Version ?? request.Version;
            request.Provider = answer.Options?.Provider ?? request.Provider;
        }
    }

    /// <summary>Runs the hooks around a creation or an update.</summary>
    public async Task OperateAsync(RegisterResourceRequest request, string urn, string id, Struct state)
    {
        if (request.Name.StartsWith("deleted", StringComparison.Ordinal))
        {
            _deleted.Enqueue((request, urn, id, state));
        }
        if (request.Hooks is not { } hooks)
        {
            return;
        }
        var isUpdate = request.Name.StartsWith("updated", StringComparison.Ordinal);
        var old = isUpdate ? new Struct { Fields = { ["text"] = Value.ForString("old") } } : null;
        var call = new ResourceHookRequest
        {
            Urn = urn,
            Id = id,
            Name = request.Name,
            Type = request.Type,
            NewInputs = request.Object,
            OldInputs = old,
            OldOutputs = old,
        };
        await RunAsync(isUpdate ? hooks.BeforeUpdate : hooks.BeforeCreate, call, isAfter: false);
        await FailAndAskAsync(request, urn, hooks.OnError);
        call.NewOutputs = state;
        await RunAsync(isUpdate ? hooks.AfterUpdate : hooks.AfterCreate, call, isAfter: true);
    }

    /// <summary>Deletes what is to be deleted once the program has nothing more to say.</summary>
    public async Task DeleteAsync()
    {
        foreach (var (request, urn, id, state) in _deleted)
        {
            var call = new ResourceHookRequest { Urn = urn, Id = id, Name = request.Name, Type = request.Type, OldInputs = request.Object, OldOutputs = state };
            await RunAsync(request.Hooks.BeforeDelete, call, isAfter: false);
            await RunAsync(request.Hooks.AfterDelete, call, isAfter: true);
        }
    }

    public void Dispose()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }
    }

    private async Task FailAndAskAsync(RegisterResourceRequest request, string urn, IEnumerable<string> errorHooks)
    {
        if (!request.Name.StartsWith("flaky", StringComparison.Ordinal))
        {
            return;
        }
        const string Error = "the cloud is busy";
        foreach (var name in errorHooks)
        {
            var call = new ErrorHookRequest
            {
                Urn = urn,
                Name = request.Name,
                Type = request.Type,
                NewInputs = request.Object,
                FailedOperation = "create",
                Errors = { Error },
            };
            if ((await CallAsync(_errorHooks[name], call, ErrorHookResponse.Parser)).Retry)
            {
                return;
            }
        }
        throw new InvalidOperationException(Error);
    }

    private async Task RunAsync(IEnumerable<string> names, ResourceHookRequest call, bool isAfter)
    {
        foreach (var hook in names.Select(name => _hooks[name]).Where(item => item.OnDryRun || !isPreview))
        {
            try
            {
                var answer = await CallAsync(hook.Callback, call, ResourceHookResponse.Parser);
                if (answer.Error.Length > 0)
                {
                    throw new InvalidOperationException(answer.Error);
                }
            }
            catch (GrpcException e) when (isAfter || hook.IgnoreErrors)
            {
                lock (run)
                {
                    run.Warnings.Add($"hook {hook.Name}: {e.Message}");
                }
            }
        }
    }

    private async Task<T> CallAsync<T>(Callback callback, IMessage request, MessageParser<T> parser)
        where T : IMessage<T>
    {
        onCallback?.Invoke(callback);
        var channel = _channels.GetOrAdd(callback.Target, static target => new GrpcChannel(target));
        var call = new CallbackInvokeRequest { Token = callback.Token, Request = request.ToByteString() };
        return parser.ParseFrom((await channel.CallAsync("/pulumirpc.Callbacks/Invoke", call, CallbackInvokeResponse.Parser)).Response);
    }
}
