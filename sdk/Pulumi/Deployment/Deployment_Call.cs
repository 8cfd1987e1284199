using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    private const string Self = "__self__";

    internal Output<T> Call<T>(string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? package) =>
        new(CallAsync<T>(token, args, self, options, package));

    private async Task<OutputData<T>> CallAsync<T>(string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? package)
    {
        IReadOnlyList<KeyValuePair<string, object?>> members = self is null ? args.Members() : [.. args.Members(), new(Self, self)];
        var written = await WriteArgsAsync(
            $"call:{token}", members, await SupportsAsync(Feature.ResourceReferences), await SupportsAsync(Feature.OutputValues), skipReferenced: true);
        var provider = options?.Provider ?? self?.Lineage.Provider ?? options?.Parent?.Lineage.ProviderFor(token);
        var request = new ResourceCallRequest
        {
            Tok = token,
            Args = written.Values,
            Provider = provider is null ? "" : await provider.ReferenceAsync(),
            Version = options?.Version ?? self?.Lineage.Version ?? "",
            PluginDownloadURL = options?.PluginDownloadURL ?? self?.Lineage.PluginDownloadURL ?? "",
            PackageRef = package is null ? "" : await PackageReferenceAsync(package),
        };
        foreach (var (name, resources) in written.Dependencies)
        {
            var urns = new Urns();
            urns.Urns_.AddRange(await DependencyUrns.OfAsync(resources));
            request.ArgDependencies.Add(name, urns);
        }
        var response = await _monitor.CallAsync(request);
        ThrowOnFailures(token, response.Failures);
        var converted = Converted<T>(token, response.Return ?? new(), single: false);
        var dependencies = ResourceSet.Of([
            .. response.ReturnDependencies.Values.SelectMany(value => value.Urns_).Distinct().Select(urn => new DependencyResource(urn)),
        ]);
        return converted with { Resources = converted.Resources.Union(dependencies) };
    }
}
