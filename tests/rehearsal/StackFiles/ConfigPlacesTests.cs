using FsCheck.Xunit;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.StackFiles;

// Promise: a message about a setting leads to its line: by the key's own place, by that of the nearest key around what is missing, in the file that gives it.
public sealed class ConfigPlacesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Block and flow, lists, quoted keys, comments, emoji, CRLF and a byte order mark: every path finds the place where the generator wrote its key
    [Property(MaxTest = 200)]
    public bool EveryPath_FindsItsOwnPlace(int seed)
    {
        var written = new RandomYaml(seed);
        using var folder = new TemporaryFolder();
        var places = Places(folder, "name: p\n", written.Text);

        return written.Places.All(expected => Spot(places.Find(expected.Path)) == expected.Spot)
            && written.Places.All(expected => Spot(places.Find($"{expected.Path}.gone[3].at")) == expected.Spot);
    }

    // A path in front of a sentence is found whatever its keys hold, and nothing is added to sentences about other things
    [Property(MaxTest = 100)]
    public bool EveryPath_IsFoundInASentence(int seed)
    {
        var written = new RandomYaml(seed);
        using var folder = new TemporaryFolder();
        var places = Places(folder, "name: p\n", written.Text);

        return written.Places.All(expected => places.PathIn($"{expected.Path}: is wrong: a \"b\": c") == expected.Path);
    }

    [Theory]
    [InlineData("p:redis", "Pulumi.dev.yaml 2:3")]
    [InlineData("p:redis.size", "Pulumi.dev.yaml 3:5")]
    [InlineData("p:redis.users[1]", "Pulumi.dev.yaml 6:13")]
    [InlineData("p:redis.users[1].name", "Pulumi.dev.yaml 6:13")]
    [InlineData("p:redis.users[1].password", "Pulumi.dev.yaml 6:13")]
    [InlineData("p:redis.users[2]", "Pulumi.dev.yaml 4:5")]
    [InlineData("p:redis.users[x]", "Pulumi.dev.yaml 4:5")]
    [InlineData("p:token", "Pulumi.dev.yaml 7:3")]
    [InlineData("p:token.secure", "Pulumi.dev.yaml 7:3")]
    [InlineData("p:dns", "Pulumi.dev.yaml 1:1")]
    [InlineData("p:red", "Pulumi.dev.yaml 1:1")]
    [InlineData("config", "Pulumi.dev.yaml 1:1")]
    [InlineData("aws:region", "Pulumi.yaml 4:3")]
    [InlineData("p:tier", "Pulumi.yaml 3:3")]
    [InlineData("p:redis.port", "Pulumi.yaml 5:3")]
    [InlineData("p:empty", "Pulumi.dev.yaml 1:1")]
    [InlineData("plattform:redis.size", "Pulumi.dev.yaml 9:21")]
    [InlineData("p:old", "Pulumi.dev.yaml 10:3")]
    [InlineData("p:[\"a.b\"].c", "Pulumi.dev.yaml 12:5")]
    public void APath_LeadsToTheFileThatGivesIt(string path, string expected)
    {
        var places = Places(
            _folder,
            "name: p\nconfig:\n  tier: {type: string, default: small}\n  aws:region: {value: eu}\n  redis.port: {default: 3}\n  empty: {default: ''}\n",
            """
            config:
              redis:
                size: 3
                users:
                  - {name: a}
                  -     name: b
              token: {secure: v1:a:b}
              # A comment
              plattform:redis: {size: 3}
              p:config:old: 1
              a.b:
                c: 1

            """);

        Spot(places.Find(path), withFile: true).ShouldBe(expected);
    }

    [Fact]
    public void WhatAnAliasOrAMergeBringsAlong_IsFoundWhereItIsWritten()
    {
        var places = Places(_folder, "name: p\n", """
            config:
              base: &base
                size: 3
                zones: &zones [a, b]
              first: *base
              second:
                <<: *base
                size: 4
              third:
                - *zones
                - *base

            """);

        string[] paths = ["p:first", "p:first.size", "p:second.size", "p:second.zones[1]", "p:third[0]", "p:third[0][1]", "p:third[1].size"];
        paths.Select(path => Spot(places.Find(path))).ShouldBe(["5:3", "3:5", "8:5", "4:23", "10:7", "4:23", "3:5"]);
    }

    // An ambiguous text leads as far as any reading of it goes
    [Theory]
    [InlineData("p:a.b.c", "4:5")]
    [InlineData("p:a.x", "5:3")]
    public void AKeyWithDots_IsFound_ThoughThePathDoesNotQuoteIt(string path, string expected) =>
        Spot(Places(_folder, "name: p\n", "config:\n\n  p:a.b:\n    c: 1\n  p:a: {b: 1}\n").Find(path)).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("encryptionsalt: v1:x\n")]
    [InlineData("config:\n")]
    [InlineData("config: {}\n")]
    public void WithoutSettings_TheFileIsThePlace(string text) => Spot(Places(_folder, "name: p\n", text).Find("p:redis")).ShouldBe("1:1");

    [Theory]
    [InlineData("")]
    [InlineData("p:redis")]
    [InlineData("p: is missing")]
    [InlineData("error: p:redis: is missing")]
    [InlineData("https://example.com: does not answer")]
    [InlineData("other:redis: is missing")]
    [InlineData("p:re dis: is missing")]
    [InlineData("p:[\"open: is missing")]
    [InlineData("config:\n")]
    [InlineData("1:2: three")]
    public void OtherLines_BeginWithNoPath(string line) => Places(_folder, "name: p\n", "config: {p:redis: 1}\n").PathIn(line).ShouldBeNull();

    [Fact]
    public void AStackWithoutAFile_HasNoPlaces() => ConfigPlaces.None.Find("p:redis").ShouldBeNull();

    // What a line shows: the key, and its value only where the problem has told it
    [Theory]
    [InlineData("p:plain", "10Gb", "    2 |   plain: 10Gb")]
    [InlineData("p:plain", null, "    2 |   plain: …")]
    [InlineData("p:plain", "[secret]", "    2 |   plain: …")]
    [InlineData("p:quoted", "10 Gb", "    3 |   \"quoted\": '10 Gb'")]
    [InlineData("p:flow.b", "2", "    4 | … b: 2")]
    [InlineData("p:flow.b", null, "    4 | … b: …")]
    [InlineData("p:flow", null, "    4 |   flow: …")]
    [InlineData("p:sealed", "v1:a:b", "    5 |   sealed: …")]
    [InlineData("p:text", "one\n", "    6 |   text: …")]
    [InlineData("p:list[0]", "hunter2", "    9 |     - hunter2")]
    [InlineData("p:list[0]", null, "    9 |     - …")]
    [InlineData("p:list[1]", null, "   10 |     - name: …")]
    [InlineData("p:list[1].more", null, "   11 |       more:")]
    [InlineData("p:anchored", "x", "   13 |   anchored: …")]
    public void ALine_ShowsNoMoreThanTheProblemTells(string path, string? told, string expected)
    {
        var places = Places(_folder, "name: p\n", """
            config:
              plain: 10Gb # hunter2 was the password
              "quoted": '10 Gb' # the same
              flow: {password: hunter2, b: 2, c: hunter2}
              sealed: {secure: v1:a:b}
              text: |
                one
              list:
                - hunter2
                - name: &x x
                  more:
                    even: 1
              anchored: *x

            """);

        places.Find(path)!.Source!.Shown(places.Find(path)!.Line, told).ShouldBe(expected);
    }

    [Fact]
    public void ALongLine_IsCutOff()
    {
        var places = Places(_folder, "name: p\n", $"config:\n  long: {new string('x', 500_000)}\n");

        places.Find("p:long")!.Source!.Shown(2, new string('x', 120) + "…").ShouldBe($"    2 |   long: {new string('x', 112)}…");
    }

    private static ConfigPlaces Places(TemporaryFolder folder, string project, string stack)
    {
        folder.Write("Pulumi.yaml", project);
        var file = folder.Write("Pulumi.dev.yaml", stack);
        var read = ProjectFile.Read(folder.Path);
        return ConfigPlaces.Of(read, StackFile.Read(file, read.Name));
    }

    private static string Spot(FilePlace? place, bool withFile = false) =>
        place is null ? "nowhere" : $"{(withFile ? $"{Path.GetFileName(place.File)} " : "")}{place.Line}:{place.Column}";
}
