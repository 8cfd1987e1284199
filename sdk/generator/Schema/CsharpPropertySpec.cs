namespace Generator.Schema;

/// <summary>Where a property in C# is not what the rule makes of it.</summary>
public sealed record CsharpPropertySpec
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool? Required { get; init; }

    /// <summary>Whether the newest official C# list known here lacks it: the engine may take it, no class shows it.</summary>
    public bool Withheld { get; init; }
}
