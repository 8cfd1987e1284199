using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Rehearsal.Wire;

namespace Rehearsal.Registration;

/// <summary>Writes outputs in the forms that the asking program said it understands.</summary>
internal static class ReplyEncoder
{
    /// <summary>The properties as a message.</summary>
    /// <param name="properties">What to send.</param>
    /// <param name="acceptSecrets">Whether the program knows secret values; otherwise it gets them open, as from Pulumi's engine.</param>
    /// <param name="acceptResources">Whether it knows resource references; otherwise it gets ids, or URNs of components.</param>
    public static Struct Encode(PropertyMap properties, bool acceptSecrets, bool acceptResources)
        => PropertyEncoder.Encode(acceptSecrets && acceptResources ? properties : properties.Select(v => Reduce(v, acceptSecrets, acceptResources)));

    private static PropertyValue Reduce(PropertyValue value, bool secrets, bool resources) => value switch
    {
        SecretProperty secret when !secrets => Reduce(secret.Value, secrets, resources),
        SecretProperty secret => new SecretProperty(Reduce(secret.Value, secrets, resources)),
        ReferenceProperty reference when !resources => reference.Id switch
        {
            null => new StringProperty(reference.Urn),
            "" => UnknownProperty.Instance,
            var id => new StringProperty(id),
        },
        ListProperty list => new ListProperty(list.Items.Select(i => Reduce(i, secrets, resources)).ToImmutableArray()),
        ObjectProperty map => new ObjectProperty(map.Properties.Select(v => Reduce(v, secrets, resources))),
        _ => value,
    };
}
