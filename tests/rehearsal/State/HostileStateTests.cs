using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Rehearsal;
using Rehearsal.State;
using Tests.Rehearsal.Commands;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.State;

// Promise: whatever became of a state file, it is read or refused with what is wrong with it and what to do; it crashes nothing and nothing is written.
public sealed class HostileStateTests : IDisposable
{
    private const string A = "urn:pulumi:dev::platform::t:i:T::a";
    private const string B = "urn:pulumi:dev::platform::t:i:T::b";
    private const string C = "urn:pulumi:dev::platform::t:i:T::c";

    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    public static TheoryData<string, string> Broken => new()
    {
        { "", "is damaged or no state of Pulumi's: it is empty or no JSON" },
        { "garbage", "is damaged or no state of Pulumi's: it is empty or no JSON" },
        { "[]", "is damaged or no state of Pulumi's: it is no JSON object" },
        { "{\"version\": 3,\n  \"deployment\": {\"resour", "is damaged or no state of Pulumi's: it is cut off after line 2, column " },
        { "{\"version\": 3,\n !}", "is damaged or no state of Pulumi's: it is no JSON from line 2, column 2 on" },
        { "{\"version\": \"3\"}", "is damaged or no state of Pulumi's: a field holds another kind of value than it should" },
        { "{\"version\": 7, \"deployment\": {}}", "is a state of version 7; this engine reads versions 1 to 4." },
        { State("null"), "is damaged or no state of Pulumi's: its resource 1: a field holds another kind of value than it should" },
        { State("{}"), "is damaged or no state of Pulumi's: its resource 1: '' is not a URN" },
        { State(Resource(A, "\"parent\": \"x\"")), $"is damaged or no state of Pulumi's: resource '{A}': 'x' is not a URN" },
        { State(Resource(A, "\"dependencies\": [1]")), $"is damaged or no state of Pulumi's: resource '{A}': a field holds another kind" },
        { State(Resource(A, "\"inputs\": {\"a\": 1, \"a\": 2}")), $"is damaged or no state of Pulumi's: resource '{A}': " },
        { State(Resource(A, $"\"inputs\": {{\"a\": {Nested(9000)}}}")), "is damaged or no state of Pulumi's: it is no JSON from line 1, column " },
        { State(Resource(A, "\"provider\": \"x\"")), $"is damaged: resource '{A}' has the provider 'x', which is not the URN and the id of one." },
        { State(Resource(A, $"\"provider\": \"{B}::1\"")), $"is damaged: resource '{A}' has the provider '{B}::1', which is not the URN and the id of one." },
        { State(Resource(A, $"\"dependencies\": [\"{A}\"]")), $"is damaged: resource '{A}' depends on '{A}', which is itself." },
        { State(Resource(A, $"\"dependencies\": [\"{B}\"]")), $"is damaged: resource '{A}' depends on '{B}', which is not there." },
        { State(Resource(A, $"\"dependencies\": [\"{B}\"]"), Resource(B)), $"is damaged: resource '{A}' depends on '{B}', which comes after it." },
        {
            State(Resource(A, $"\"dependencies\": [\"{B}\"]"), Resource(B, $"\"parent\": \"{C}\""), Resource(C, $"\"deletedWith\": \"{A}\"")),
            $"is damaged: resource '{A}' depends on '{B}', which comes after it and needs it in turn: '{B}' -> '{C}' -> '{A}'."
        },
        {
            State(Resource(A, $"\"propertyDependencies\": {{\"x\": [\"{B}\"]}}")),
            $"is damaged: resource '{A}' depends, with its property x, on '{B}', which is not there."
        },
        { State(Resource(A, $"\"deletedWith\": \"{B}\"")), $"is damaged: resource '{A}' is deleted with '{B}', which is not there." },
        { State(Resource(A), Resource(A)), $"is damaged: resource '{A}' is there twice." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Rejects_ADamagedState_WithWhatToDo_AndLeavesItAlone(string text, string problem)
    {
        var path = _cli.Folder.Write(".platform/state/platform/dev.json", text);

        foreach (var command in new[] { "preview", "up", "destroy", "refresh", "export", "outputs" })
        {
            var run = await Run([command, "dev"]);
            run.ExitCode.ShouldBe(1);
            // What changes a state says in its first and last line that it is a rehearsal, whatever comes of it
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains("nothing is deployed") || line.Contains("nothing was deployed"));
            run.Error.ShouldContain($"{path} {problem}");
            run.Error.ShouldContain("\nfix:   ");
        }
        File.ReadAllText(path).ShouldBe(text);
        _cli.Folder.Files().ShouldNotContain(file => file.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Rejects_ADamagedExport(string text, string problem)
    {
        _cli.Input = text;
        (await Run(["import", "dev"])).Error.ShouldContain($"The standard input {problem}");
        _cli.Folder.Write("export.json", text);
        var run = await Run(["preview", "dev", "--against", "export.json"]);
        run.ExitCode.ShouldBeInRange(1, 2);
        run.Error.ShouldContain("export.json is");
    }

    [Fact]
    public async Task Rejects_AWrongPassphrase_AndSaysThatNoneIsNeeded()
    {
        _cli.Folder.Write(".platform/state/platform/dev.json", Sealed(Secrets.Sample.Salt, Secrets.Sample.Ciphertext));
        _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "another";

        (await Run(["preview", "dev"])).ShouldBe((2, "",
            "error: The passphrase is wrong: it does not open the secrets of the stack's state.\n"
            + "fix:   Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the passphrase with which they were sealed, "
            + "or unset it: they then stay closed.\n"));
        _cli.Environment.Remove("PULUMI_CONFIG_PASSPHRASE");
        (await Run(["preview", "dev"])).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Rejects_ADamagedSaltOrCiphertext()
    {
        _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "test";
        _cli.Folder.Write(".platform/state/platform/dev.json", Sealed("v9:x", Secrets.Sample.Ciphertext));
        (await Run(["preview", "dev"])).Error.ShouldStartWith("error: The salt of the stack's state is damaged, so its secrets do not open.");
        _cli.Folder.Write(".platform/state/platform/dev.json", Sealed(Secrets.Sample.Salt, "v1:AAAA:BBBB"));
        (await Run(["preview", "dev"])).Error.ShouldStartWith("error: A secret of the state does not open: its ciphertext is damaged, ");
    }

    // Pieces of an honest export, cut, doubled and swapped: what is still read can be previewed, updated and destroyed
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MutatedStates_AreReadOrRefused(int seed) => Fuzz(seed, 150);

    [Fact]
    public void ManyMutatedStates_AreReadOrRefused()
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_NIGHTLY") == "1")
        {
            Fuzz(seed: 20_261_126, 10_000);
        }
    }

    private static void Fuzz(int seed, int files)
    {
        var random = new Random(seed);
        var honest = JsonNode.Parse(CheckpointWriter.Write(Honest() with { Secrets = new StateSecrets(StateSecrets.Base64Provider, () => null) }))!;
        var read = 0;
        for (var i = 0; i < files; i++)
        {
            var text = Mutant(random, honest);
            try
            {
                var state = CheckpointReader.Read(text, "f", _ => null);
                if (state.Problem() is not null)
                {
                    continue;
                }
                read++;
                var again = CheckpointWriter.Write(state with { Manifest = "{}" });
                CheckpointWriter.Write(CheckpointReader.Read(again, "f", _ => null) with { Manifest = "{}" }).ShouldBe(again);
                foreach (var kind in new[] { OperationKind.Preview, OperationKind.Update })
                {
                    using var run = Rehearsed.Run(kind, state, [Rehearsed.Follower("a", Keepers("1")), Rehearsed.Follower("b", Keepers("2"), of: ["a"])]);
                    _ = run.Plan.Ordered();
                    (kind == OperationKind.Update && !run.Events.Failed ? run.State.Problem() : null).ShouldBeNull();
                }
                using var destroyed = Rehearsed.Destroy(state);
            }
            catch (BadInputException e)
            {
                e.Message.ShouldStartWith("f ");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, file {i}: {text}", e);
            }
        }
        read.ShouldBeGreaterThan(files / 10);
    }

    private static Checkpoint Honest()
    {
        using var run = Rehearsed.Run(OperationKind.Update, null,
        [
            Rehearsed.Follower("a", Keepers("1")), Rehearsed.Follower("b", Keepers("1"), of: ["a"]),
            Rehearsed.Follower("c", Keepers("1"), after: ["a", "b"]),
        ]);
        return run.State;
    }

    private static ImmutableDictionary<string, string> Keepers(string value)
        => ImmutableDictionary<string, string>.Empty.Add("k", value);

    private static string Mutant(Random random, JsonNode honest)
    {
        if (random.Next(10) == 0)
        {
            // Bytes lost and flipped
            var text = new StringBuilder(honest.ToJsonString());
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                text[random.Next(text.Length)] = (char)random.Next(0x20, 0x7F);
            }
            return text.ToString(0, random.Next(2) == 0 ? text.Length : random.Next(text.Length));
        }
        var root = honest.DeepClone();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var nodes = new List<JsonNode>();
            Collect(root, nodes);
            var (target, source) = (nodes[random.Next(nodes.Count)], nodes[random.Next(nodes.Count)]);
            switch ((target, random.Next(4)))
            {
                case (JsonObject map, 0) when map.Count > 0:
                    map.Remove(map.ElementAt(random.Next(map.Count)).Key);
                    break;
                case (JsonObject map, 1) when map.Count > 0:
                    map[map.ElementAt(random.Next(map.Count)).Key] = source.DeepClone();
                    break;
                case (JsonObject map, _) when map.Count > 0:
                    map[Words[random.Next(Words.Length)]] = Values[random.Next(Values.Length)]?.DeepClone();
                    break;
                case (JsonArray list, 0) when list.Count > 0:
                    list.RemoveAt(random.Next(list.Count));
                    break;
                case (JsonArray list, 1) when list.Count > 0:
                    list.Insert(random.Next(list.Count), list[random.Next(list.Count)]?.DeepClone());
                    break;
                case (JsonArray list, _):
                    list.Add(source.DeepClone());
                    break;
                default:
                    break;
            }
        }
        return root.ToJsonString();
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        nodes.Add(node);
        foreach (var child in node is JsonObject map ? map.Select(entry => entry.Value) : node is JsonArray list ? list.AsEnumerable() : [])
        {
            if (child is not null)
            {
                Collect(child, nodes);
            }
        }
    }

    private static readonly string[] Words =
    [
        "parent", "provider", "delete", "pendingReplacement", "dependencies", "id", "type", "urn", "external", "protect", "taint", "deletedWith", "replaceWith",
        "propertyDependencies", "customTimeouts", "aliases", "initErrors", "inputs", "outputs", "keepers", "custom", "4dabf18193072939515e22adb298388d",
        "pending_operations", "metadata", "retainOnDelete",
    ];

    private static readonly JsonNode?[] Values =
    [
        null, true, false, 0, -1, 1e308, "", "x", "urn:pulumi:s::p::t:i:T::n", "urn:pulumi:s::p::pulumi:providers:random::default::1", new JsonArray(),
        new JsonArray("a"), new JsonObject(), new JsonObject { ["create"] = "x" }, new JsonObject { ["keepers"] = null },
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "1b47061264138c4ac30d75fd1eb44270",
        new JsonObject { ["4dabf18193072939515e22adb298388d"] = "1b47061264138c4ac30d75fd1eb44270", ["plaintext"] = "\"s\"" },
    ];

    private Task<(int ExitCode, string Output, string Error)> Run(string[] arguments)
    {
        if (!_cli.Environment.ContainsKey("PULUMI_CONFIG_PASSPHRASE") && arguments[0] is "up" or "destroy" or "refresh")
        {
            _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "pass";
        }
        return _cli.RunAsync(arguments);
    }

    private static string State(params string[] resources) => $$$"""{"version": 3, "deployment": {"resources": [{{{string.Join(", ", resources)}}}]}}""";

    private static string Resource(string urn, string more = "\"id\": \"1\"") => $$"""{"urn": "{{urn}}", "custom": false, "type": "t:i:T", {{more}}}""";

    private static string Sealed(string salt, string ciphertext) => State(Resource(A, $$"""
        "outputs": {"s": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "{{ciphertext}}"} }
        """)).Replace("\"resources\"", $$"""
        "secrets_providers": {"type": "passphrase", "state": {"salt": "{{salt}}"} }, "resources"
        """, StringComparison.Ordinal);
}
