using System.Security.Cryptography;
using Rehearsal.Wire;

namespace Rehearsal.Providers.RandomValues;

/// <summary>A readable name of some words, the last an animal's; from lists of our own, shorter than the real provider's.</summary>
internal sealed class RandomPetMaker : IResourceMaker
{
    private const int DefaultWords = 2;

    private static readonly string[] Adverbs = ["boldly", "calmly", "deeply", "fairly", "gladly", "keenly", "kindly", "mildly", "neatly", "really", "simply", "warmly"];
    private static readonly string[] Adjectives = ["able", "brave", "bright", "clever", "eager", "fine", "gentle", "happy", "keen", "merry", "noble", "quick", "steady", "sunny", "wise"];
    private static readonly string[] Animals = ["badger", "beetle", "crane", "dolphin", "falcon", "finch", "gecko", "heron", "ibex", "lynx", "marten", "otter", "pigeon", "robin", "seal", "tapir", "wombat", "yak"];

    public string Type => "random:index/randomPet:RandomPet";

    public (string Id, PropertyMap Outputs) Create(PropertyMap inputs)
    {
        var words = inputs.Whole("length", DefaultWords);
        if (words < 1) throw new FormatException($"length must be at least 1, is {words}");
        IEnumerable<string> name = [.. Enumerable.Range(0, Math.Max(0, words - 2)).Select(_ => One(Adverbs)), .. words > 1 ? [One(Adjectives)] : Array.Empty<string>(), One(Animals)];
        if (inputs.OpenText("prefix") is { Length: > 0 } prefix) name = name.Prepend(prefix);
        return (string.Join(inputs.OpenText("separator") ?? "-", name), inputs);
    }

    private static string One(string[] words) => RandomNumberGenerator.GetItems(words, 1)[0];
}
