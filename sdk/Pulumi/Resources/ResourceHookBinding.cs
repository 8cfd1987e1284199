namespace Pulumi;

/// <summary>Which hooks run at which operation on a resource.</summary>
public class ResourceHookBinding
{
    private List<ResourceHook>? _beforeCreate;
    private List<ResourceHook>? _afterCreate;
    private List<ResourceHook>? _beforeUpdate;
    private List<ResourceHook>? _afterUpdate;
    private List<ResourceHook>? _beforeDelete;
    private List<ResourceHook>? _afterDelete;
    private List<ErrorHook>? _onError;

    public List<ResourceHook> BeforeCreate
    {
        get => _beforeCreate ??= [];
        set => _beforeCreate = value;
    }

    public List<ResourceHook> AfterCreate
    {
        get => _afterCreate ??= [];
        set => _afterCreate = value;
    }

    public List<ResourceHook> BeforeUpdate
    {
        get => _beforeUpdate ??= [];
        set => _beforeUpdate = value;
    }

    public List<ResourceHook> AfterUpdate
    {
        get => _afterUpdate ??= [];
        set => _afterUpdate = value;
    }

    public List<ResourceHook> BeforeDelete
    {
        get => _beforeDelete ??= [];
        set => _beforeDelete = value;
    }

    public List<ResourceHook> AfterDelete
    {
        get => _afterDelete ??= [];
        set => _afterDelete = value;
    }

    public List<ErrorHook> OnError
    {
        get => _onError ??= [];
        set => _onError = value;
    }

    public bool IsEmpty =>
        _beforeCreate is not { Count: > 0 }
        && _afterCreate is not { Count: > 0 }
        && _beforeUpdate is not { Count: > 0 }
        && _afterUpdate is not { Count: > 0 }
        && _beforeDelete is not { Count: > 0 }
        && _afterDelete is not { Count: > 0 }
        && _onError is not { Count: > 0 };

    /// <summary>A copy whose lists can be changed without the original noticing.</summary>
    public ResourceHookBinding Clone() => Concat(new ResourceHookBinding());

    /// <summary>A new binding with the hooks of both, ours first.</summary>
    public ResourceHookBinding Concat(ResourceHookBinding other) => new()
    {
        BeforeCreate = [.. BeforeCreate, .. other.BeforeCreate],
        AfterCreate = [.. AfterCreate, .. other.AfterCreate],
        BeforeUpdate = [.. BeforeUpdate, .. other.BeforeUpdate],
        AfterUpdate = [.. AfterUpdate, .. other.AfterUpdate],
        BeforeDelete = [.. BeforeDelete, .. other.BeforeDelete],
        AfterDelete = [.. AfterDelete, .. other.AfterDelete],
        OnError = [.. OnError, .. other.OnError],
    };

    /// <summary>The hooks that a message names.</summary>
    internal static ResourceHookBinding OfMessage(Pulumirpc.RegisterResourceRequest.Types.ResourceHooksBinding? message) => message is null ? new() : new()
    {
        BeforeCreate = [.. message.BeforeCreate.Select(name => new ResourceHook.Named(name))],
        AfterCreate = [.. message.AfterCreate.Select(name => new ResourceHook.Named(name))],
        BeforeUpdate = [.. message.BeforeUpdate.Select(name => new ResourceHook.Named(name))],
        AfterUpdate = [.. message.AfterUpdate.Select(name => new ResourceHook.Named(name))],
        BeforeDelete = [.. message.BeforeDelete.Select(name => new ResourceHook.Named(name))],
        AfterDelete = [.. message.AfterDelete.Select(name => new ResourceHook.Named(name))],
        OnError = [.. message.OnError.Select(name => new ErrorHook.Named(name))],
    };

    /// <summary>The names of the hooks, each as soon as the engine knows it.</summary>
    internal async ValueTask<Pulumirpc.RegisterResourceRequest.Types.ResourceHooksBinding> ToMessageAsync()
    {
        var message = new Pulumirpc.RegisterResourceRequest.Types.ResourceHooksBinding();
        foreach (var hook in BeforeCreate)
        {
            message.BeforeCreate.Add(await NameAsync(hook.Name, hook.Registered));
        }
        foreach (var hook in AfterCreate)
        {
            message.AfterCreate.Add(await NameAsync(hook.Name, hook.Registered));
        }
        foreach (var hook in BeforeUpdate)
        {
            message.BeforeUpdate.Add(await NameAsync(hook.Name, hook.Registered));
        }
        foreach (var hook in AfterUpdate)
        {
            message.AfterUpdate.Add(await NameAsync(hook.Name, hook.Registered));
        }
        foreach (var hook in BeforeDelete)
        {
            message.BeforeDelete.Add(await NameAsync(hook.Name, hook.Registered));
        }
        foreach (var hook in AfterDelete)
        {
            message.AfterDelete.Add(await NameAsync(hook.Name, hook.Registered));
        }
        foreach (var hook in OnError)
        {
            message.OnError.Add(await NameAsync(hook.Name, hook.Registered));
        }
        return message;
    }

    private static async ValueTask<string> NameAsync(string name, Task registered)
    {
        await registered;
        return name;
    }
}
