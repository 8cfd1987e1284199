using System.Runtime.InteropServices;

namespace Rehearsal.Secrets;

/// <summary>Finds any of many texts in another one, in one pass over it: each is filed under its first characters, and the pass looks these up.</summary>
/// <remarks>Texts can come at any time, unlike with the runtime's own search for several texts; half a million are no slower to search for than one.</remarks>
internal sealed class TextIndex
{
    private const int BitsOfFilter = 21;

    private readonly int _width;
    private readonly Dictionary<ulong, Bucket> _buckets = [];

    // Most places of a text begin nothing: one bit says so without a look into the table
    private ulong[] _filter = [];

    /// <summary>An index of texts of at least so many characters, from 3 to 8.</summary>
    /// <param name="width">How many characters each is filed under.</param>
    public TextIndex(int width) => _width = width;

    public bool IsEmpty => _buckets.Count == 0;

    /// <summary>Adds a text that has at least the width of this index.</summary>
    public void Add(string text, Kinds kind)
    {
        var key = Key(text);
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, key, out _);
        bucket ??= new Bucket();
        bucket.Add(text, kind);
        if (_filter.Length == 0)
        {
            _filter = new ulong[1 << (BitsOfFilter - 6)];
        }
        var bit = Bit(key);
        _filter[bit >> 6] |= 1UL << (bit & 63);
    }

    /// <summary>The first place at or after another at which a text stands, and the longest that stands there; null when there is none.</summary>
    /// <param name="text">Where to search.</param>
    /// <param name="from">The first place to look at.</param>
    /// <param name="accept">Which of the texts to take.</param>
    public (int At, int Length, Kinds Kind)? Find(ReadOnlySpan<char> text, int from, Kinds accept)
    {
        for (var at = from; !IsEmpty && at + _width <= text.Length; at++)
        {
            var key = Key(text[at..]);
            var bit = Bit(key);
            if ((_filter[bit >> 6] & (1UL << (bit & 63))) != 0 && _buckets.TryGetValue(key, out var bucket)
                && bucket.Longest(text[at..], accept) is var (length, kind))
            {
                return (at, length, kind);
            }
        }
        return null;
    }

    // The first characters, mixed into one number where there are more than four
    private ulong Key(ReadOnlySpan<char> text)
    {
        if (_width < 4)
        {
            return text[0] | ((ulong)text[1] << 16) | ((ulong)text[2] << 32);
        }
        var head = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text[..4]));
        var tail = _width < 6 ? 0 : MemoryMarshal.Read<uint>(MemoryMarshal.AsBytes(text.Slice(4, 2)));
        return (head * 0x9E3779B97F4A7C15) ^ tail;
    }

    private static int Bit(ulong key) => (int)((key * 0xD6E8FEB86659FD93) >> (64 - BitsOfFilter));

    /// <summary>What a found text is.</summary>
    [Flags]
    public enum Kinds
    {
        None = 0,

        /// <summary>A secret, long enough to be no other word by accident.</summary>
        Plain = 1,

        /// <summary>A piece of base64.</summary>
        Encoded = 2,

        /// <summary>Too short, or too ordinary, to hide properties for: only messages are rid of it.</summary>
        Weak = 4,

        Strong = Plain | Encoded,
        All = Strong | Weak,
    }

    // Texts with the same beginning: keys of one service, tokens of one issuer, thousands of them if a program makes them so
    private sealed class Bucket
    {
        private readonly Dictionary<string, Kinds> _texts = new(1, StringComparer.Ordinal);
        private int[] _lengths = [];

        public void Add(string text, Kinds kind)
        {
            ref var present = ref CollectionsMarshal.GetValueRefOrAddDefault(_texts, text, out _);
            present |= kind;
            if (Array.IndexOf(_lengths, text.Length) < 0)
            {
                // The longest first, as a text that holds another one hides it too
                _lengths = [.. _lengths.Append(text.Length).OrderDescending()];
            }
        }

        public (int Length, Kinds Kind)? Longest(ReadOnlySpan<char> text, Kinds accept)
        {
            var texts = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var length in _lengths)
            {
                if (length <= text.Length && texts.TryGetValue(text[..length], out var kind) && (kind & accept) != Kinds.None)
                {
                    return (length, kind);
                }
            }
            return null;
        }
    }
}
