using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Studios;
using Infra.Versions;
using Tests.Support;

namespace Tests.Infra.Versions;

// versions.json is the one place that knows which versions belong together; these tests read it as an operator would.
public class VersionMatrixTests
{
    private static readonly VersionMatrix Matrix = VersionMatrix.Current;

    private static readonly Gen<SemanticVersion> Platforms =
        from major in Gen.Choose(23, 27)
        from minor in Gen.Choose(0, 4)
        from patch in Gen.Choose(0, 9)
        select SemanticVersion.Parse($"{major}.{minor}.{patch}");

    [Theory]
    [InlineData("24.1.4", "0.7.2", "0.7.4", "legacy", "24.1")]
    [InlineData("24.2.9", "0.7.2", "0.7.4", "legacy", "24.1")]
    [InlineData("25.1.0", "0.8.0", "0.8.0", "legacy", "25.1")]
    [InlineData("25.2.4", "0.8.3", "0.8.5", "legacy", "25.2")]
    [InlineData("25.3.0", "0.9.0", "0.9.0", "current", "25.3")]
    [InlineData("25.3.2", "0.9.0", "0.9.0", "current", "25.3")]
    [InlineData("25.3.3", "0.10.0", "0.9.0", "current", "25.3")]
    [InlineData("25.3.5", "0.10.0", "0.9.0", "current", "25.3")]
    [InlineData("25.3.6", "0.11.0", "0.11.0", "current", "25.3.6")]
    [InlineData("v26.1.3", "0.11.0", "0.12.0", "current", "26.1")]
    public void APlatformVersion_HasTheConnectOfItsRow(string platform, string connect, string client, string images, string catalog)
    {
        var release = Matrix.Release(SemanticVersion.Parse(platform)).ShouldNotBeNull();

        (release.Connect.ToString(), release.Client.ToString(), release.Images, release.Catalog).ShouldBe((connect, client, images, catalog));
    }

    [Theory]
    [InlineData("24.1.3")]
    [InlineData("26.2.0")]
    [InlineData("22.4.0")]
    public void AVersionOutsideOfTheRows_IsUnknown(string platform)
    {
        Matrix.Knows(SemanticVersion.Parse(platform)).ShouldBeFalse();
        Matrix.Release(SemanticVersion.Parse(platform)).ShouldBeNull();
        Matrix.Supported.ShouldBe("24.1.4 up to, not including, 26.2.0");
    }

    [Property]
    public Property ANewerPlatform_NeverGetsAnOlderConnect() => Prop.ForAll(Arb.From(Platforms), Arb.From(Platforms), (one, other) =>
    {
        var (older, newer) = one <= other ? (Matrix.Release(one), Matrix.Release(other)) : (Matrix.Release(other), Matrix.Release(one));
        return (Matrix.Release(one) is null) == !Matrix.Knows(one)
            && (older is null || newer is null || (older.From <= newer.From && older.Connect <= newer.Connect && older.Client <= newer.Client));
    });

    [Property]
    public Property AFeature_IsNeverLostByAnUpgrade() =>
        Prop.ForAll(
                Arb.From(Platforms),
                Arb.From(Platforms),
                Arb.From(Gen.Elements(Enum.GetValues<StudiosFeature>())),
                (one, other, feature) =>
                {
                    var (older, newer) = one <= other ? (one, other) : (other, one);
                    return Matrix.Release(older) is not { } before
                        || Matrix.Release(newer) is not { } after
                        || !Matrix.Has(feature, older, before.Connect)
                        || Matrix.Has(feature, newer, after.Connect);
                });

    [Fact]
    public void OnlyTheLegacyRows_AreBoundToAws() =>
        Matrix
            .Releases.Where(row => row.Clouds.Count > 0)
            .Select(row => (row.From.ToString(), string.Join(',', row.Clouds)))
            .ShouldBe([("24.1.4", "aws"), ("24.2.0", "aws")]);

    [Fact]
    public void EveryRow_RefersToPathsAndTemplatesThatExist()
    {
        foreach (var row in Matrix.Releases)
        {
            Matrix.Images.Keys.ShouldContain(row.Images);
            Matrix.Catalogs.Keys.ShouldContain(row.Catalog);
            Matrix.Profile(row.Connect).From.ShouldBeLessThanOrEqualTo(row.Connect);
        }
    }

    [Fact]
    public void EveryFeature_HasItsVersions() => Matrix.Features.Keys.Order().ShouldBe(Enum.GetValues<StudiosFeature>());

    [Fact]
    public void EveryTemplateOfEveryCatalog_KeepsTheRules()
    {
        foreach (var entry in Matrix.Catalogs.Values.SelectMany(catalog => catalog))
        {
            StudioTemplate.IsKey(entry.Key).ShouldBeTrue(entry.Key);
            StudioTemplate.Tools.ShouldContain(entry.Tool);
            StudioTemplate.Tools.ShouldContain(entry.Icon);
            new[] { null, "recommended", "deprecated", "experimental", "unsupported" }.ShouldContain(entry.Status, entry.Key);
            StudioImageTag.TryParse(entry.Repository[(entry.Repository.LastIndexOf(':') + 1)..], out _).ShouldBeTrue(entry.Repository);
        }
    }

