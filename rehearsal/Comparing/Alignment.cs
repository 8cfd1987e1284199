using Rehearsal.Wire;

namespace Rehearsal.Comparing;

/// <summary>Makes values the same of which nobody can say whether they differ, so that they are no differences: secrets that a plan has hidden or that stay
/// sealed, and what one side cannot know because it was never deployed.</summary>
/// <param name="ciphertext">How a secret is sealed in its side's file; null where nobody knows.</param>
/// <param name="isOneDeployed">Whether exactly one side is a state: what the other one does not know is then no difference.</param>
internal sealed class Alignment(Func<SecretProperty, string?> ciphertext, bool isOneDeployed)
{
    private static readonly SecretProperty Hidden = new(new StringProperty(PropertyMask.Text));

    /// <summary>Secrets of which nobody can say whether they are the same.</summary>
    public int Sealed { get; private set; }

    /// <summary>Values that only one side knows.</summary>
    public int Unknown { get; private set; }

    /// <summary>Both sides of one resource's properties.</summary>
    /// <param name="old">The properties before.</param>
    /// <param name="new">The properties after.</param>
    /// <param name="planned">Whether the new ones were planned on the old ones: what they do not know then changes.</param>
    public (PropertyMap Old, PropertyMap New) Of(PropertyMap old, PropertyMap @new, bool planned)
    {
        foreach (var (key, value) in @new)
        {
            if (old.Find(key) is not { } was || ReferenceEquals(was, value))
            {
                continue;
            }
            var (aligned, other) = Of(was, value, planned);
            old = ReferenceEquals(aligned, was) ? old : old.With(key, aligned);
            @new = ReferenceEquals(other, value) ? @new : @new.With(key, other);
        }
        return (old, @new);
    }

    private (PropertyValue Old, PropertyValue New) Of(PropertyValue old, PropertyValue @new, bool planned)
    {
        if (IsClosed(old) || IsClosed(@new))
        {
            Sealed += IsSame(old, @new) ? 0 : 1;
            return (Hidden, Hidden);
        }
        switch (Open(old), Open(@new))
        {
            case (UnknownProperty, UnknownProperty):
                return (old, @new);
            case (UnknownProperty, _) or (_, UnknownProperty) when !isOneDeployed:
                return (old, @new);
            case (UnknownProperty, _):
                Unknown++;
                return (@new, @new);
            case (_, UnknownProperty) when !planned:
                Unknown++;
                return (old, old);
            case (ObjectProperty was, ObjectProperty now):
                var (one, two) = Of(was.Properties, now.Properties, planned);
                return (ReferenceEquals(one, was.Properties) ? old : Like(old, new ObjectProperty(one)),
                    ReferenceEquals(two, now.Properties) ? @new : Like(@new, new ObjectProperty(two)));
            case (ListProperty was, ListProperty now):
                var (olds, news) = (was.Items, now.Items);
                for (var i = 0; i < Math.Min(olds.Length, news.Length); i++)
                {
                    var (first, second) = Of(olds[i], news[i], planned);
                    olds = ReferenceEquals(first, olds[i]) ? olds : olds.SetItem(i, first);
                    news = ReferenceEquals(second, news[i]) ? news : news.SetItem(i, second);
                }
                return (olds == was.Items ? old : Like(old, new ListProperty(olds)), news == now.Items ? @new : Like(@new, new ListProperty(news)));
            default:
                return (old, @new);
        }
    }

    private bool IsSame(PropertyValue old, PropertyValue @new)
        => old is SecretProperty was && @new is SecretProperty now && ciphertext(was) is { } one && one == ciphertext(now);

    // A plan's text for a secret, or a ciphertext that nobody here opens
    private bool IsClosed(PropertyValue value) => value is StringProperty { Value: PropertyMask.Text } or SecretProperty
    { Value: StringProperty { Value: PropertyMask.Text } } || (value is SecretProperty { Value: UnknownProperty } secret && ciphertext(secret) is not null);

    private static PropertyValue Open(PropertyValue value) => value switch
    {
        SecretProperty secret => Open(secret.Value),
        OutputProperty output => output.Value is { } known ? Open(known) : UnknownProperty.Instance,
        _ => value,
    };

    private static PropertyValue Like(PropertyValue before, PropertyValue value)
        => before is SecretProperty or OutputProperty { Secret: true } ? new SecretProperty(value) : value;
}
