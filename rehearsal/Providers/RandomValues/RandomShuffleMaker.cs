using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>A list in random order, repeated until it has the asked length.</summary>
internal sealed class RandomShuffleMaker : IResourceMaker
{
    public string Type => "random:index/randomShuffle:RandomShuffle";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var (given, below) = (inputs.Texts("inputs"), Seed.Below(inputs.OpenText("seed")));
        var count = inputs.Whole("resultCount", given.Count);
        var results = new List<string>(count);
        while (results.Count < count && given.Count > 0) results.AddRange(Shuffled([.. given], below).Take(count - results.Count));
        return ("-", inputs.With("results", new ListProperty([.. results.Select(r => (PropertyValue)new StringProperty(r))])));
    }

    private static string[] Shuffled(string[] items, Func<int, int> below)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
        return items;
    }
}
