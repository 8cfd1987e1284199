using System.Net;
using System.Text.RegularExpressions;
using Rehearsal.Providers;
using Rehearsal.Rendering;
using Rehearsal.State;
using Rehearsal.Wire;

namespace Operate.Deployed;

/// <summary>Tells what a rehearsal made up from what a deployment did: a rehearsal labels its stand-ins, or leaves values unknown.</summary>
internal static partial class RehearsalMarks
{
    // TEST-NET-1 of RFC 5737, from which rehearsals take addresses and nobody else may
    private static readonly IPNetwork Examples = IPNetwork.Parse("192.0.2.0/24");

    /// <summary>Why outputs are those of a rehearsal, as the end of a sentence; null where nothing says so.</summary>
    public static string? Find(PropertyMap outputs) => Marks(outputs, "").FirstOrDefault();

    /// <summary>The same of a state.</summary>
    public static string? Find(Checkpoint state)
    {
        foreach (var resource in state.Resources)
        {
            if (resource is { Custom: true, Id: { } id } && Label().IsMatch(id))
            {
                return $"'{resource.Urn}' has the id {Terminal.OneLine(id)}";
            }
            if (resource.Outputs.Find("metadata") is ObjectProperty { Properties: var metadata }
                && metadata.Find("uid") == new StringProperty(Digits.Uuid(resource.Urn.Value)))
            {
                return $"the uid of '{resource.Urn}' is made of its name, and an API server gives others";
            }
            // What a program was given may well be an example's address
            var marks = resource.Custom ? Marks(resource.Outputs.Where(output => resource.Inputs.Find(output.Key) != output.Value), "", labelsOnly: true)
                : Marks(resource.Outputs, "", labelsOnly: resource.Type != OutputSource.StackType);
            if (marks.FirstOrDefault() is { } mark)
            {
                return $"'{resource.Urn}': {mark}";
            }
        }
        return null;
    }

    /// <summary>Why outputs are those of a rehearsed state, although nothing in them is labelled: keys and names that were made in it are in both.</summary>
    /// <param name="outputs">What is asked about.</param>
    /// <param name="rehearsed">The state that this machine keeps of the stack.</param>
    public static string? Find(PropertyMap outputs, Checkpoint rehearsed)
    {
        var root = rehearsed.Resources.FirstOrDefault(resource => resource.Type == OutputSource.StackType);
        if (root is null || Find(rehearsed) is null)
        {
            return null;
        }
        var made = Texts(root.Outputs).Where(output => Made().IsMatch(output.Value)).ToDictionary(output => output.Path, output => output.Value);
        var shared = Texts(outputs).FirstOrDefault(output => made.TryGetValue(output.Path, out var value) && value == output.Value);
        return shared is { Path: { } path, Value: var same }
            ? $"{Terminal.OneLine(path)} is {Terminal.OneLine(same)}, which was made in the rehearsed state of this folder" : null;
    }

    private static IEnumerable<(string Path, string Value)> Texts(PropertyMap properties, string path = "") => properties.SelectMany(property
        => property.Value switch
        {
            StringProperty text => [($"{path}{property.Key}", text.Value)],
            ObjectProperty map => Texts(map.Properties, $"{path}{property.Key}."),
            _ => Array.Empty<(string, string)>(),
        });

    private static IEnumerable<string> Marks(IEnumerable<KeyValuePair<string, PropertyValue>> properties, string path, bool labelsOnly = false)
        => properties.SelectMany(property => Marks(property.Value, path.Length == 0 ? property.Key : $"{path}.{property.Key}", labelsOnly));

    private static IEnumerable<string> Marks(PropertyValue value, string path, bool labelsOnly) => value switch
    {
        UnknownProperty when !labelsOnly => [$"{Terminal.OneLine(path)} is known only after a deployment"],
        StringProperty { Value: PropertyText.Unknown } when !labelsOnly => [$"{Terminal.OneLine(path)} is {PropertyText.Unknown}"],
        StringProperty text when Label().IsMatch(text.Value) || (!labelsOnly && IsExample(text.Value)) =>
            [$"{Terminal.OneLine(path)} is {Terminal.OneLine(Shortened(text.Value))}, which only a rehearsal makes up"],
        ListProperty list => list.Items.SelectMany((item, index) => Marks(item, $"{path}[{index}]", labelsOnly)),
        ObjectProperty map => Marks(map.Properties, path, labelsOnly),
        // A sealed value is unknown here and known to others, and an open one is not to be shown
        SecretProperty { Value: StringProperty text } when Label().IsMatch(text.Value) => [$"{Terminal.OneLine(path)} is made up by a rehearsal"],
        OutputProperty { Value: { } inner } => Marks(inner, path, labelsOnly),
        _ => [],
    };

    private static bool IsExample(string text) => IPAddress.TryParse(text, out var address) && Examples.Contains(address);

    private static string Shortened(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    // The label of rehearsal/Providers/RehearsedOutputs: rehearsed-0123456789abcdef0 (an id), rehearsed-metadata.uid-01234567 (a text),
    // arn:aws:rehearsed:us-east-1:…, https://rehearsed-01234567.example.invalid
    [GeneratedRegex(@"\Arehearsed-([\w.\[\]-]+-)?[0-9a-f]{8,17}\z|\Aarn:aws:rehearsed:|\brehearsed-[0-9a-f]{8}(@|\.)example\.invalid\b",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    // A fingerprint of a key, a name that Pulumi chose: no two deployments have the same
    [GeneratedRegex(@"\ASHA256:|-[0-9a-f]{8}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();
}
