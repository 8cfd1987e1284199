using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>Makes and combines outputs.</summary>
public static partial class Output
{
    public static Output<T> Create<T>(T value) => new(new OutputData<T>(ResourceSet.Empty, value, IsKnown: true, IsSecret: false));

    public static Output<T> Create<T>(Task<T> value) => new(WhenThere(Given(value), isSecret: false));

    public static Output<T> CreateSecret<T>(T value) => new(new OutputData<T>(ResourceSet.Empty, value, IsKnown: true, IsSecret: true));

    public static Output<T> CreateSecret<T>(Task<T> value) => new(WhenThere(Given(value), isSecret: true));

    public static Output<T> CreateSecret<T>(Output<T> value) => Marked(Given(value), isSecret: true);

    public static Output<T> Unsecret<T>(Output<T> output) => Marked(output, isSecret: false);

    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.Data).IsSecret;

    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => AllOf(Array.ConvertAll(inputs, Plain));

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => AllOf([.. inputs.Select(Plain)]);

    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => AllOf(outputs);

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => AllOf([.. outputs]);

    /// <summary>The text of an interpolated string whose holes may be outputs and inputs.</summary>
    public static Output<string> Format(FormattableString formattableString)
    {
        var format = formattableString.Format;
        return AllOf(Array.ConvertAll(formattableString.GetArguments(), Hole))
            .Apply(holes => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, [.. holes]));
    }

    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null) =>
        new(Serialization.OutputJson.WriteAsync(Given(value), options));

    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null) =>
        new(Serialization.OutputJson.ReadAsync<T>(Given(json), options));

    internal static Output<T> Unknown<T>(T value) => new(new OutputData<T>(ResourceSet.Empty, value, IsKnown: false, IsSecret: false));

    internal static Output<ImmutableArray<T>> AllOf<T>(Output<T>[] outputs) => new(GatherAsync(outputs));

    /// <summary>What the caller gave, under its name if that is nothing.</summary>
    internal static T Given<T>(T value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    internal static Output<T> Plain<T>(Input<T> input) => input is null ? Create(default(T)!) : input.ToOutput();

    private static Output<object?> Hole(object? hole) => hole switch
    {
        IInput input => Untyped(input.Flatten()),
        IOutput output => Untyped(output),
        _ => Create(hole),
    };

    private static Output<object?> Untyped(IOutput output)
    {
        var data = output.DataAsync();
        return data.IsCompletedSuccessfully ? new Output<object?>(data.Result) : new Output<object?>(data.AsTask());
    }

    private static Output<T> Marked<T>(Output<T> output, bool isSecret)
    {
        var data = output.Data;
        return data.IsCompletedSuccessfully ? new Output<T>(data.Result with { IsSecret = isSecret }) : new Output<T>(LaterAsync(data, isSecret));

        static async Task<OutputData<T>> LaterAsync(ValueTask<OutputData<T>> data, bool isSecret) => (await data) with { IsSecret = isSecret };
    }

    private static async Task<OutputData<T>> WhenThere<T>(Task<T> value, bool isSecret) => new(ResourceSet.Empty, await value, IsKnown: true, isSecret);

    private static async Task<OutputData<ImmutableArray<T>>> GatherAsync<T>(Output<T>[] outputs)
    {
        var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
        var (resources, known, secret) = (ResourceSet.Empty, true, false);
        foreach (var output in outputs)
        {
            var data = await output.Data;
            values.Add(data.Value);
            resources = resources.Union(data.Resources);
            known &= data.IsKnown;
            secret |= data.IsSecret;
        }
        return new OutputData<ImmutableArray<T>>(resources, values.MoveToImmutable(), known, secret);
    }
}

/// <summary>Shortcuts for outputs of lists and unions.</summary>
public static class OutputExtensions
{
    public static Output<T> First<T>(this Output<ImmutableArray<T>> array) => array.GetAt(0);

    public static Output<T> GetAt<T>(this Output<ImmutableArray<T>> array, Input<int> index) =>
        Output.Tuple(array, index.ToOutput()).Apply(both => both.Item1[both.Item2]);

    public static Output<int> Length<T>(this Output<ImmutableArray<T>> array) => array.Apply(argument => argument.Length);

    public static Output<bool> IsT0<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(urn => urn.IsT0);

    public static Output<bool> IsT1<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(urn => urn.IsT1);

    public static Output<T0> AsT0<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(urn => urn.AsT0!);

    public static Output<T1> AsT1<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(urn => urn.AsT1!);

    public static Output<object> Value<T0, T1>(this Output<Union<T0, T1>> output) => output.Apply(urn => urn.Value);
}

/// <summary>An output that is handed out before there is anything to take it from.</summary>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<OutputData<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isResolved;

    public DeferredOutput() => Output = new Output<T>(_source.Task);

    public Output<T> Output { get; }

    /// <summary>Says where the value comes from; once.</summary>
    /// <exception cref="InvalidOperationException">It was said before.</exception>
    public void Resolve(Output<T> output)
    {
        if (Interlocked.Exchange(ref _isResolved, true))
        {
            throw new InvalidOperationException("A DeferredOutput is resolved once; this one has its output.");
        }
        _ = CopyAsync(output);
    }

    private async Task CopyAsync(Output<T> output)
    {
        try
        {
            _source.SetResult(await output.Data);
        }
        catch (Exception e)
        {
            _source.SetException(e);
        }
    }
}
