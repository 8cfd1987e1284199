using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The outputs of another stack.</summary>
public class StackReference : CustomResource
{
    /// <summary>Reads the outputs of another stack.</summary>
    /// <param name="name">The stack, as <c>organization/project/stack</c>, unless the arguments name it.</param>
    /// <param name="args">The stack's name if it is not the resource's.</param>
    /// <param name="options">Options; the id is the stack's name.</param>
    public StackReference(string name, StackReferenceArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "pulumi:pulumi:StackReference",
            name,
            new StackReferenceArgs { Name = args?.Name ?? name },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = args?.Name ?? name }),
            registerPackageRequest: null)
    {
    }

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    [Output("outputs")]
    public Output<ImmutableDictionary<string, object>> Outputs { get; private set; } = null!;

    [Output("secretOutputNames")]
    public Output<ImmutableArray<string>> SecretOutputNames { get; private set; } = null!;

    /// <summary>One output, null if the stack has none of that name.</summary>
    public Output<object?> GetOutput(Input<string> name)
    {
        var value = Output.Tuple(name.ToOutput(), Outputs).Apply(both => both.Item2.GetValueOrDefault(both.Item1));
        return new Output<object?>(KeepSecretAsync(value, name.ToOutput()));
    }

    /// <summary>One output; an error if the stack has none of that name.</summary>
    public Output<object> RequireOutput(Input<string> name)
    {
        var value = Output
            .Tuple(name.ToOutput(), Outputs)
            .Apply(both =>
                both.Item2.TryGetValue(both.Item1, out var found)
                    ? found
                    : throw new KeyNotFoundException($"Required output '{both.Item1}' does not exist on stack '{GetResourceName()}'."));
        return new Output<object>(KeepSecretAsync(value, name.ToOutput()));
    }

    /// <summary>One output as plain value, null if there is none; an error if it is secret.</summary>
    public async Task<object?> GetValueAsync(Input<string> name) => Revealed(await GetOutput(name).Data, "GetOutputValueAsync", "GetOutput");

    /// <summary>One output as plain value; an error if there is none, or if it is secret.</summary>
    public async Task<object> RequireValueAsync(Input<string> name) => Revealed(await RequireOutput(name).Data, "RequireOutputValueAsync", "RequireOutput");

    /// <summary>One output as plain value, in the property that tells whether it is secret.</summary>
    public async Task<StackReferenceOutputDetails> GetOutputDetailsAsync(string name)
    {
        var data = await GetOutput(name).Data;
        return data.IsSecret ? new StackReferenceOutputDetails { SecretValue = data.Value } : new StackReferenceOutputDetails { Value = data.Value };
    }

    private static T Revealed<T>(OutputData<T> data, string called, string instead) => data.IsSecret
        ? throw new InvalidOperationException($"Cannot call '{called}' if the referenced stack has secret outputs. Use '{instead}' instead.")
        : data.Value;

    /// <summary>The outputs travel as one secret object as soon as one of them is secret: only those that are named so stay secret.</summary>
    private async Task<OutputData<T>> KeepSecretAsync<T>(Output<T> value, Output<string> name)
    {
        var data = await value.Data;
        var names = await SecretOutputNames.Data;
        var asked = await name.Data;
        if (!names.IsKnown || names.Value.IsDefault || !asked.IsKnown)
        {
            return data with { IsSecret = (await Outputs.Data).IsSecret };
        }
        return data with { IsSecret = names.Value.Contains(asked.Value) };
    }
}

/// <summary>The arguments of a stack reference.</summary>
public class StackReferenceArgs : ResourceArgs
{
    /// <summary>The stack, as <c>organization/project/stack</c>; the resource's name when not given.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}

/// <summary>One output of another stack: at most one of the two is set.</summary>
public sealed class StackReferenceOutputDetails
{
    public object? Value { get; set; }

    public object? SecretValue { get; set; }
}
