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
