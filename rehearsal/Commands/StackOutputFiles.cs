using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;
using Rehearsal.Wire;

namespace Rehearsal.Commands;

/// <summary>Outputs of other stacks, as <c>pulumi stack output --json</c> wrote them, for the <c>StackReference</c>s of a program.</summary>
internal static class StackOutputFiles
{
    /// <summary>Reads every file at once, so that a missing one is said before the program starts.</summary>
    /// <param name="given">One <c>NAME=FILE</c> for each stack; the name is the one that the program refers to, such as
    /// <c>organization/network/prod</c>.</param>
    /// <param name="folder">What relative files are relative to.</param>
    /// <exception cref="BadInputException">An entry has no name, or a file cannot be read or is not a JSON object.</exception>
    public static Func<string, PropertyMap?> Read(IReadOnlyList<string> given, string folder)
    {
        var stacks = given.Select(entry => Read(entry, folder)).ToDictionary(stack => stack.Name, stack => stack.Outputs);
        return name => stacks.GetValueOrDefault(name);
    }

    private static (string Name, PropertyMap Outputs) Read(string entry, string folder)
    {
        var equals = entry.IndexOf('=');
        if (equals <= 0 || equals == entry.Length - 1)
        {
            throw new BadInputException($"--stack-outputs '{entry}' is not NAME=FILE.", "For example: --stack-outputs organization/network/prod=network.json");
        }
        var path = Path.GetFullPath(entry[(equals + 1)..], folder);
        try
        {
            return (entry[..equals], PropertyDecoder.Decode(Opened(JsonParser.Default.Parse<Struct>(File.ReadAllText(path)))).Select(Hidden));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProtocolBufferException or InvalidJsonException or WireException)
        {
            throw new BadInputException(
                $"The outputs of '{entry[..equals]}' cannot be read from {path}: {e.Message}",
                $"Write them with `pulumi stack output --json --stack {entry[..equals]} > {path}`.");
        }
    }

    // `pulumi stack output --json` writes the word in place of a secret, unless it is asked to show them
    private static PropertyValue Hidden(PropertyValue value) => value switch
    {
        StringProperty { Value: PropertyMask.Text } => new SecretProperty(UnknownProperty.Instance),
        // As a rehearsal of the other stack writes it
        StringProperty { Value: Rendering.PropertyText.Unknown } => UnknownProperty.Instance,
        ListProperty list => new ListProperty([.. list.Items.Select(Hidden)]),
        ObjectProperty map => new ObjectProperty(map.Properties.Select(Hidden)),
        _ => value,
    };

    // In an exported state a secret is an object that holds JSON text, in the open or sealed with the other stack's key
    private static Struct Opened(Struct outputs)
    {
        foreach (var value in outputs.Fields.Values)
        {
            Open(value);
        }
        return outputs;
    }

    private static void Open(Value value)
    {
        if (value.KindCase == Value.KindOneofCase.ListValue)
        {
            foreach (var item in value.ListValue.Values)
            {
                Open(item);
            }
            return;
        }
        if (value.KindCase != Value.KindOneofCase.StructValue)
        {
            return;
        }
        var fields = value.StructValue.Fields;
        if (fields.TryGetValue(WireSignatures.Key, out var kind) && kind.StringValue == WireSignatures.Secret && !fields.ContainsKey(WireFields.Value))
        {
            fields[WireFields.Value] = fields.TryGetValue("plaintext", out var plain)
                ? JsonParser.Default.Parse<Value>(plain.StringValue)
                : Value.ForString(WireSignatures.UnknownString);
        }
        Opened(value.StructValue);
    }
}
