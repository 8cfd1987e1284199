using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>A random UUID of version 4.</summary>
internal sealed class RandomUuidMaker : IResourceMaker
{
    public string Type => "random:index/randomUuid:RandomUuid";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var uuid = Guid.NewGuid().ToString();
        return (uuid, inputs.Plus(("result", uuid)));
    }
}
