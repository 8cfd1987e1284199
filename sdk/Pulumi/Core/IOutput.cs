namespace Pulumi;

/// <summary>An output whose type of value is not known at compile time.</summary>
internal interface IOutput
{
    ValueTask<OutputData<object?>> DataAsync();
}