    [Theory]
    [InlineData("0.7.2", 80, "caddy serve", true, false)]
    [InlineData("0.8.0", 8081, "", false, true)]
    [InlineData("0.8.3", 8081, "", false, true)]
    [InlineData("0.11.0", 8081, "", false, true)]
    public void AConnectVersion_IsRunByItsProfile(string connect, int port, string command, bool root, bool storage)
    {
        var profile = Matrix.Profile(SemanticVersion.Parse(connect));

        (profile.HttpPort, string.Join(' ', profile.ProxyCommand), profile.RunsAsRoot, profile.WritableStorage).ShouldBe((port, command, root, storage));
    }

    [Theory]
    [InlineData(StudiosFeature.Ssh, "25.3.3", "0.10.0", true)]
    [InlineData(StudiosFeature.Ssh, "25.3.1", "0.10.0", false)]
    [InlineData(StudiosFeature.Ssh, "25.3.3", "0.9.0", false)]
    [InlineData(StudiosFeature.Quotas, "26.1.0", "0.11.9", false)]
    [InlineData(StudiosFeature.Quotas, "25.1.0", "0.12.0", true)]
    [InlineData(StudiosFeature.PathRouting, "25.2.0", "0.8.2", true)]
    [InlineData(StudiosFeature.PathRouting, "25.1.9", "0.8.3", false)]
    [InlineData(StudiosFeature.TemplateTool, "24.2.0", "0.7.2", false)]
    public void AFeature_NeedsBothSides(StudiosFeature feature, string platform, string connect, bool has) =>
        Matrix.Has(feature, SemanticVersion.Parse(platform), SemanticVersion.Parse(connect)).ShouldBe(has);

    [Fact]
    public void WhatAFeatureNeeds_IsSaidInWords()
    {
        Matrix.Features[StudiosFeature.Ssh].Needs.ShouldBe("Platform 25.3.3 and connect 0.10.0 or newer");
        Matrix.Features[StudiosFeature.Quotas].Needs.ShouldBe("connect 0.12.0 or newer");
    }

    [Fact]
    public void Rejects_AWordThatTheFileDoesNotKnow() => Complaint("""{ "before": "1.0", "relases": [] }""").ShouldContain("relases");

    // What is taken away from a whole table, and what stands there instead.
    [Theory]
    [InlineData("\"before\": \"26.2\",", "", "has no 'before'")]
    [InlineData("\"before\": \"26.2\",", "\"before\": \"26.2\", \"before\": \"26.3\",", "'before' twice")]
    [InlineData("\"before\": \"26.2\",", "\"before\": \"x\",", "'x' is not a version")]
    [InlineData("\"before\": \"26.2\",", "\"before\": 26.2,", "of the kind Number")]
    [InlineData("\"before\": \"26.2\",", "\"before\": \"26.2\", \"after\": 1,", "'after'")]
    [InlineData("\"httpPort\": 80,", "\"httpPort\": \"80\",", "of the kind String")]
    [InlineData("\"httpPort\": 80,", "\"httpPort\": 80, \"port\": 80,", "'port'")]
    [InlineData("\"clouds\": [\"aws\"]", "\"clouds\": \"aws\"", "of the kind String")]
    [InlineData("\"clouds\": [\"aws\"]", "\"clouds\": [1]", "of the kind Number")]
    [InlineData("\"ssh\": {", "\"telnet\": {", "'telnet' is no feature")]
    [InlineData("\"catalogs\": {", "\"catalogs\": { \"new\": [1],", "of the kind Number")]
    public void Rejects_ATableOfAnotherForm(string text, string instead, string complaint)
    {
        var table = File.ReadAllText(Path.Combine(Repository.Root, "infra/Versions/versions.json"));
        table.ShouldContain(text);

        Complaint(table.Replace(text, instead, StringComparison.Ordinal)).ShouldContain(complaint);
    }

    private static string Complaint(string table)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(table));
        return Should.Throw<System.Text.Json.JsonException>(() => VersionMatrix.Read(json)).Message;
    }
}

// Promise: the table in docs/studios.md says what versions.json says.
public sealed class VersionTableTests
{
    [Fact]
    public void TheDocument_HasEveryRowOfTheMatrix()
    {
        var rows = Rows().ToDictionary(row => row.Platform, row => (row.Connect, row.Client));

        foreach (var release in VersionMatrix.Current.Releases)
        {
            var (connect, client) = rows.Single(row => Names(row.Key, release.From)).Value;
            connect.Split(' ')[0].TrimEnd(',').ShouldBe(release.Connect.ToString());
            // "0.8" stands for 0.8.0: the vendor's tags float.
            SemanticVersion.Parse(client).ShouldBe(release.Client);
        }
    }

    // "24.1.4, 24.2" stands for the rows from 24.1.4 and from 24.2.0.
    private static bool Names(string cell, SemanticVersion from) => cell.Split(", ").Any(text => SemanticVersion.Parse(text) == from);

    private static IEnumerable<(string Platform, string Connect, string Client)> Rows() => File.ReadLines(Path.Combine(Repository.Root, "docs", "studios.md"))
        .SkipWhile(line => !line.StartsWith("| Platform | Connect | connect-client |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => (cells[1], cells[2], cells[3]));
}
