using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Makes a resource that needs no cloud: its outputs are computed, and real.</summary>
internal interface IResourceMaker
{
    /// <summary>The type token.</summary>
    string Type { get; }

    /// <summary>The id and all outputs; secrets among them are open, the schema says which they are.</summary>
    /// <exception cref="FormatException">An input cannot be used; the message names it and no secret.</exception>
    (string Id, PropertyMap Outputs) Create(PropertyMap inputs);
}
