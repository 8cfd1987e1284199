using Google.Protobuf;
using Protocol;
using Rehearsal.Functions;
using Rehearsal.Providers;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Services;

/// <summary>All calls of one engine, wired to what answers them.</summary>
internal static class Verbs
{
    /// <summary>A server of all calls that does not listen yet.</summary>
    /// <param name="context">What the calls work on.</param>
    /// <param name="schemas">The providers' schemas.</param>
    /// <param name="unexpected">Told of failures of the engine itself.</param>
    public static GrpcServer Server(EngineContext context, SchemaStore schemas, Action<string, Exception> unexpected) => new(For(context, schemas), (call, e) =>
    {
        if (e is WireException or InvalidProtocolBufferException or FormatException) return new GrpcException(GrpcStatus.InvalidArgument, e.Message, e);
        var failure = $"the engine failed while it answered {call}: {e.Message}";
        unexpected(failure, e);
        return new GrpcException(GrpcStatus.Internal, failure, e);
    });

    private static IEnumerable<IVerb> For(EngineContext context, SchemaStore schemas)
    {
        var providers = new ProviderRegistry(schemas);
        var resolver = new ProviderResolver(context);
        var packages = new PackageReferences();
        return
        [
            new SupportsFeatureVerb(),
            new GetDeploymentInfoVerb(context.Request),
            new RegisterPackageVerb(context, packages),
            new RegisterResourceVerb(context, new Registrar(context, resolver, providers), packages),
            new RegisterResourceOutputsVerb(new OutputsRegistrar(context)),
            new ReadResourceVerb(new ResourceReader(context, resolver, providers), packages),
            new InvokeVerb(new FunctionRegistry(context, schemas)),
            new CallVerb(context),
            new LogVerb(context.Events),
            new GetRootResourceVerb(context.Graph),
            new SetRootResourceVerb(context),
            new RequirePulumiVersionVerb(context.Events),
            new AcknowledgeVerb(Methods.SignalAndWaitForShutdown),
            new AcknowledgeVerb(Methods.StartDebugging),
            new UnsupportedVerb(Methods.RegisterStackTransform, "transformations in the engine"),
            new UnsupportedVerb(Methods.RegisterStackInvokeTransform, "transformations in the engine"),
            new UnsupportedVerb(Methods.RegisterResourceHook, "resource hooks"),
            new UnsupportedVerb(Methods.RegisterErrorHook, "error hooks"),
        ];
    }
}
