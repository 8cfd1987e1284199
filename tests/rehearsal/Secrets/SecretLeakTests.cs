using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Manifests;
using Rehearsal.Planning;
using Rehearsal.Rendering;
using Rehearsal.Secrets;
using Rehearsal.Wire;
using Tests.Rehearsal.Commands;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Secrets;

// Promise: a secret that was sealed, or that the program marked, can be read nowhere, in no form in which programs pass it on.
public sealed class SecretLeakTests
{
    private const string Simple = "m4rker-0f-a-secret";
    private const string Awkward = "m4rk\"er <0f> a&secret/ü%'+s";

    private static readonly JsonSerializerOptions AsJavaScript = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How programs pass a secret on, by name; each form of each secret is planted on each channel.</summary>
    private static readonly (string Name, Func<string, string> Write)[] Forms =
    [
        ("raw", secret => secret),
        ("inside a text", secret => $"before {secret} after"),
        ("JSON", secret => JsonSerializer.Serialize(new { user = "ann", password = secret })),
        ("JSON as JavaScript and Go write it", secret => Relaxed(new { password = secret })),
        ("JSON in JSON", secret => JsonSerializer.Serialize(new { config = JsonSerializer.Serialize(new { password = secret }) })),
        ("JSON in JSON, relaxed", secret => Relaxed(new { config = Relaxed(new { password = secret }) })),
        ("base64", Base64),
        ("base64url", secret => Base64(secret).Replace('+', '-').Replace('/', '_').TrimEnd('=')),
        ("base64 of user:secret", secret => Base64($"user:{secret}")),
        ("base64 one byte on", secret => Base64($"u{secret}\n")),
        ("base64 two bytes on", secret => Base64($"us{secret}@host")),
        ("base64url of user:secret", secret => Base64($"user:{secret}").Replace('+', '-').Replace('/', '_')),
        ("base64 of JSON", secret => Base64(Relaxed(new { auths = new { registry = new { password = secret } } }))),
        ("base64 of a URL", secret => Base64($"redis://:{Uri.EscapeDataString(secret)}@redis:6379/0")),
        ("basic authentication", secret => $"Authorization: Basic {Base64($"admin:{secret}")}"),
        ("URL of Redis", secret => $"redis://:{Uri.EscapeDataString(secret)}@redis:6379/0"),
        ("form", secret => $"user=ann&password={WebUtility.UrlEncode(secret)}"),
        ("URL in lower case", secret => $"https://host/?key={Uri.EscapeDataString(secret).Replace("%3C", "%3c").Replace("%3E", "%3e").Replace("%2F", "%2f")
            .Replace("%C3%BC", "%c3%bc").Replace("%2B", "%2b")}"),
        ("HTML", secret => $"<b title=\"{WebUtility.HtmlEncode(secret)}\">"),
        ("HTML text", secret => $"<b>{secret.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")}</b>"),
    ];

    public static TheoryData<string, string> Planted
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (name, _) in Forms)
            {
                rows.Add(Simple, name);
                rows.Add(Awkward, name);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void ASealedValue_IsHidden_OnEveryChannel(string secret, string form)
        => Shown(SecretFilter.For(Request(secret)), Form(form)(secret)).ShouldBeFreeOf(secret, Form(form)(secret));

    [Theory]
    [MemberData(nameof(Planted))]
    public void AMemberOfASealedObject_IsHidden_OnEveryChannel(string secret, string form)
        => Shown(SecretFilter.For(Request(Relaxed(new { name = "x", nested = new[] { new { password = secret } } }))), Form(form)(secret)).ShouldBeFreeOf(
            secret, Form(form)(secret));

    [Theory]
    [MemberData(nameof(Planted))]
    public void AValueThatTheProgramMarks_IsHidden_OnEveryChannel(string secret, string form)
    {
        var filter = new SecretFilter();
        filter.Learn(PropertyMap.Create(("credentials", new SecretProperty(Results.Map(("password", Results.Text(secret)))))));

        Shown(filter, Form(form)(secret)).ShouldBeFreeOf(secret, Form(form)(secret));
    }

    [Fact]
    public void AnAsset_ThatHoldsASecret_IsHidden()
        => SecretFilter.For(Request(Simple)).Mark(PropertyMap.Create(("file", new AssetProperty($"password={Simple}")))).ToString().ShouldBe(
            """{"file":"[secret]"}""");

    [Fact]
    public async Task AMessage_PrintedBeforeTheSecretWasKnown_IsRidOfItInTheEnd()
    {
        await using var engine = await EngineServer.StartAsync();
        await engine.Channel.CallAsync(
            $"{EngineServer.Engine}Log", new Pulumirpc.LogRequest { Severity = Pulumirpc.LogSeverity.Info, Message = $"made {Simple}" },
            Google.Protobuf.WellKnownTypes.Empty.Parser);
        engine.Diagnostics.ShouldHaveSingleItem().Message.ShouldBe($"made {Simple}");

        await engine.RegisterAsync(
            "kubernetes:core/v1:Secret", "s", resource => resource.Object = PropertyEncoder.Encode(
                PropertyMap.Create(("stringData", new SecretProperty(Results.Map(("password", Results.Text(Simple))))))));

        engine.Diagnostics[0].Message.ShouldBe("made [secret]");
    }

    // The whole way: a process that prints, and what the engine hands to those who write files
    [Fact]
    public async Task AProgramThatPrintsEveryForm_ShowsNone()
    {
        var lines = Forms.Select(form => form.Write(Awkward).ReplaceLineEndings(" ")).ToArray();
        var script = string.Concat(lines.Select(line => $"printf '%s\\n' '{line.Replace("'", "'\\''")}'\n"));
        var request = Request(Awkward) with { Program = new ProgramLaunch("sh", ["-c", script], "/", "/") };

        var result = await new RehearsalHost().RunAsync(request, new RecordingProgress(), CancellationToken.None);

        var shown = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Info).Select(diagnostic => diagnostic.Message).ToArray();
        shown.Length.ShouldBe(lines.Length);
        shown.ShouldAllBe(line => line.Contains("[secret]", StringComparison.Ordinal));
        string.Join('\n', shown).ShouldBeFreeOf(Awkward, [.. lines]);
    }

    // What is hidden without need is lost to the reader
    [Theory]
    [InlineData("studios")]
    [InlineData("true")]
    [InlineData("redis")]
    public void EverydayWords_StayInThePlan(string secret)
    {
        var filter = SecretFilter.For(Request(secret, ("platform:studios", "on"), ("platform:tower", """{"redis":{}}""")));

        Shown(filter, $"{secret}-ingress").ShouldContain($"{secret}-ingress");
    }

    [Theory]
    [InlineData("studios", "studios: the setting is missing", "studios: the setting is missing")]
    [InlineData("hunter2", "hunter2 is the password", "[secret] is the password")]
    [InlineData("ab", "about abc", "about abc")]
    [InlineData("true", "true story", "true story")]
    [InlineData("""{"replicas":100,"port":54321}""", "100 of 1000 at 54321", "100 of 1000 at [secret]")]
    public void Messages_LoseSecrets_ButNotTheNamesOfSettings(string secret, string text, string shown)
        => SecretFilter.For(Request(secret, ("platform:studios", "on"))).Apply(text).ShouldBe(shown);

    [Fact]
    public void AShortSealedValue_IsHidden_WhereItIsAWholeProperty()
    {
        var filter = SecretFilter.For(Request("hunter2"));

        filter.Mark(PropertyMap.Create(
            ("whole", Results.Text("hunter2")), ("encoded", Results.Text("aHVudGVyMg==")), ("user", Results.Text(Base64("ann:hunter2"))),
            ("part", Results.Text("hunter2-service")))).ToString().ShouldBe(
            """{"encoded":"[secret]","part":"hunter2-service","user":"[secret]","whole":"[secret]"}""");
    }

    [Fact]
    public void WhatTheStackFileShows_StaysOpen_WhenAProgramMarksAnObjectThatHasIt()
    {
        var filter = SecretFilter.For(Request(Simple, ("platform:aws", """{"region":"eu-west-1"}""")));
        filter.Learn(new SecretProperty(Results.Text($$"""{"args":["--region","eu-west-1"],"token":"{{Awkward[..3]}}-t0ken-0f-it"}""")));

        filter.Mark(PropertyMap.Create(("region", Results.Text("eu-west-1")), ("token", Results.Text("m4r-t0ken-0f-it")))).ToString().ShouldBe(
            """{"region":"eu-west-1","token":"[secret]"}""");
    }

    [Fact]
    public void SecretsThatOverlap_AreHiddenTogether()
    {
        var filter = new SecretFilter();
        filter.LearnText("abcdefgh");
        filter.LearnText("fghijklm");

        filter.Apply("xabcdefghijklmx abcdefgh").ShouldBe("x[secret]x [secret]");
    }

    // Twenty thousand generated passwords, all of one beginning, and as many properties: an index that is not linear takes minutes
    [Fact]
    public void TwentyThousandSecrets_AreHiddenInTime()
    {
        var filter = new SecretFilter();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++)
        {
            filter.Learn(new SecretProperty(Results.Text($"sk_live_{i:x8}!{i * 7919:x8}")));
        }
        var properties = PropertyMap.From(
            Enumerable
                .Range(0, 20_000)
                .Select(index => KeyValuePair.Create<string, PropertyValue>($"p{index}", Results.Text($"sk_live_{index:x8}+ and some text around it"))));

        filter.Mark(properties).ShouldBeSameAs(properties);
        filter.Apply($"key sk_live_{19_999:x8}!{19_999 * 7919:x8}.").ShouldBe("key [secret].");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static Func<string, string> Form(string name) => Forms.Single(form => form.Name == name).Write;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Relaxed(object value) => JsonSerializer.Serialize(value, AsJavaScript);

    private static RehearsalRequest Request(string secret, params (string Key, string Value)[] open)
    {
        var request = new RehearsalRequest { Program = new ProgramLaunch("none", [], ".", "."), Project = "platform", Stack = "dev", Parallel = 16 };
        return request with
        {
            Config = request.Config.SetItems(open.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))).SetItem("platform:key", secret),
            SecretKeys = ["platform:key"],
        };
    }

    // A resource that holds the text in the open, and a program that logs it, as every command would show them
    private static string Shown(SecretFilter filter, string text)
    {
        var state = new ResourceState
        {
            Urn = Results.Service,
            Type = Results.Service.Type,
            Custom = true,
            Inputs = PropertyMap.Create(
                ("metadata", Results.Map(("name", Results.Text("s")), ("annotations", Results.Map(("note", Results.Text(text)))))),
                ("spec", Results.Map(("externalIPs", new ListProperty([Results.Text(text)]))))),
            Outputs = PropertyMap.Create(("note", Results.Text(text))),
        };
        var plan = filter.Mark(new Plan([Results.Step(Operation.Create, state)]));
        var events = new EventStream(new RecordingProgress(), filter);
        events.Warning(text);
        var result = Results.Empty with
        {
            Plan = plan,
            Outputs = filter.Mark(PropertyMap.Create(("address", Results.Text(text)))),
            Diagnostics = events.Diagnostics,
        };
        using var writer = new StringWriter();
        var terminal = new Terminal(writer, writer, colouredOutput: false, colouredError: false);
        PreviewJson.Write(writer, Request("none"), result);
        PreviewRenderer.Write(terminal, result, verbose: true);
        foreach (var file in ManifestFile.All("dev", KubernetesObjects.Find(plan, showSecrets: false), ExportedFile.Find(PropertyMask.Mask(result.Outputs))))
        {
            writer.Write(file.Text);
        }
        return writer.ToString();
    }
}

/// <summary>What a reader could find of a secret in a text.</summary>
internal static class SecretAssertions
{
    /// <summary>Fails when the text has the secret, what was planted, or either as JSON escapes them.</summary>
    public static void ShouldBeFreeOf(this string text, string secret, params ImmutableArray<string> planted)
    {
        foreach (var part in planted.Add(secret))
        {
            text.ShouldNotContain(part, Case.Sensitive);
            text.ShouldNotContain(JsonSerializer.Serialize(part)[1..^1], Case.Sensitive);
        }
        text.ShouldContain("[secret]");
    }
}
