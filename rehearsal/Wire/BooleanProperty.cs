namespace Rehearsal.Wire;

/// <summary>A truth value.</summary>
public sealed record BooleanProperty : PropertyValue
{
    public static readonly BooleanProperty True = new(value: true);
    public static readonly BooleanProperty False = new(value: false);

    private BooleanProperty(bool value) => Value = value;

    public bool Value { get; }

    public static BooleanProperty Of(bool value) => value ? True : False;
}
