namespace Pulumi;

/// <summary>What an output comes to.</summary>
/// <param name="Resources">The resources that the value depends on.</param>
/// <param name="Value">The value; meaningless when not known.</param>
/// <param name="IsKnown">Whether the value is there already; in a preview it may not be.</param>
/// <param name="IsSecret">Whether the value must be kept from eyes and logs.</param>
internal readonly record struct OutputData<T>(ResourceSet Resources, T Value, bool IsKnown, bool IsSecret)
{
    public OutputData<TResult> With<TResult>(TResult value) => new(Resources, value, IsKnown, IsSecret);
}
