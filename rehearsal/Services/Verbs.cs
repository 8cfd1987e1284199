using Rehearsal.Functions;
using Rehearsal.Providers;
using Rehearsal.Registration;
using Rehearsal.Schemas;

namespace Rehearsal.Services;

/// <summary>All calls of one engine, wired to what answers them.</summary>
internal static class Verbs
{
    public static IEnumerable<IVerb> For(EngineContext context, SchemaStore schemas)
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
