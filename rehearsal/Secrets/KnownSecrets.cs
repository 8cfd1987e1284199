using System.Collections.Frozen;
using System.Text.Json;
using Rehearsal.Wire;
using Kinds = Rehearsal.Secrets.TextIndex.Kinds;

namespace Rehearsal.Secrets;

/// <summary>The secrets that were met so far, in every form in which they may leave.</summary>
/// <param name="names">Names that a stack file shows: a short secret that is one of them is none.</param>
/// <param name="plain">Values that it shows: a program may have them in an object that it marks as a whole.</param>
internal sealed class KnownSecrets(IEnumerable<string> names, IEnumerable<string> plain)
{
    private const int ShortestSecret = 3;

    /// <summary>Characters from which on a secret is no everyday word.</summary>
    private const int ShortestStrong = 8;

    /// <summary>Digits from which on a number that was secret is taken out of texts.</summary>
    private const int ShortestNumber = 5;

    /// <summary>The most characters of a secret of which also lines of three characters are taken out.</summary>
    private const int ShortText = 64;

    private static readonly string[] NeverSecret = ["true", "false", "null", PropertyMask.Text, StackFiles.StackConfig.Unknown];

    private readonly Lock _lock = new();
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> _plain = plain.ToFrozenSet(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sealed = new(StringComparer.Ordinal);
    private readonly TextIndex _forms = new(SecretForms.ShortestEncoded);
    private readonly TextIndex _short = new(ShortestSecret);

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _known.Count == 0;
            }
        }
    }

    /// <summary>Remembers the texts inside a value, or only inside those parts of it that are secret.</summary>
    public void Learn(PropertyValue value, bool secret)
    {
        if (!secret && !value.ContainsSecrets)
        {
            return;
        }
        switch (value)
        {
            case SecretProperty inner:
                Learn(inner.Value, secret: true);
                break;
            case OutputProperty { Value: { } known } output:
                Learn(known, secret || output.Secret);
                break;
            case ListProperty list:
                foreach (var item in list.Items)
                {
                    Learn(item, secret);
                }
                break;
            case ObjectProperty map:
                foreach (var item in map.Properties.Values)
                {
                    Learn(item, secret);
                }
                break;
            case AssetProperty { Text: { } content } when secret:
                AddText(content, isSealed: false);
                break;
            case ArchiveProperty { Assets: { } assets }:
                foreach (var asset in assets.Values)
                {
                    Learn(asset, secret);
                }
                break;
            case StringProperty text when secret:
                AddText(text.Value, isSealed: false);
                break;
            case NumberProperty number when secret:
                AddNumber(JsonText.Write(JsonText.OneLine, json => json.WriteNumberValue(number.Value)));
                break;
            default:
                break;
        }
    }

    /// <summary>Remembers a sealed value and, when it is JSON, the texts inside it.</summary>
    public void LearnSealed(string text)
    {
        lock (_lock)
        {
            if (text.Length >= ShortestSecret && !IsOpen(text))
            {
                _sealed.Add(text);
                _sealed.Add(SecretForms.Base64(text));
            }
        }
        AddText(text, isSealed: true);
        if (text.Contains(StackFiles.StackConfig.Unknown, StringComparison.Ordinal))
        {
            // Nothing to hide, but in a message it means nothing to anybody
            lock (_lock)
            {
                AddForm(StackFiles.StackConfig.Unknown, Kinds.Weak);
            }
        }
    }

    /// <summary>Where secrets stand in a text.</summary>
    public List<(int Start, int End)> Find(string text)
    {
        var found = new List<(int Start, int End)>();
        lock (_lock)
        {
            Find(text, _forms, found);
            Find(text, _short, found);
        }
        return found;
    }

    /// <summary>Whether a property of that text has to be hidden.</summary>
    public bool AreIn(string text)
    {
        lock (_lock)
        {
            return text.Length >= ShortestSecret && (_sealed.Contains(text) || _forms.Find(text, 0, Kinds.Strong) is not null);
        }
    }

    private static void Find(string text, TextIndex index, List<(int Start, int End)> found)
    {
        var from = 0;
        while (index.Find(text, from, Kinds.All) is var (at, length, kind))
        {
            var (start, end) = (kind & Kinds.Encoded) != Kinds.None ? SecretForms.Run(text, at, at + length) : (at, at + length);
            found.Add((start, end));
            // All of a run is hidden; a plain secret can begin inside another one
            from = (kind & Kinds.Encoded) != Kinds.None ? end : at + 1;
        }
    }

    private void AddText(string text, bool isSealed)
    {
        lock (_lock)
        {
            if (!Add(text, isSealed))
            {
                return;
            }
            foreach (var (kind, leaf) in JsonText.Leaves(text))
            {
                if (kind == JsonValueKind.Number)
                {
                    AddNumber(leaf);
                }
                else
                {
                    Add(leaf, isSealed);
                }
            }
        }
    }

    private void AddNumber(string number)
    {
        if (number.Length >= ShortestNumber)
        {
            lock (_lock)
            {
                AddForm(number, Kinds.Weak);
            }
        }
    }

    private bool Add(string text, bool isSealed)
    {
        if (text.Length < ShortestSecret || IsOpen(text) || (!isSealed && _plain.Contains(text)) || _known.Contains(text))
        {
            return false;
        }
        _known.Add(text);
        foreach (var form in SecretForms.Texts(text))
        {
            AddForm(form, text.Length < ShortestStrong ? Kinds.Weak : Kinds.Plain);
        }
        foreach (var form in SecretForms.Encoded(text))
        {
            AddForm(form, Kinds.Encoded);
        }
        // As it leaves through standard output, line by line; a frame such as -----BEGIN KEY----- says nothing
        foreach (var line in text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n', StringSplitOptions.TrimEntries) : [])
        {
            if (line.Length >= (text.Length < ShortText ? ShortestSecret : ShortestStrong) && !line.StartsWith("-----", StringComparison.Ordinal))
            {
                AddForm(line, Kinds.Weak);
            }
        }
        return true;
    }

    private bool IsOpen(string text) =>
        NeverSecret.Contains(text, StringComparer.Ordinal) || (text.Length < ShortestStrong && _names.Contains(text));

    private void AddForm(string text, Kinds kind)
    {
        if (text.Length >= ShortestSecret)
        {
            (text.Length < SecretForms.ShortestEncoded ? _short : _forms).Add(text, kind);
        }
    }
}
