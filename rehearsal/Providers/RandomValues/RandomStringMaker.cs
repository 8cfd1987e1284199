using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>Random characters; its id is the text itself.</summary>
internal sealed class RandomStringMaker : IResourceMaker
{
    public string Type => "random:index/randomString:RandomString";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var text = Characters.Make(inputs);
        return (text, inputs.Plus(("result", text)));
    }
}
