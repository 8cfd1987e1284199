using System.Collections.Immutable;
using Protocol;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    public static Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources) =>
        TestAsync(
            testMocks,
            testOptions,
            () =>
            {
                createResources();
                return Task.CompletedTask;
            });

    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
    {
        var (resources, _) = await TestAsync(testMocks, testOptions, async () =>
        {
            await createResources();
            return (IDictionary<string, object?>)new Dictionary<string, object?>();
        });
        return resources;
    }

    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<IDictionary<string, object?>> createResources
    ) => TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    /// <summary>Runs a program whose result is the stack's outputs against mocks.</summary>
    /// <returns>The resources in the order of their registration, and the stack's outputs.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
    {
        IDictionary<string, object?> outputs = ImmutableDictionary<string, object?>.Empty;
        var resources = await RehearseAsync(testMocks, testOptions, () => Stack.OfProgram(
            async () =>
            {
                outputs = await createResources();
                // A test gets the outputs as they are, so that they may be of any type: they are not registered
                return ImmutableDictionary<string, object?>.Empty;
            },
            options: null));
        // The stack that a function runs under is not one of its resources
        return ([.. resources.Where(resource => resource is not Pulumi.Stack)], outputs);
    }

    /// <summary>Runs a program that is the constructor of a stack class against mocks.</summary>
    /// <returns>The resources in the order of their registration.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() => RehearseAsync(mocks, options, () => Stack.OfClass(() => new TStack()));

    /// <summary>Runs a program that is the constructor of a stack class whose parameters are services against mocks.</summary>
    /// <returns>The resources in the order of their registration.</returns>
    /// <exception cref="RunException">The program failed.</exception>
    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks,
        IServiceProvider serviceProvider,
        TestOptions? options = null)
        where TStack : Stack =>
        RehearseAsync(
            mocks,
            options,
            () =>
                Stack.OfClass(() =>
                    (TStack)(
                        serviceProvider.GetService(typeof(TStack))
                        ?? throw new InvalidOperationException(
                            $"Failed to resolve instance of type {typeof(TStack)} from service provider. Register the type with the service provider before calling the test."))));

    private static async Task<ImmutableArray<Resource>> RehearseAsync(IMocks mocks, TestOptions? options, Func<Task> program)
    {
        var settings = new DeploymentSettings(
            options?.OrganizationName ?? "organization",
            options?.ProjectName ?? "project",
            options?.StackName ?? "stack",
            options?.RootDirectory ?? "/",
            options?.IsPreview ?? true)
        {
            Config = Pulumi.Config.Parse(Environment.GetEnvironmentVariable(ProgramVariables.Config)),
        };
        var engine = new MockEngine();
        var monitor = new MockMonitor(mocks, settings);
        var deployment = new Deployment(settings, monitor, engine);
        await using var callbacks = deployment._callbacks;
        await deployment.RunToEndAsync(program);
        return engine.Errors switch
        {
            [] => monitor.Resources,
            [var only] => throw new RunException(only),
            var several => throw new AggregateException(several.Select(entry => new RunException(entry))),
        };
    }
}
