using System.Text;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Secrets;

/// <summary>Takes the secrets it has seen out of everything that people or files get: messages and output, and properties that hold one in the open.</summary>
/// <remarks>
/// Two measures. Text (messages, what the program prints) loses every secret of three characters and more, as with Pulumi's own filter, in each of
/// <see cref="SecretForms"/>. A property is marked secret only for one of eight and more inside it, or for a whole sealed value: a secret "redis" must not hide
/// every name of a plan that has the word in it.
/// </remarks>
public sealed class SecretFilter
{
    private readonly KnownSecrets _known;

    // Once: every state of a plan is asked with it
    private readonly Func<PropertyValue, PropertyValue> _mark;

    public SecretFilter()
        : this(new KnownSecrets([], []))
    {
    }

    private SecretFilter(KnownSecrets known) => (_known, _mark) = (known, Mark);

    /// <summary>A filter that knows what a stack has sealed.</summary>
    /// <remarks>
    /// The names of its settings are no secrets, whatever they are the same as: with `studios` as a password every message about the settings of that name
    /// would be garbled, which tells the password. And what the stack file shows in the open stays open when a program has it in an object that it marks as a
    /// whole:
    /// a kubeconfig with the region and the name of its cluster.
    /// </remarks>
    public static SecretFilter For(RehearsalRequest request)
    {
        var names = request.Config.SelectMany(entry => entry.Key.Split(':').Concat(JsonText.Names(entry.Value)));
        var plain = request.Config.Where(entry => !request.SecretKeys.Contains(entry.Key)).SelectMany(
            entry => JsonText.Leaves(entry.Value).Select(leaf => leaf.Text).Append(entry.Value));
        var known = new KnownSecrets(names.Append(request.Project).Append(request.Stack), plain);
        foreach (var key in request.SecretKeys.Where(request.Config.ContainsKey))
        {
            known.LearnSealed(request.Config[key]);
        }
        return new SecretFilter(known);
    }

    /// <summary>Remembers the texts inside the secrets of some properties.</summary>
    public void Learn(PropertyMap properties)
    {
        foreach (var (_, value) in properties)
        {
            Learn(value);
        }
    }

    public void Learn(PropertyValue value) => _known.Learn(value, secret: false);

    /// <summary>Remembers a sealed value and, when it is JSON, the texts inside it.</summary>
    public void LearnText(string text) => _known.LearnSealed(text);

    /// <summary>The text with every known secret replaced by <see cref="PropertyMask.Text"/>.</summary>
    public string Apply(string text) => _known.Find(text) is { Count: > 0 } found ? Without(text, found) : text;

    /// <summary>The plan in which every property that holds a secret is one.</summary>
    public Plan Mark(Plan plan) => _known.IsEmpty
        ? plan
        : new([.. plan.Steps.Select(Mark)]);

    /// <summary>The step in which every property that holds a secret is one; itself when all are.</summary>
    public PlanStep Mark(PlanStep step)
    {
        var (old, @new, announced) = (Mark(step.Old), Mark(step.New), Mark(step.Announced));
        return ReferenceEquals(old, step.Old) && ReferenceEquals(@new, step.New) && ReferenceEquals(announced, step.Announced)
            ? step
            : step with { Old = old, New = @new, Announced = announced };
    }

    public PropertyMap Mark(PropertyMap properties) => _known.IsEmpty ? properties : properties.Select(_mark);

    /// <summary>The state in which every property that holds a secret is one; a program may pass a secret of the configuration on as plain text.</summary>
    public ResourceState? Mark(ResourceState? state)
    {
        if (state is null || _known.IsEmpty)
        {
            return state;
        }
        var (inputs, outputs) = (state.Inputs.Select(_mark), state.Outputs.Select(_mark));
        return ReferenceEquals(inputs, state.Inputs) && ReferenceEquals(outputs, state.Outputs) ? state : state with { Inputs = inputs, Outputs = outputs };
    }

    private PropertyValue Mark(PropertyValue value)
    {
        switch (value)
        {
            case StringProperty text:
                return _known.AreIn(text.Value) ? new SecretProperty(text) : value;
            case ListProperty list:
                return list.Select(_mark);
            case ObjectProperty map:
                return map.Properties.Select(_mark) is var properties && ReferenceEquals(properties, map.Properties) ? value : new ObjectProperty(properties);
            case OutputProperty { Value: { } inner } output:
                return Mark(inner) is var known && ReferenceEquals(known, inner) ? value : output with { Value = known };
            case AssetProperty asset:
                return _known.AreIn(asset.Text ?? asset.Path ?? asset.Uri ?? "") ? new SecretProperty(asset) : value;
            case ArchiveProperty { Assets: { } assets } archive:
                return assets.Select(_mark) is var members && ReferenceEquals(members, assets) ? value : archive with { Assets = members };
            default:
                return value;
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
}
