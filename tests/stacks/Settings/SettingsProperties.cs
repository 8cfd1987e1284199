using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings;

// Promise: no single mistake in a valid stack file passes unseen, and no message tells a secret.
public sealed class SettingsProperties
{
    private static readonly string[] Corruptions = ["null", "{\"Un_expected\": {}}", "[[]]", "[null]", "rename"];

    private static readonly Gen<(StackSample Sample, string[] Path, string Corruption)> Mistakes =
        from sample in Gen.Elements(StackSample.Made, StackSample.Existing)
        from path in Gen.Elements(Paths(JsonNode.Parse(sample.Config)!.AsObject(), []).ToArray())
        from corruption in Gen.Elements(Corruptions)
        select (sample, path, corruption);

    [Property]
    public Property OneMistake_IsToldWithItsKey() => Prop.ForAll(Mistakes.ToArbitrary(), mistake =>
    {
        var config = JsonNode.Parse(mistake.Sample.Config)!.AsObject();
        var key = Corrupt(config, mistake.Path, mistake.Corruption);

        var messages = StackSample.Messages(mistake.Sample.Raw(config));

        messages.ShouldContain(message => message.StartsWith(key), $"{mistake.Corruption} at {string.Join('.', mistake.Path)}");
        messages.ShouldAllBe(message => !StackSample.Markers.Any(message.Contains));
    });

    [Property]
    public Property OneMistake_HidesNoOther() => Prop.ForAll(Mistakes.ToArbitrary(), mistake =>
    {
        var config = JsonNode.Parse(mistake.Sample.Config)!.AsObject();
        Corrupt(config, mistake.Path, mistake.Corruption);
        config["unknown"] = "x";

        StackSample.Messages(mistake.Sample.Raw(config)).ShouldContain(message => message.StartsWith("platform:unknown: is not a key"));
    });

    [Property]
    public Property Reading_GivesTheSameTwice() => Prop.ForAll(Mistakes.ToArbitrary(), mistake =>
    {
        var config = JsonNode.Parse(mistake.Sample.Config)!.AsObject();
        Corrupt(config, mistake.Path, mistake.Corruption);
        var raw = mistake.Sample.Raw(config);

        SettingsValidation.Read(raw).Problems.ShouldBe(SettingsValidation.Read(raw).Problems);
    });

    private static IEnumerable<string[]> Paths(JsonObject node, string[] above) => node.SelectMany(child =>
    {
        string[] path = [.. above, child.Key];
        return child.Value is JsonObject inner ? Paths(inner, path).Prepend(path) : [path];
    });

    // Changes one key, and gives how the path in the message must start.
    private static string Corrupt(JsonObject config, string[] path, string corruption)
    {
        var owner = path[..^1].Aggregate(config, (node, key) => node[key]!.AsObject());
        var last = path[^1];
        if (corruption != "rename")
        {
            owner[last] = JsonNode.Parse(corruption);
            return $"platform:{string.Join('.', path)}";
        }

        // Entries of a map are named by the operator: a name that is not one is the mistake there.
        var value = owner[last]!.DeepClone();
        owner.Remove(last);
        owner[$"{last}_X"] = value;
        return $"platform:{string.Join('.', [.. path[..^1], $"{last}_X"])}";
    }
}
