namespace Rehearsal.Wire;

/// <summary>A value that a program and its engine exchange: immutable, compared by content, and never readable through its text when secret.</summary>
/// <remarks>The closed set of kinds is the derived records of this namespace; <see cref="PropertyDecoder"/> and <see cref="PropertyEncoder"/> know their wire forms.</remarks>
public abstract record PropertyValue
{
    /// <summary>One line of JSON in which secrets read <see cref="PropertyMask.Text"/>.</summary>
    public sealed override string ToString() => PropertyJson.Text(this);

    /// <summary>Whether this value, or a value inside it, is known only after a deployment.</summary>
    public virtual bool ContainsUnknowns => false;

    /// <summary>Whether this value, or a value inside it, is secret.</summary>
    public virtual bool ContainsSecrets => false;
}
