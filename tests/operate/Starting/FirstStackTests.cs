using System.Text.RegularExpressions;
using Operate.Starting;
using Rehearsal.Events;
using Rehearsal.StackFiles;
using Stacks.Settings.Reading;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Operate.Starting;

// Promise: whatever is chosen, the first stack file is one that the program takes without a problem or a warning, and what is not the operator's own is marked.
public sealed class FirstStackTests
{
    private static readonly ProjectFile Project = ProjectFile.Read(Repository.Root);

    public static TheoryData<string> Clusters => [.. FirstStack.Clusters.Select(cluster => cluster.Name)];

    [Theory]
    [MemberData(nameof(Clusters))]
    public void EveryChoice_IsValid_WithoutWarnings(string cluster)
    {
        foreach (var parts in cluster == FirstStack.None ? [[FirstStack.Studios]] : Subsets())
        {
            foreach (var (domain, ssh, production) in new[]
                { ("science.example.org", false, false), ("acme.org", true, false), ("acme.org", false, true), ("science.example.org", true, true) })
            {
                var stack = new FirstStack(cluster, parts, domain) { Ssh = ssh && parts.Contains(FirstStack.Studios), Production = production };
                var text = stack.Text(Project, "first");
                var (marked, count) = Placeholders.Marked(text, stack.Given);

                Problems(marked).ShouldBeEmpty($"{cluster} {string.Join(',', parts)} {domain}\n{text}");
                // A mark changes nothing but what people see
                Config(marked).ShouldBe(Config(text));
                count.ShouldBe(Regex.Count(marked, "^ *# REPLACE: ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
                Unmarked(marked, domain).ShouldBeEmpty();
            }
        }
    }

    [Theory]
    [InlineData("eks", "studios,workbench,tower,code-studios", false)]
    [InlineData("gke", "workbench", true)]
    [InlineData("existing", "studios,tower", true)]
    public async Task AChoice_CanBeRehearsed(string cluster, string parts, bool production)
    {
        var stack = new FirstStack(cluster, parts.Split(','), "science.acme.org")
        {
            Ssh = parts.Contains("studios", StringComparison.Ordinal),
            Production = production,
        };
        using var folder = new Rehearsal.StackFiles.TemporaryFolder();
        var path = folder.Write("Pulumi.first.yaml", Placeholders.Marked(stack.Text(Project, "first"), stack.Given).Text);

        var result = (await RehearsedStack.RunAsync(RehearsedStack.RequestFor(path))).Result;

        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message).ShouldBeEmpty();
        result.Plan.Steps.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void WhatIsGiven_StandsInItsPlace_WithoutAMark()
    {
        var stack = new FirstStack(FirstStack.Eks, [FirstStack.Studios], "science.example.org") { Region = "us-east-2", PlatformVersion = "25.3.6" };
        var (text, _) = Placeholders.Marked(stack.Text(Project, "first"), stack.Given);

        text.ShouldContain("  platform:aws:\n    region: us-east-2\n");
        text.ShouldContain("      zone: science.example.org\n      createZone: true\n      # REPLACE: yours\n      parentZone: example.org\n");
        text.ShouldContain("      url: https://platform.science.example.org\n      version: 25.3.6\n");
        text.ShouldContain("        # REPLACE: the number of your AWS account, and what is named in it\n        - arn:aws:iam::123456789012:role/platform-deploy\n");
        Problems(text).ShouldBeEmpty();
    }

    [Fact]
    public void Marks_StayOutOfTextsOfSeveralLines() => Placeholders.Marked("config:\n  a: |\n    x: example\n\n    y\n  b: example # c\n", []).ShouldBe(
        ("config:\n  a: |\n    x: example\n\n    y\n  # REPLACE: yours\n  b: example # c\n", 1));

    private static IEnumerable<string[]> Subsets() => Enumerable.Range(1, (1 << FirstStack.AllParts.Length) - 1)
        .Select(bits => FirstStack.AllParts.Where((_, index) => (bits >> index & 1) == 1).Select(part => part.Name).ToArray());

    // What names the examples' world, and neither the operator nor a mark accounts for it
    private static IEnumerable<string> Unmarked(string text, string domain)
    {
        var lines = text.Split('\n');
        return lines.Where((line, index) => !line.TrimStart().StartsWith('#') && !lines[index - 1].Contains(Placeholders.Mark, StringComparison.Ordinal)
            && Regex.IsMatch(line.Replace(domain, "", StringComparison.Ordinal), @"example\.|123456789012|203\.0\.113|0a1b2c3d", RegexOptions.None,
                TimeSpan.FromSeconds(1)));
    }

    private static string Config(string text) => string.Join('\n', StackFile.Parse("Pulumi.first.yaml", text, "platform").Config
        .Select(entry => $"{entry.Key} {entry.Value.Text}"));

    // What every answer to these questions is worth a look for
    private static readonly string[] Advice = ["platform:studios.ingress.traefik.certificateResolver", "platform:studios.ssh.workspaces"];

    private static IEnumerable<string> Problems(string text)
    {
        var config = StackConfig.Read(Project, "first", StackFile.Parse("Pulumi.first.yaml", text, "platform"), (_, _) => null);
        var read = SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys));
        return read.Problems.Select(problem => problem.ToString()).Concat(read.Warnings.Select(problem => problem.ToString())
            .Where(text => !Advice.Any(key => text.StartsWith(key, StringComparison.Ordinal))));
    }
}
