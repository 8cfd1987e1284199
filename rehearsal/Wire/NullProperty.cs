namespace Rehearsal.Wire;

/// <summary>The absence of a value, said explicitly.</summary>
public sealed record NullProperty : PropertyValue
{
    public static readonly NullProperty Instance = new();

    private NullProperty()
    {
    }
}
