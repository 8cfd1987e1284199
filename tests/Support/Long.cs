namespace Tests.Support;

/// <summary>Marks classes that <c>./platform test</c> leaves to <c>.ci/run</c>.</summary>
/// <remarks>They start programs of others, wait for time to pass, or rehearse many updates.</remarks>
internal static class Long
{
    public const string Category = "Duration";
    public const string Name = "Long";
}
