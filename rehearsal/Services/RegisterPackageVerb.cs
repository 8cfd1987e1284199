using Google.Protobuf;
using Pulumirpc;
using Rehearsal.Registration;

namespace Rehearsal.Services;

/// <summary>A program names a package that its later calls refer to.</summary>
internal sealed class RegisterPackageVerb(EngineContext context, PackageReferences packages) : Verb<RegisterPackageRequest>(Methods.RegisterPackage, RegisterPackageRequest.Parser)
{
    protected override IMessage Answer(RegisterPackageRequest request) => request.Parameterization is { } parameterization
        ? throw context.Events.Refuse($"the package '{parameterization.Name}' is made by the plugin '{request.Name}' from parameters, and this engine runs no plugins: preview with the Pulumi CLI")
        : new RegisterPackageResponse { Ref = packages.Add(request.Version, request.DownloadUrl) };
}
