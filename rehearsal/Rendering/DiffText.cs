using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Rendering;

/// <summary>What a step changes, property by property, as people read it: <c>~ length: 2 => 3</c>; secrets stay hidden.</summary>
internal static class DiffText
{
    public static IEnumerable<StyledText> Lines(PlanStep step) =>
        step.Operation switch
        {
            Operation.Create or Operation.Import => Flat(step.New?.Inputs ?? PropertyMap.Empty)
                .Select(property => new StyledText($"+ {Terminal.OneLine(property.Path)}: {PropertyText.Scalar(property.Value)}", TextStyle.Created)),
            Operation.Update or Operation.Replace => Changes(step),
            _ => [],
        };

    private static IEnumerable<StyledText> Changes(PlanStep step)
    {
        var (old, @new) = (Values(step.Old?.Inputs), Values(step.New?.Inputs));
        var replacing = step.ReplaceReasons.Select(PropertyPath.Parse).OfType<PropertyPath>().ToArray();
        foreach (var (path, difference) in Differ.Compare(step.Old?.Inputs ?? PropertyMap.Empty, step.New?.Inputs ?? PropertyMap.Empty))
        {
            var forces = PropertyPath.Parse(path) is { } parsed && Array.Exists(replacing, reason => reason.Contains(parsed)) ? "  (replaces)" : "";
            var (sign, style) = difference.Kind switch
            {
                DifferenceKind.Add => ("+", TextStyle.Created),
                DifferenceKind.Delete => ("-", TextStyle.Deleted),
                _ => ("~", forces.Length > 0 ? TextStyle.Replaced : TextStyle.Updated),
            };
            var (was, now) = (Text(old, path), Text(@new, path));
            var value = difference.Kind switch
            {
                DifferenceKind.Add => now,
                DifferenceKind.Delete => was,
                _ => $"{was} => {now}",
            };
            yield return new StyledText($"{sign} {Terminal.OneLine(path)}: {value}{forces}", style);
        }
    }

    // A whole object that comes or goes is shown by its leaves' count
    private static string Text(Dictionary<string, PropertyValue> values, string path)
        => values.TryGetValue(path, out var value) ? PropertyText.Scalar(value) : "{…}";

    private static Dictionary<string, PropertyValue> Values(PropertyMap? properties)
        => All(properties ?? PropertyMap.Empty).ToDictionary(property => property.Path, property => property.Value, StringComparer.Ordinal);

    /// <summary>Every value that has no other inside, by path; a secret as one.</summary>
    public static IEnumerable<(string Path, PropertyValue Value)> Flat(PropertyMap properties) =>
        All(properties)
            .Where(property =>
                Differ.Opened(property.Value) is not (ObjectProperty { Properties.Count: > 0 } or ListProperty { Items.Length: > 0 })
                || property.Value is SecretProperty);

    private static IEnumerable<(string Path, PropertyValue Value)> All(PropertyMap properties, string path = "", bool secret = false) =>
        properties
            .Where(property => !property.Key.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(property => All(property.Value, PropertyPath.Join(path, property.Key), secret));

    // What is inside of a secret is one, and has a path of its own, by which it may differ
    private static IEnumerable<(string Path, PropertyValue Value)> All(PropertyValue value, string path, bool secret)
    {
        secret |= value is SecretProperty or OutputProperty { Secret: true };
        yield return (path, secret ? new SecretProperty(value) : value);
        var inner = Differ.Opened(value) switch
        {
            ObjectProperty map => All(map.Properties, path, secret),
            ListProperty list => list.Items.SelectMany((item, index) => All(item, $"{path}[{index}]", secret)),
            _ => [],
        };
        foreach (var item in inner)
        {
            yield return item;
        }
    }
}
