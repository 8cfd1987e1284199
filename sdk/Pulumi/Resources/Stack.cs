using Pulumi.Serialization;

namespace Pulumi;

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
