namespace Rehearsal.Wire;

/// <summary>Takes the marks of secrets off values, for somebody who asked to see them.</summary>
public static class PropertyReveal
{
    public static PropertyMap Reveal(PropertyMap properties) => properties.Select(Reveal);

    private static PropertyValue Reveal(PropertyValue value) => !value.ContainsSecrets ? value : value switch
    {
        SecretProperty secret => Reveal(secret.Value),
        OutputProperty output => Reveal(output with { Secret = false, Value = output.Value is { } inner ? Reveal(inner) : null }),
        ListProperty list => new ListProperty([.. list.Items.Select(Reveal)]),
        ObjectProperty map => new ObjectProperty(Reveal(map.Properties)),
        _ => value,
    };
}
