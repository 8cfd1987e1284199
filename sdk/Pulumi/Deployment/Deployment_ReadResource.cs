using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
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
        var response = await _monitor.ReadResourceAsync(resource, request);
        return new ResourceAnswer(response.Urn, request.Id, response.Properties ?? new());
    }
}
