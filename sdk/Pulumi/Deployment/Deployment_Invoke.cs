using Google.Protobuf.WellKnownTypes;
using Protocol;
using Pulumi.Serialization;
using Pulumirpc;

namespace Pulumi;

public sealed partial class Deployment
{
    private const string Self = "__self__";

    internal Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options, bool single, RegisterPackageRequest? package) =>
        new(InvokeOutputAsync<T>(token, args, options, single, package));

    /// <summary>Calls a function for its effect.</summary>
    internal async Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options, RegisterPackageRequest? package)
    {
        var written = await WriteArgsAsync(
            $"invoke:{token}", args.Members(), await SupportsAsync(Feature.ResourceReferences), keepOutputValues: false, skipReferenced: false);
        await SendInvokeAsync(token, written.Values, options, package);
    }

    internal async Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options, bool single, RegisterPackageRequest? package)
    {
        var written = await WriteArgsAsync(
            $"invoke:{token}", args.Members(), await SupportsAsync(Feature.ResourceReferences), keepOutputValues: false, skipReferenced: false);
        var answer = await SendInvokeAsync(token, written.Values, options, package);
        return Converted<T>(token, answer, single).Value;
    }

    private async Task<OutputData<T>> InvokeOutputAsync<T>(string token, InvokeArgs args, InvokeOptions? options, bool single, RegisterPackageRequest? package)
    {
        var written = await WriteArgsAsync(
            $"invoke:{token}", args.Members(), await SupportsAsync(Feature.ResourceReferences), keepOutputValues: false, skipReferenced: false);
        var dependencies = written.AllDependencies.Union(await ExplicitDependenciesAsync((options as InvokeOutputOptions)?.DependsOnOrNone));
        if (HasUnknown(written.Values) || !await AreThereAsync(dependencies))
        {
            return new OutputData<T>(ResourceSet.Empty, default!, IsKnown: false, IsSecret: false);
        }
        var answer = await SendInvokeAsync(token, written.Values, options, package);
        var converted = Converted<T>(token, answer, single);
        return new OutputData<T>(dependencies.Union(converted.Resources), converted.Value, converted.IsKnown, converted.IsSecret);
    }

    private async Task<Struct> SendInvokeAsync(string token, Struct args, InvokeOptions? options, RegisterPackageRequest? package)
    {
        await Task.WhenAll(_invokeTransforms);
        var provider = options?.Provider ?? options?.Parent?.Lineage.ProviderFor(token);
        var response = await _monitor.InvokeAsync(new ResourceInvokeRequest
        {
            Tok = token,
            Args = args,
            Provider = provider is null ? "" : await provider.ReferenceAsync(),
            Version = options?.Version ?? "",
            PluginDownloadURL = options?.PluginDownloadURL ?? "",
            AcceptResources = AcceptsResources,
            PackageRef = package is null ? "" : await PackageReferenceAsync(package),
        });
        ThrowOnFailures(token, response.Failures);
        return response.Return ?? new Struct();
    }

    private static OutputData<T> Converted<T>(string token, Struct answer, bool single)
    {
        var value = single ? answer.Fields.Values.First() : Value.ForStruct(answer);
        var read = PropertyReader.Read(value);
        var context = $"{token} result";
        ValueConverter.Check(context, typeof(T));
        return read.With(ValueConverter.For(typeof(T)).ConvertOrWarn(context, read.Value, about: null) is T fit ? fit : default!);
    }

    private static bool HasUnknown(Struct args) => args.Fields.Values.Any(HasUnknown);

    private static bool HasUnknown(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue == WireSignatures.UnknownString,
        Value.KindOneofCase.ListValue => value.ListValue.Values.Any(HasUnknown),
        Value.KindOneofCase.StructValue => HasUnknown(value.StructValue),
        _ => false,
    };

    /// <summary>Whether the resources, or those inside where one is a component, are there already.</summary>
    private static async ValueTask<bool> AreThereAsync(ResourceSet resources)
    {
        foreach (var resource in DependencyUrns.Reached(resources))
        {
            if (resource is CustomResource and not DependencyResource && !(await ((CustomResource)resource).Id.Data).IsKnown)
            {
                return false;
            }
        }
        return true;
    }

    private static void ThrowOnFailures(string token, IEnumerable<CheckFailure> failures)
    {
        var reasons = failures.Select(failure => $"{failure.Reason} ({failure.Property})").ToList();
        if (reasons.Count > 0)
        {
            throw new InvokeException($"Invoke of '{token}' failed: {string.Join("; ", reasons)}");
        }
    }

    internal Output<T> Call<T>(string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? package) =>
        new(CallAsync<T>(token, args, self, options, package));

    private async Task<OutputData<T>> CallAsync<T>(string token, CallArgs args, Resource? self, CallOptions? options, RegisterPackageRequest? package)
    {
        KeyValuePair<string, object?>[] members = self is null ? args.Members() : [.. args.Members(), new(Self, self)];
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
        foreach (var name in written.Values.Fields.Keys)
        {
            var urns = new Urns();
            urns.Urns_.AddRange(await DependencyUrns.OfAsync(written.DependenciesOf(name)));
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

    /// <summary>A function that the provider refused to answer.</summary>
    private sealed class InvokeException(string message) : Exception(message);
}
