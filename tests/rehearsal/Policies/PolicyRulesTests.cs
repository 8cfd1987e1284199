using System.Collections.Immutable;
using System.Text.Json;
using Rehearsal;
using Rehearsal.Graph;
using Rehearsal.Policies;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Policies;

// Promise: each rule finds what breaks it and nothing else, says nothing about what only a deployment knows, and a waiver covers what it names until its day.
public sealed class PolicyRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    public static TheoryData<string, string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var (id, type, bad, good) in PolicyRuleCases.All)
        {
            data.Add(id, type, bad, good);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ARule_FindsWhatBreaksIt_AndNothingElse(string id, string type, string bad, string good)
    {
        Found(type, bad).ShouldContain(id);

        if (good != "-")
        {
            Found(type, good).ShouldNotContain(id);
        }
    }

    [Fact]
    public void EveryRule_HasACase_AndAnIdOfItsOwn()
    {
        PolicyRules.All.Select(rule => rule.Id).Order(StringComparer.Ordinal).ShouldBe(
            PolicyRuleCases.All.Select(entry => entry.Id).Distinct().Order(StringComparer.Ordinal));
        PolicyRules.All.Length.ShouldBeGreaterThan(60);
    }

    // A rule that takes the unknown for the wrong would stop every first deployment
    [Theory]
    [MemberData(nameof(Cases))]
    public void WhatOnlyADeploymentKnows_BreaksNoRule(string id, string type, string bad, string good)
    {
        var inputs = States(type, bad)[0].Inputs.Select(_ => UnknownProperty.Instance);
        var given = new ResourceState { Urn = Name(type, "r"), Type = type, Custom = true, Inputs = inputs };

        var found = PolicyCheck.Run([given], [], Today).Findings.Where(finding => finding.Id == id);

        // What is asked of other resources, or of a name, does not depend on what is unknown
        var asksOthers = good == "-" || good.Contains('&', StringComparison.Ordinal) || good.StartsWith("NAME", StringComparison.Ordinal);
        found.Where(finding => finding.Found == $"is {UnknownProperty.Instance}" && !asksOthers).ShouldBeEmpty();
    }

    [Fact]
    public void AWaiver_CoversWhatItNames_UntilItsDay()
    {
        var states = States("tls:index/privateKey:PrivateKey", "{'algorithm':'RSA','rsaBits':1024}");

        Open(new Waiver("secrets/short-key", ["r"], "a device that takes no more", Today)).ShouldBeEmpty();
        Open(new Waiver("secrets/short-key", ["tls:*::r"], "a device that takes no more", Today)).ShouldBeEmpty();
        Open(new Waiver("secrets/short-key", ["r"], "a device that takes no more", Today.AddDays(-1))).ShouldBe(
            ["policy/expired-waiver waivers[0] of secrets/short-key expired on 2026-11-25", "secrets/short-key rsaBits is 1024"]);
        Open(new Waiver("secrets/short-key", ["other", "s*"], "a device that takes no more", Today)).ShouldBe(
            ["policy/unused-waiver waivers[0] of secrets/short-key for other, s* is needed by nothing", "secrets/short-key rsaBits is 1024"]);

        Open(new Waiver("secrets/short-key", ["other"], "a device that comes later", Today, MayBeUnused: true)).ShouldBe(["secrets/short-key rsaBits is 1024"]);

        string[] Open(Waiver waiver) => [.. PolicyCheck.Run(states, [waiver], Today).Open.Select(finding => $"{finding.Id} {finding.Path} {finding.Found}")
            .Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("""{"waivers":[{"rule":"secrets/short-key","resources":["a"],"reason":"because","expires":"2027-06-30"}]}""", null)]
    [InlineData("""{"waivers":[{"rule":"secrets/short-key","resources":["a"],"reason":"because","expires":"2027-06-30T00:00:00Z"}]}""", null)]
    [InlineData("", null)]
    [InlineData("[]", "p:policy has to be an object with the list `waivers`.")]
    [InlineData("{", "p:policy has to be an object with the list `waivers`.")]
    [InlineData(
        """{"waivers":[{"rule":"secrets/short-kez","expires":"soon"}]}""",
        """
        p:policy.waivers[0].rule is 'secrets/short-kez', and there is no such rule. Did you mean 'secrets/short-key'?
        p:policy.waivers[0].resources has to list names of resources, with * for any letters: a waiver of everything says ["*"].
        p:policy.waivers[0].reason is missing.
        p:policy.waivers[0].expires has to be a day, as 2027-06-30.
        """)]
    [InlineData("""{"waivers":[7]}""",
        """
        p:policy.waivers[0].rule is missing.
        p:policy.waivers[0].resources has to list names of resources, with * for any letters: a waiver of everything says ["*"].
        p:policy.waivers[0].reason is missing.
        p:policy.waivers[0].expires has to be a day, as 2027-06-30.
        """)]
    public void Waivers_AreRead_OrRefusedWithEveryProblem(string text, string? problem)
    {
        if (problem is null)
        {
            Waiver.Read(text, "p:policy").Length.ShouldBe(text.Length == 0 ? 0 : 1);
            return;
        }

        Should.Throw<BadInputException>(() => Waiver.Read(text, "p:policy")).Message.ShouldBe(problem);
    }

    [Fact]
    public void Reports_HideSecrets_AndAreTheSameTwice()
    {
        var states = States("aws:ssm/parameter:Parameter", "{'type':'String','value':SECRET}")
            .Concat(States("kubernetes:core/v1:ConfigMap", "{'data':{'k':'-----BEGIN PRIVATE KEY-----hidden-marker'}}", "c")).ToArray();

        var result = PolicyCheck.Run(states, [], Today);
        var reports = PolicyReport.Json("dev", result) + PolicyReport.Sarif("Pulumi.dev.yaml", "/", result);

        reports.ShouldBe(PolicyReport.Json("dev", PolicyCheck.Run(states.Reverse(), [], Today)) + PolicyReport.Sarif("Pulumi.dev.yaml", "/", result));
        reports.ShouldNotContain("s3cr3t");
        reports.ShouldNotContain("hidden-marker");
        using var sarif = JsonDocument.Parse(PolicyReport.Sarif("Pulumi.dev.yaml", "/", result));
        sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength().ShouldBe(result.Findings.Length);
    }

    private static ImmutableHashSet<string> Found(string type, string text) =>
        [.. PolicyCheck.Run(States(type, text), [], Today).Findings.Where(finding => finding.Urn?.Name != "other").Select(finding => finding.Id)];

    private static Urn Name(string type, string name) => Urn.Parse($"urn:pulumi:dev::p::{type}::{name}");

    private static ResourceState[] States(string type, string text, string name = "r")
    {
        var parts = text.Split('&', 2);
        if (parts[0].StartsWith("NAME ", StringComparison.Ordinal))
        {
            (name, parts[0]) = (parts[0].Split(' ')[1], parts[0].Split(' ', 3)[2]);
        }
        var first = State(type, name, parts[0]);
        return parts.Length == 1 ? [first]
            : [first, State(parts[1].Split(' ')[0], "other", parts[1].Split(' ', 2)[1]) with { Dependencies = [first.Urn] }];
    }

    private static ResourceState State(string type, string name, string text) =>
        new() { Urn = Name(type, name), Type = type, Custom = true, Inputs = ((ObjectProperty)Value(Json(text))).Properties };

    private static JsonElement Json(string text)
    {
        const string Statement = "{'Statement':[{'Effect':'Allow',";
        if (text.StartsWith("CONTAINER ", StringComparison.Ordinal))
        {
            text = $"POD 'containers':[{{'name':'c',{text["CONTAINER ".Length..]}}}]";
        }
        if (text.StartsWith("POD ", StringComparison.Ordinal))
        {
            text = "{'metadata':{'namespace':'n'},'spec':{'template':{'metadata':{'labels':{'app':'a'}},'spec':{" + text["POD ".Length..] + "}}}}";
        }
        if (text.Contains("POLICY ", StringComparison.Ordinal))
        {
            var (before, after) = (text[..text.IndexOf("POLICY ", StringComparison.Ordinal)],
                text[(text.IndexOf("POLICY ", StringComparison.Ordinal) + "POLICY ".Length)..]);
            var document = JsonSerializer.Serialize((Statement + after + "}]}").Replace('\'', '"'));
            text = (before.Length == 0 ? "{\"policy\":" : before.Replace('\'', '"')) + document + "}";
        }
        return JsonDocument.Parse(text.Contains("\\u0022", StringComparison.Ordinal) ? text
            : text.Replace('\'', '"').Replace("SECRET", "\"SECRET\"", StringComparison.Ordinal)).RootElement;
    }

    private static PropertyValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new ObjectProperty(PropertyMap.From(json.EnumerateObject()
            .Select(entry => KeyValuePair.Create(entry.Name, Value(entry.Value))))),
        JsonValueKind.Array => new ListProperty([.. json.EnumerateArray().Select(Value)]),
        JsonValueKind.Number => new NumberProperty(json.GetDouble()),
        JsonValueKind.True => BooleanProperty.True,
        JsonValueKind.False => BooleanProperty.False,
        _ => json.GetString() == "SECRET" ? new SecretProperty(new StringProperty("s3cr3t")) : new StringProperty(json.GetString()!),
    };
}
