using System.Collections.Frozen;
using Rehearsal.Providers.RandomValues;
using Rehearsal.Providers.TlsValues;

namespace Rehearsal.Providers;

/// <summary>All resources that are computed for real.</summary>
internal static class Makers
{
    public static readonly FrozenDictionary<string, IResourceMaker> ByType = new IResourceMaker[]
    {
        new RandomBytesMaker(),
        new RandomIdMaker(),
        new RandomIntegerMaker(),
        new RandomPasswordMaker(),
        new RandomPetMaker(),
        new RandomShuffleMaker(),
        new RandomStringMaker(),
        new RandomUuidMaker(),
        new CertRequestMaker(),
        new LocallySignedCertMaker(TimeProvider.System),
        new PrivateKeyMaker(),
        new SelfSignedCertMaker(TimeProvider.System),
    }.ToFrozenDictionary(m => m.Type, StringComparer.Ordinal);
}
