using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;
using Kinds = Rehearsal.Secrets.TextIndex.Kinds;

namespace Rehearsal.Secrets;

/// <summary>Takes the secrets it has seen out of everything that people or files get: messages and output, and properties that hold one in the open.</summary>
/// <remarks>
/// Two measures. Text (messages, what the program prints) loses every secret of three characters and more, as with Pulumi's own filter, in each of
/// <see cref="SecretForms"/>. A property is marked secret only for one of eight and more inside it, or for a whole sealed value: a secret "redis" must not hide
/// every name of a plan that has the word in it.
/// </remarks>
public sealed class SecretFilter
{
    private const int ShortestSecret = 3;

    /// <summary>Characters from which on a secret is no everyday word.</summary>
    private const int ShortestStrong = 8;

    /// <summary>Digits from which on a number that was secret is taken out of texts.</summary>
    private const int ShortestNumber = 5;

    /// <summary>The most characters of a secret of which also lines of three characters are taken out.</summary>
    private const int ShortText = 64;

    private static readonly string[] NeverSecret = ["true", "false", "null", "[secret]", StackFiles.StackConfig.Unknown];

    private readonly Lock _lock = new();
    private readonly FrozenSet<string> _names;
    private readonly FrozenSet<string> _plain;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sealed = new(StringComparer.Ordinal);
    private readonly TextIndex _forms = new(SecretForms.ShortestEncoded);
    private readonly TextIndex _short = new(ShortestSecret);

    public SecretFilter()
        : this([], [])
    {
    }

    private SecretFilter(IEnumerable<string> names, IEnumerable<string> plain)
    {
        _names = names.ToFrozenSet(StringComparer.Ordinal);
        _plain = plain.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>A filter that knows what a stack has sealed.</summary>
    /// <remarks>
    /// The names of its settings are no secrets, whatever they are the same as: with `studios` as a password every message about the settings of that name
    /// would
    /// be garbled, which tells the password. And what the stack file shows in the open stays open when a program has it in an object that it marks as a whole:
    /// a kubeconfig with the region and the name of its cluster.
    /// </remarks>
    public static SecretFilter For(RehearsalRequest request)
    {
        var names = request.Config.SelectMany(entry => entry.Key.Split(':').Concat(JsonText.Names(entry.Value)));
        var plain = request.Config.Where(entry => !request.SecretKeys.Contains(entry.Key)).SelectMany(
            entry => JsonText.Leaves(entry.Value).Select(leaf => leaf.Text).Append(entry.Value));
        var filter = new SecretFilter(names.Append(request.Project).Append(request.Stack), plain);
        foreach (var text in request.SecretKeys.Where(request.Config.ContainsKey).Select(key => request.Config[key]))
        {
            filter.LearnText(text);
            if (text.Contains(StackFiles.StackConfig.Unknown, StringComparison.Ordinal))
            {
                // Nothing to hide, but in a message it means nothing to anybody
                filter.AddForm(StackFiles.StackConfig.Unknown, Kinds.Weak);
            }
        }
        return filter;
    }

    /// <summary>Remembers the texts inside the secrets of some properties.</summary>
    public void Learn(PropertyMap properties)
    {
        foreach (var value in properties.Values)
        {
            Learn(value, secret: false);
        }
    }

    public void Learn(PropertyValue value) => Learn(value, secret: false);

    /// <summary>Remembers a sealed value and, when it is JSON, the texts inside it.</summary>
    public void LearnText(string text)
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
    }

    /// <summary>The text with every known secret replaced by <see cref="PropertyMask.Text"/>.</summary>
    public string Apply(string text)
    {
        lock (_lock)
        {
            var found = new List<(int Start, int End)>();
            Find(text, _forms, found);
            Find(text, _short, found);
            return found.Count == 0 ? text : Without(text, found);
        }
    }

    /// <summary>The plan in which every property that holds a secret is one.</summary>
    public Plan Mark(Plan plan) => new([.. plan.Steps.Select(step => step with
    {
        Old = step.Old is { } old ? Mark(old) : null,
        New = step.New is { } @new ? Mark(@new) : null,
        Announced = step.Announced is { } announced ? Mark(announced) : null,
    })]);

    /// <summary>The state in which every property that holds a secret is one; a program may pass a secret of the configuration on as plain text.</summary>
    public ResourceState Mark(ResourceState state) => state with { Inputs = Mark(state.Inputs), Outputs = Mark(state.Outputs) };

    public PropertyMap Mark(PropertyMap properties)
    {
        lock (_lock)
        {
            return _known.Count == 0 ? properties : properties.Select(Mark);
        }
    }

    private PropertyValue Mark(PropertyValue value)
    {
        switch (value)
        {
            case StringProperty text:
                return Holds(text.Value) ? new SecretProperty(text) : value;
            case ListProperty list:
                var items = list.Items;
                for (var i = 0; i < items.Length; i++)
                {
                    if (Mark(items[i]) is var marked && !ReferenceEquals(marked, items[i]))
                    {
                        items = items.SetItem(i, marked);
                    }
                }
                return items == list.Items ? value : new ListProperty(items);
            case ObjectProperty map:
                return map.Properties.Select(Mark) is var properties && ReferenceEquals(properties, map.Properties) ? value : new ObjectProperty(properties);
            case OutputProperty { Value: { } inner } output:
                return Mark(inner) is var known && ReferenceEquals(known, inner) ? value : output with { Value = known };
            case AssetProperty asset:
                return Holds(asset.Text ?? asset.Path ?? asset.Uri ?? "") ? new SecretProperty(asset) : value;
            case ArchiveProperty { Assets: { } assets } archive:
                return assets.Select(Mark) is var members && ReferenceEquals(members, assets) ? value : archive with { Assets = members };
            default:
                return value;
        }
    }

    private bool Holds(string text)
        => text.Length >= ShortestSecret && (_sealed.Contains(text) || (!_forms.IsEmpty && _forms.Find(text, 0, Kinds.Strong) is not null));

    private static void Find(string text, TextIndex index, List<(int Start, int End)> found)
    {
        if (index.IsEmpty)
        {
            return;
        }
        for (var from = 0; index.Find(text, from, Kinds.All) is var (at, length, kind); from = at + 1)
        {
            found.Add((kind & Kinds.Encoded) != 0 ? SecretForms.Run(text, at, at + length) : (at, at + length));
        }
    }

    // Secrets that overlap are one: no part of either stays
    private static string Without(string text, List<(int Start, int End)> found)
    {
        found.Sort();
        var clean = new StringBuilder();
        var (start, end, written) = (found[0].Start, found[0].End, 0);
        foreach (var next in found.Append((Start: text.Length, End: text.Length)))
        {
            if (next.Start < end)
            {
                end = Math.Max(end, next.End);
                continue;
            }
            clean.Append(text, written, start - written).Append(PropertyMask.Text);
            (written, start, end) = (end, next.Start, next.End);
        }
        return clean.Append(text, written, text.Length - written).ToString();
    }

    private void Learn(PropertyValue value, bool secret)
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
                AddNumber(JsonSerializer.Serialize(number.Value));
                break;
            default:
                break;
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
