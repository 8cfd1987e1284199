using System.Collections.Frozen;
using Rehearsal.Providers.Tls;
using Rehearsal.Wire;

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

/// <summary>Makes a resource that needs no cloud: its outputs are computed, and real.</summary>
internal interface IResourceMaker
{
    /// <summary>The type token.</summary>
    string Type { get; }

    /// <summary>The id and all outputs; secrets among them are open, the schema says which they are.</summary>
    /// <exception cref="FormatException">An input cannot be used; the message names it and no secret.</exception>
    (string Id, PropertyMap Outputs) Create(PropertyMap inputs);
}
