using System.Collections.Frozen;
using Rehearsal.Providers.Tls;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Computes the id and all outputs of a resource that needs no cloud; secrets are open, the schema says which they are.</summary>
/// <exception cref="FormatException">An input cannot be used; the message names it and no secret.</exception>
internal delegate (string Id, PropertyMap Outputs) ResourceMaker(PropertyMap inputs);

/// <summary>All resources that are computed for real.</summary>
internal static class ResourceMakers
{
    public static readonly FrozenDictionary<string, ResourceMaker> ByType = new Dictionary<string, ResourceMaker>(StringComparer.Ordinal)
    {
        ["random:index/randomBytes:RandomBytes"] = RandomMakers.Bytes,
        ["random:index/randomId:RandomId"] = RandomMakers.Id,
        ["random:index/randomInteger:RandomInteger"] = RandomMakers.Integer,
        ["random:index/randomPassword:RandomPassword"] = RandomMakers.Password,
        ["random:index/randomPet:RandomPet"] = RandomMakers.Pet,
        ["random:index/randomShuffle:RandomShuffle"] = RandomMakers.Shuffle,
        ["random:index/randomString:RandomString"] = RandomMakers.Text,
        ["random:index/randomUuid:RandomUuid"] = RandomMakers.Uuid,
        ["tls:index/certRequest:CertRequest"] = TlsMakers.CertRequest,
        ["tls:index/locallySignedCert:LocallySignedCert"] = TlsMakers.LocallySignedCert,
        ["tls:index/privateKey:PrivateKey"] = TlsMakers.PrivateKey,
        ["tls:index/selfSignedCert:SelfSignedCert"] = TlsMakers.SelfSignedCert,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
