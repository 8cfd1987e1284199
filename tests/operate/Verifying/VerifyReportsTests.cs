using System.Text.Json;
using System.Xml.Linq;
using Operate.Verifying;
using Rehearsal.Rendering;

namespace Tests.Operate.Verifying;

// Promise: a report says the same as text, JSON and JUnit XML, and nothing that a server says breaks any of them.
public sealed class VerifyReportsTests
{
    private static readonly VerifyReport Report = new(
        "dev",
        "outputs.json",
        [
            new GroupResult("dns",
            [
                new Finding("dns connect.studio.test", Outcome.Passed, "an address", "203.0.113.7"),
                new Finding("dns *.studio.test", Outcome.Failed, "an address", "the name does not exist (NXDOMAIN)", "Make the record."),
            ], TimeSpan.FromSeconds(0.25)),
            new GroupResult("ssh", [new Finding("ssh", Outcome.Skipped, "the host key", "the stack has no studios.ssh")], TimeSpan.FromSeconds(0.5)),
        ],
        TimeSpan.FromSeconds(1.26));

    [Fact]
    public void Text_HasALineForWhatPassed_AndAllPartsOfWhatFailed() => Text(Report).ShouldBe("""
        dns
          ok       dns connect.studio.test: expected an address; found 203.0.113.7
          FAILED   dns *.studio.test
                     expected: an address
                     found:    the name does not exist (NXDOMAIN)
                     fix:      Make the record.
        ssh
          skipped  ssh: the stack has no studios.ssh
        Checks of dev: 1 passed, 1 failed, 1 skipped (1.3 s)

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Json_HasAllOfIt() => VerifyJson.Text(Report).ShouldBe("""
        {
          "stack": "dev",
          "outputs": "outputs.json",
          "passed": 1,
          "failed": 1,
          "skipped": 1,
          "seconds": 1.3,
          "groups": [
            {
              "name": "dns",
              "checks": [
                {
                  "check": "dns connect.studio.test",
                  "outcome": "passed",
                  "expected": "an address",
                  "found": "203.0.113.7"
                },
                {
                  "check": "dns *.studio.test",
                  "outcome": "failed",
                  "expected": "an address",
                  "found": "the name does not exist (NXDOMAIN)",
                  "fix": "Make the record."
                }
              ]
            },
            {
              "name": "ssh",
              "checks": [
                {
                  "check": "ssh",
                  "outcome": "skipped",
                  "expected": "the host key",
                  "found": "the stack has no studios.ssh"
                }
              ]
            }
          ]
        }
        """.ReplaceLineEndings("\n"));

    [Fact]
    public void JUnit_HasASuiteForEachGroup_AndACaseForEachCheck() => VerifyJUnit.Text(Report).ShouldBe("""
        <?xml version="1.0" encoding="utf-8"?>
        <testsuites name="verify dev" tests="3" failures="1" errors="0" skipped="1" time="1.260">
          <testsuite name="dns" tests="2" failures="1" errors="0" skipped="0" time="0.250">
            <testcase classname="verify.dev.dns" name="dns connect.studio.test">
              <system-out>expected: an address
        found: 203.0.113.7</system-out>
            </testcase>
            <testcase classname="verify.dev.dns" name="dns *.studio.test">
              <failure message="the name does not exist (NXDOMAIN)">expected: an address
        found: the name does not exist (NXDOMAIN)
        fix: Make the record.</failure>
            </testcase>
          </testsuite>
          <testsuite name="ssh" tests="1" failures="0" errors="0" skipped="1" time="0.500">
            <testcase classname="verify.dev.ssh" name="ssh">
              <skipped message="the stack has no studios.ssh" />
            </testcase>
          </testsuite>
        </testsuites>

        """.ReplaceLineEndings("\n"));

    // No InlineData: half of a pair of surrogates does not survive the metadata of an attribute
    public static TheoryData<string, string> Said() => new()
    {
        { "\u001b[31mred\u0000\u0008", "\\u001b[31mred\\u0000\\u0008" },
        { "a\ud800b", "a\\ud800b" },
        { "b\udc00", "b\\udc00" },
        { "an emoji \ud83d\ude00 & <tag> \"]]>\"", "an emoji \ud83d\ude00 & <tag> \"]]>\"" },
        { "\uffff\ufffe", "\\uffff\\ufffe" },
    };

    [Theory]
    [MemberData(nameof(Said), DisableDiscoveryEnumeration = true)]
    public void WhateverAServerSays_IsWholeXml(string said, string read)
    {
        var report = Report with { Groups = [new GroupResult("http", [new Finding(said, Outcome.Failed, said, said, said)], TimeSpan.Zero)] };

        var test = XDocument.Parse(VerifyJUnit.Text(report)).Descendants("testcase").Single();

        ((string?)test.Attribute("name")).ShouldBe(read);
        ((string?)test.Element("failure")!.Attribute("message")).ShouldBe(read);
        test.Element("failure")!.Value.ShouldBe($"expected: {read}\nfound: {read}\nfix: {read}");
    }

    [Fact]
    public void WhateverAServerSays_IsNoOrderToATerminal_AndWholeJson()
    {
        var report = Report with
        {
            Groups = [new GroupResult("http", [new Finding("x", Outcome.Failed, "a", "\u001b[2J\nfaked line\r", "b")], TimeSpan.Zero)],
        };

        Text(report).ShouldContain("found:    \\u001b[2J\\nfaked line\\u000d\n");
        using var json = JsonDocument.Parse(VerifyJson.Text(report));
        json.RootElement.GetProperty("groups")[0].GetProperty("checks")[0].GetProperty("found").GetString().ShouldBe("\u001b[2J\nfaked line\r");
    }

    private static string Text(VerifyReport report)
    {
        using var text = new StringWriter();
        VerifyText.Write(new Terminal(text, TextWriter.Null, colouredOutput: false, colouredError: false), report);
        return text.ToString();
    }
}
