using System.Text.Json;

namespace Bench;

/// <summary>Updates, previews on a state, and what lies between two states.</summary>
internal sealed class StateRows(Runner runner)
{
    private const int PerGroup = 10;

    // One of so many groups differs between two editions
    private const int OneOf = 100;

    private const string Root = "urn:pulumi:dev::bench::pulumi:pulumi:Stack::bench-dev";
    private const string Group = "bench:index:Group";
    private const string RandomId = "random:index/randomId:RandomId";
    private const string Provider = "urn:pulumi:dev::bench::pulumi:providers:random::default_4_21_2";
    private const string ProviderId = "0f7c9f5e-5b0e-4d43-9c2c-5d6c3f7f5d11";

    public async IAsyncEnumerable<Budget> RunAsync()
    {
        await foreach (var row in UpdatesAsync())
        {
            yield return row;
        }
        await foreach (var row in ComparisonsAsync())
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<Budget> UpdatesAsync()
    {
        var count = runner.Quick ? 1_000 : 5_000;
        var folder = Directory.CreateTempSubdirectory("platform-state-");
        try
        {
            yield return await UnchangedAsync(Path.Combine(folder.FullName, "unchanged"));
            var number = 0;
            var start = await runner.RehearseAsync(1);
            // Each time into a folder of its own, that it is a first update each time
            var up = await Runs.MeasureAsync(runner.Seldom, () => OnStateAsync("up", Path.Combine(folder.FullName, $"{number++}"), count, "1"));
            yield return Budget.Unlimited($"up of a stack, {count:N0} resources, its state kept", up, $", {Runner.Rate(count, up, start):N0} registrations/s");

            var (most, state) = (runner.Sizes[^1], Path.Combine(folder.FullName, "most"));
            yield return Budget.Unlimited($"up of a stack, {most:N0} resources, its state kept", Runs.Of(await OnStateAsync("up", state, most, "1")));
            var diff = await Runs.MeasureAsync(runner.Seldom, () => OnStateAsync("preview", state, most, "2"));
            var rate = Runner.Rate(most, diff, start);
            yield return new Budget(
                $"preview on a state, {most:N0} resources, one of {OneOf} changed", $"{diff.Text}, {rate:N0} registrations/s, {diff.PeakMegabytes:0} MB",
                "5,000 registrations/s, 400 MB", rate >= 5_000 && diff.PeakMegabytes <= 400)
            { Time = diff };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Nothing is sealed in this state, so what is compared is reading and comparing it, not the key of a passphrase
    private async Task<Budget> UnchangedAsync(string state)
    {
        const int Count = 1_000;
        (await OnStateAsync("up", state, Count, "1")).RequireSuccess();
        var unchanged = await Runs.MeasureAsync(runner.Often, () => OnStateAsync("preview", state, Count, "1"));
        var plain = await Runs.MeasureAsync(runner.Often, () => runner.SyntheticAsync(["preview", "dev", "--json"], Count, "1"));
        return Budget.Compared(
            $"preview of {Count:N0} resources on the state of an update of the same tree, against that without a state", unchanged, plain, 1.2);
    }

    private async IAsyncEnumerable<Budget> ComparisonsAsync()
    {
        var (count, folder) = (runner.Sizes[^1], Directory.CreateTempSubdirectory("platform-states-"));
        try
        {
            var (before, after) = (Path.Combine(folder.FullName, "before.json"), Path.Combine(folder.FullName, "after.json"));
            Write(before, count, edition: 1);
            Write(after, count, edition: 2);
            foreach (var command in new[] { "diff", "audit" })
            {
                yield return Budget.Unlimited(
                    $"{command} of two states, {count:N0} resources each, one of {OneOf} changed",
                    await Runs.MeasureAsync(runner.Seldom, () => runner.PlatformAsync([command, before, after])));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<Measurement> OnStateAsync(string command, string state, int count, string edition)
        => runner.SyntheticAsync([command, "dev", "--json", "--state", state], count, edition);

    // What `pulumi stack export` writes after the program of tests/bench/synthetic, without a secret in it
    private static void Write(string path, int count, int edition)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteNumber("version", 3);
        json.WriteStartObject("deployment");
        json.WriteStartObject("manifest");
        json.WriteString("time", DateTime.UnixEpoch);
        json.WriteString("magic", "");
        json.WriteString("version", "");
        json.WriteEndObject();
        json.WriteStartArray("resources");
        Resource(json, Root, "pulumi:pulumi:Stack", parent: null);
        json.WriteEndObject();
        Resource(json, Provider, "pulumi:providers:random", parent: null, ProviderId);
        json.WriteEndObject();
        for (var number = 0; number < count; number++)
        {
            var group = number / PerGroup;
            var parent = $"urn:pulumi:dev::bench::{Group}::group-{group}";
            if (number % PerGroup == 0)
            {
                Resource(json, parent, Group, Root);
                json.WriteEndObject();
            }
            var value = group % OneOf == 0 ? $"{number:x8}{edition:x8}" : $"{number:x16}";
            var previous = number % PerGroup == 0 ? null : UrnOf(number - 1);
            Resource(json, UrnOf(number), RandomId, parent, value);
            json.WriteString("provider", $"{Provider}::{ProviderId}");
            Properties(json, "inputs", number, value, outputs: false);
            Properties(json, "outputs", number, value, outputs: true);
            if (previous is not null)
            {
                json.WriteStartArray("dependencies");
                json.WriteStringValue(previous);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string UrnOf(int number) => $"urn:pulumi:dev::bench::{Group}${RandomId}::id-{number}";

    // Its first fields; the caller ends it
    private static void Resource(Utf8JsonWriter json, string urn, string type, string? parent, string? id = null)
    {
        json.WriteStartObject();
        json.WriteString("urn", urn);
        json.WriteBoolean("custom", id is not null);
        json.WriteString("type", type);
        if (id is not null)
        {
            json.WriteString("id", id);
        }
        if (parent is not null)
        {
            json.WriteString("parent", parent);
        }
    }

    private static void Properties(Utf8JsonWriter json, string name, int number, string value, bool outputs)
    {
        json.WriteStartObject(name);
        json.WriteNumber("byteLength", 8);
        json.WriteString("prefix", $"prefix-{number}");
        json.WriteStartObject("keepers");
        json.WriteString("group", value);
        json.WriteEndObject();
        if (outputs)
        {
            json.WriteString("hex", $"prefix-{number}{value}");
            json.WriteString("dec", $"prefix-{number}{number}");
            json.WriteString("b64Std", $"prefix-{number}{value}=");
            json.WriteString("b64Url", $"prefix-{number}{value}");
        }
        json.WriteEndObject();
    }
}
