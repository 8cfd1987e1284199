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
            if (data.IsKnown)
            {
                request.Aliases.Add(await data.Value.ToMessageAsync());
            }
        }
    }
}

/// <summary>The former URNs of a resource, for engines that do not work them out: every combination of its own aliases and its parents'.</summary>
internal static class AliasUrns
{
    public static async ValueTask<IReadOnlyList<string>> OfAsync(Resource resource)
    {
        var urns = new List<string>();
        foreach (var output in All(resource))
        {
            var urn = await output.Data;
            if (urn.IsKnown && !urns.Contains(urn.Value))
            {
                urns.Add(urn.Value);
            }
        }
        return urns;
    }

    private static List<Output<string>> All(Resource resource)
    {
        var (name, type, parent) = (resource.GetResourceName(), resource.GetResourceType(), resource.Lineage.Parent);
        var own = resource.Lineage.Aliases.Select(argument => Collapsed(argument, name, type, parent)).ToList();
        if (parent is null)
        {
            return own;
        }
        var result = new List<Output<string>>(own);
        foreach (var parentAlias in All(parent))
        {
            result.Add(Urn.OfChild(name, type, parent.GetResourceName(), parentAlias));
            result.AddRange(own.Select(alias => alias.Apply(urn => Urn.OfChild(Urn.NameOf(urn), Urn.TypeOf(urn), parent.GetResourceName(), parentAlias))));
        }
        return result;
    }

    private static Output<string> Collapsed(Input<Alias> alias, string name, string type, Resource? parent) => alias.ToOutput().Apply(alia =>
    {
        alia.Check();
        if (alia.Urn is not null)
        {
            return Output.Create(alia.Urn);
        }
        var above = alia.Parent ?? (alia.ParentUrn is null && !alia.NoParent ? parent : null);
        return Urn.Create(alia.Name ?? name, alia.Type ?? type, above, alia.ParentUrn, alia.Project, alia.Stack);
    });
}
