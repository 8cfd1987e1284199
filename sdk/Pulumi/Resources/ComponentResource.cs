using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A resource that groups others; the program makes its children, or with <c>remote</c> a provider does.</summary>
public class ComponentResource : Resource
{
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options, remote: false, registerPackageRequest: null)
    {
    }

    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : this(type, name, args, options, remote, registerPackageRequest: null)
    {
    }

    public ComponentResource(
        string type, string name, ResourceArgs? args, ComponentResourceOptions? options, bool remote, RegisterPackageRequest? registerPackageRequest = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new ComponentResourceOptions(), isCustom: false, remote, registerPackageRequest)
    {
    }

    /// <summary>Registers every property marked as an output.</summary>
    protected void RegisterOutputs() => RegisterOutputs(Serialization.ComponentOutputs.Of(this));

    protected void RegisterOutputs(IDictionary<string, object?> outputs) => RegisterOutputs(Output.Create(Output.Given(outputs)));

    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs) => RegisterOutputs(Output.Create(Output.Given(outputs)));

    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs) => Deployment.Required.RegisterOutputs(this, Output.Given(outputs));
}

/// <summary>The root of all resources; a program derives from it to declare its outputs as properties.</summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    public Stack(StackOptions? options = null)
        : base(RootType, $"{Deployment.Instance.ProjectName}-{Deployment.Instance.StackName}", Converted(options)) => Deployment.Required.Stack = this;

    /// <summary>Runs a program below a new stack, and registers its result as the stack's outputs.</summary>
    internal static async Task OfProgram(Func<Task<IDictionary<string, object?>>> program, StackOptions? options)
    {
        var stack = new Stack(options);
        var outputs = await program();
        stack.RegisterOutputs(outputs ?? new Dictionary<string, object?>());
    }

    /// <summary>Constructs a stack class, and registers its properties as the stack's outputs.</summary>
    internal static Task OfClass(Func<Stack> construct)
    {
        var stack = construct();
        stack.RegisterOutputs(ComponentOutputs.OfStack(stack));
        return Task.CompletedTask;
    }

    private static ComponentResourceOptions? Converted(StackOptions? options) =>
        options is null
            ? null
            : new ComponentResourceOptions { ResourceTransformations = options.ResourceTransformations, ResourceTransforms = options.ResourceTransforms };
}
