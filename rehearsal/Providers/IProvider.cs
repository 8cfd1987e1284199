using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Stands for the plugin of one package.</summary>
internal interface IProvider
{
    /// <summary>Whether it knows the type well enough to check it.</summary>
    bool Knows(string type);

    /// <summary>The inputs as the real provider would take them (defaults and generated names added), and what is wrong with them.</summary>
    (PropertyMap Inputs, ImmutableArray<CheckFailure> Failures) Check(Urn urn, string type, PropertyMap inputs);

    /// <summary>The outputs of a resource that does not exist yet: what follows from its inputs, everything else unknown.</summary>
    PropertyMap Preview(string type, PropertyMap inputs);
}
