using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    private async ValueTask AddAliasesAsync(RegisterResourceRequest request, Resource resource, ResourceOptions options)
    {
        if (!await SupportsAsync(Feature.AliasSpecs))
        {
            request.AliasURNs.AddRange(await AliasUrns.OfAsync(resource));
            return;
        }
        foreach (var alias in options.AliasesOrNone)
        {
            var data = await alias.ToOutput().Data;
            if (data.IsKnown) request.Aliases.Add(await ToMessageAsync(data.Value));
        }
    }

    private static async ValueTask<Pulumirpc.Alias> ToMessageAsync(Alias alias)
    {
        alias.Check();
        if (alias.Urn is { } urn) return new Pulumirpc.Alias { Urn = urn };
        var spec = new Pulumirpc.Alias.Types.Spec
        {
            Name = await TextAsync(alias.Name),
            Type = await TextAsync(alias.Type),
            Stack = await TextAsync(alias.Stack),
            Project = await TextAsync(alias.Project),
        };
        if (alias.Parent is { } parent) spec.ParentUrn = (await parent.Urn.Data).Value;
        else if (alias.ParentUrn is { } parentUrn) spec.ParentUrn = await TextAsync(parentUrn);
        else if (alias.NoParent) spec.NoParent = true;
        return new Pulumirpc.Alias { Spec = spec };
    }

    private static async ValueTask<string> TextAsync(Input<string>? input)
    {
        if (input is null) return "";
        var data = await input.ToOutput().Data;
        return data.IsKnown ? data.Value ?? "" : "";
    }
}
