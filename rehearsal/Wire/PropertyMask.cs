namespace Rehearsal.Wire;

/// <summary>Hides secrets behind a fixed text for all that people or files may see, and reveals them to somebody who asked for them.</summary>
public static class PropertyMask
{
    /// <summary>What stands for a secret; Pulumi's own word.</summary>
    public const string Text = "[secret]";

    private static readonly StringProperty Hidden = new(Text);

    public static PropertyMap Mask(PropertyMap properties) => properties.Select(Mask);

    public static PropertyValue Mask(PropertyValue value) => !value.ContainsSecrets ? value : value switch
    {
        SecretProperty or OutputProperty { Secret: true } => Hidden,
        ListProperty list => new ListProperty([.. list.Items.Select(Mask)]),
        ObjectProperty map => new ObjectProperty(Mask(map.Properties)),
        ArchiveProperty { Assets: { } assets } archive => archive with { Assets = Mask(assets) },
        OutputProperty { Value: { } inner } output => output with { Value = Mask(inner) },
        _ => Hidden,
    };

    public static PropertyMap Reveal(PropertyMap properties) => properties.Select(Reveal);

    public static PropertyValue Reveal(PropertyValue value) => !value.ContainsSecrets ? value : value switch
    {
        SecretProperty secret => Reveal(secret.Value),
        OutputProperty output => Reveal(output with { Secret = false, Value = output.Value is { } inner ? Reveal(inner) : null }),
        ListProperty list => new ListProperty([.. list.Items.Select(Reveal)]),
        ObjectProperty map => new ObjectProperty(Reveal(map.Properties)),
        _ => value,
    };
}
