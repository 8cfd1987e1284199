using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rehearsal.StackFiles;
using Stacks.Settings;
using Stacks.Settings.Declaring;
using Stacks.Settings.Generating;
using Stacks.Settings.Reading;
using Tests.Support;

namespace Tests.Architecture;

// Promise: a setting that a page names is one that a stack file may have, and what a page shows of a stack file is accepted.
public sealed partial class DocumentedSettingsTests
{
    private static readonly ImmutableHashSet<string> Concepts = [.. SettingsCatalog.Platform.Settings.Select(concept => concept.Key)];

    private static readonly ImmutableHashSet<string> Secrets = [.. SettingsCatalog.Secrets.Select(secret => secret.Setting.SecretKey!)];

    private static readonly ImmutableArray<string[]> Outputs =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "Snapshots", "output-names.txt")).Select(line => line.Split('.'))];

    private static readonly ImmutableHashSet<string> DeclaredOutputs =
    [
        .. from concept in typeof(global::Stacks.PlatformOutputs).GetProperties()
           let type = Nullable.GetUnderlyingType(concept.PropertyType) ?? concept.PropertyType
           from property in (type.IsGenericType ? type.GenericTypeArguments[^1] : type).GetProperties()
           select $"{SettingPath.KeyFor(concept.Name)}.{SettingPath.KeyFor(property.Name)}",
    ];

    // Records of which a page speaks without what is above them: `ssh.ownHost`, `nodePools:`. Those that stand in three concepts are told of each.
    private static readonly ILookup<string, SettingDeclaration> ByKey = SettingsCatalog.Platform.Settings
        .SelectMany(concept => SettingsCatalog.Entries(concept))
        .Select(entry => entry.Setting)
        .ToLookup(setting => setting.Key, StringComparer.Ordinal);

    private static IEnumerable<Page> Pages => Page.All.Where(page => page.Name is not ("CHANGELOG.md" or "docs/configuration.md"));

    [Fact]
    public void Settings_ThatPagesName_AreDeclared() => Pages.SelectMany(Unknown).ShouldBeEmpty();

    [Fact]
    public void StackFiles_ThatPagesShow_AreAccepted() => Pages.SelectMany(Refused).ShouldBeEmpty();

    [Theory]
    [InlineData("`platform:redis`, `platform:redis.inCluster.memory`", null)]
    [InlineData("`platform:radish`", "platform:radish")]
    [InlineData("`platform:redis.users`", "platform:redis.users")]
    [InlineData("`platform:cache:Redis` and `platform:dns:Route53Domain` are components", null)]
    [InlineData("`pulumi config set --secret platform:redisPassword`", null)]
    [InlineData("`pulumi config set --secret platform:redisPasswords`", "platform:redisPasswords")]
    [InlineData("`secretEnvironment: { KEY: ownName }` reads `platform:ownName`", null)]
    [InlineData("`tower.environments.<name>.scratch.size` and `tower.environments.research.scratch.size`", null)]
    [InlineData("`tower.environments.research.scratches`", "tower.environments.research.scratches")]
    [InlineData("`studios.expected.healthUrl` is an output", null)]
    [InlineData("`studios.expectation` is none", "studios.expectation")]
    [InlineData("`ssh.ownHost.host` without its beginning", null)]
    [InlineData("`ssh.ownHouse`", "ssh.ownHouse")]
    [InlineData("`tower.yml`, `workbench.sh` and `redis.example.com` are names, `redis.acl_check_cmd` is a function", null)]
    [InlineData("`cluster.eks.nodePools.<name>.taints[].key`", null)]
    [InlineData("```console\n$ pulumi config set --path platform:redis.inCluster.memoryy 1Gi\n```", "platform:redis.inCluster.memoryy")]
    public void UnknownSettings_AreFound(string text, string? fault) =>
        Unknown(Page.Parse("docs/x.md", text)).Select(found => found.Split(' ')[^1]).ShouldBe(fault is null ? [] : [fault]);

    [Theory]
    [InlineData("platform:redis:\n  inCluster: { memory: 1Gi }", null)]
    [InlineData("config:\n  platform:cluster: { existing: { context: a } }\n  platform:storage: { nfs: { server: nfs, path: /b } }\n"
        + "  platform:tower: { server: 'https://a', environments: { research: { token: true, scratch: {} } } }", null)]
    [InlineData("config:\n  platform:studios:\n    connectUrl: https://connect.example.com", "platform:studios.platform", "platform:cluster", "platform:redis")]
    [InlineData("platform:redis:\n  inCluster: { memory: plenty }", "platform:redis.inCluster.memory")]
    [InlineData("platform:redis:\n  inCluster: { memories: 1Gi }", "platform:redis.inCluster.memories")]
    [InlineData("redis:\n  inCluster: { memory: plenty }", "platform:redis.inCluster.memory")]
    [InlineData("nodePools:\n  general: { instanceTypes: [m7i.large] }", null)]
    [InlineData("nodePools:\n  general: { instanceKinds: [m7i.large] }", "nodePools.general.instanceKinds")]
    [InlineData("apiVersion: v1\nkind: Secret", null)]
    public void RefusedStackFiles_AreFound(string yaml, params string?[]? faults) =>
        Refused(Page.Parse("docs/x.md", $"```yaml\n{yaml}\n```"))
            .Select(found => found.Split(' ')[1].Split('\n')[0].TrimEnd(':')).Distinct(StringComparer.Ordinal)
            .ShouldBe(faults ?? [], ignoreOrder: true);

    private static IEnumerable<string> Unknown(Page page)
    {
        var text = string.Join('\n', page.Lines.Select(line => line.Text));
        var mentioned = page.Lines.SelectMany(line => Full().Matches(line.Text).Select(match => (line, Path: match.Groups["path"].Value, match.Value)))
            .Where(mention => !IsDeclared(mention.Path) && !(mention.Path.IndexOf('.', StringComparison.Ordinal) < 0 && IsSecret(mention.Path, text)))
            .Select(mention => $"{mention.line}: {mention.Value}");
        var spoken = page.Spans.Where(span => Dotted().IsMatch(span.Text) && IsMeantAsSetting(span.Text))
            .Where(span => !IsDeclared(span.Text) && !IsOutput(span.Text) && !IsDeclaredSomewhere(span.Text))
            .Select(span => $"{span.At}: {span.Text}");
        return mentioned.Concat(spoken);
    }

    // Of a word that only this program uses the rest can be held to it; `config.sssd` may be a chart's, and `tower.yml` is a file.
    private static bool IsMeantAsSetting(string path)
    {
        var (first, last) = (path.Split('.')[0], path.Split('.')[^1]);
        return !path.Contains('_', StringComparison.Ordinal) && !FileEnding().IsMatch(last) && (Concepts.Contains(first) || first is "ssh" or "elastiCache" or "karpenter" or "nodePools" or "ingress");
    }

    private static bool IsSecret(string key, string text) =>
        Secrets.Contains(key) || Regex.IsMatch(text, $@"[\w.]+: {Regex.Escape(key)}\b", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static bool IsDeclared(string path)
    {
        var parts = path.Split('.');
        return Secrets.Contains(path)
            || SettingsCatalog.Platform.Settings.FirstOrDefault(concept => concept.Key == parts[0]) is { } concept && Leads(concept.Shape, parts.AsSpan(1));
    }

    private static bool IsDeclaredSomewhere(string path)
    {
        var parts = path.Split('.');
        return !Concepts.Contains(parts[0]) && ByKey[parts[0]].Any(setting => Leads(setting.Shape, parts.AsSpan(1)));
    }

    private static bool Leads(SettingShape shape, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || shape.Kind == ShapeKind.Tree)
        {
            return true;
        }
        switch (shape.Kind)
        {
            case ShapeKind.Map:
                return Leads(shape.Item!, path[1..]);
            case ShapeKind.List:
                return Leads(shape.Item!, path);
            case ShapeKind.Record:
                var key = path[0].Replace("[]", "", StringComparison.Ordinal);
                return shape.Record.Settings.FirstOrDefault(setting => setting.Key == key && setting.SecretKey is null) is { } found
                    && Leads(found.Shape, path[1..]);
            default:
                return false;
        }
    }

    // What a plan of this repository exports, or what some other stack would
    private static bool IsOutput(string path)
    {
        var parts = path.Split('.');
        return DeclaredOutputs.Contains(path) || Outputs.Any(output => output.Length >= parts.Length
            && parts.Index().All(part => output[part.Index] == "<name>" || output[part.Index] == part.Item));
    }

    private static IEnumerable<string> Refused(Page page) => page.Blocks
        .Where(block => block.Language == "yaml")
        .SelectMany(block => Problems(block.Text).Where(problem => !IsSealed(problem, page)).Select(problem => $"{block.At}: {problem}"));

    // A secret of the stack's own, which the page says how to seal; no example of a page can hold it
    private static bool IsSealed(SettingsProblem problem, Page page) =>
        problem.What.StartsWith("names a secret", StringComparison.Ordinal)
        && page.Lines.Any(line => line.Text.Contains($"platform:{problem.Given}", StringComparison.Ordinal));

    // A whole stack file has to be one; of a concept alone only what it says itself is held to the declarations, since the others are missing.
    private static IEnumerable<SettingsProblem> Problems(string yaml)
    {
        var keys = yaml.Split('\n').Where(line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] is not ('#' or '-')).ToList();
        if (keys.Contains("config:"))
        {
            return Read(yaml).Problems;
        }
        if (keys.Count == 0 || !keys.TrueForAll(key => Concepts.Contains(key.Split(':')[^2].Trim()) || ByKey.Contains(key.Split(':')[0])))
        {
            return [];
        }
        if (keys.TrueForAll(key => key.StartsWith("platform:", StringComparison.Ordinal) || Concepts.Contains(key.Split(':')[0])))
        {
            var lines = yaml.Split('\n').Select(line => Concept().IsMatch(line) && Concepts.Contains(line.Split(':')[0]) ? $"  platform:{line}" : $"  {line}");
            return Read($"config:\n{string.Join('\n', lines)}").Malformed.Where(problem => problem.What != "is missing");
        }
        return Part(yaml);
    }

    // A part of a concept: each of its keys is somewhere in the declarations, one below the other.
    private static IEnumerable<SettingsProblem> Part(string yaml) => Paths(YamlFile.Parse("part.yaml", yaml).Root, [])
        .Where(path => !ByKey[path[0]].Any(setting => Leads(setting.Shape, path.AsSpan(1))))
        .Select(path => new SettingsProblem(new SettingPath(string.Join('.', path)), "is no setting", "one that is declared", "correct it"));

    private static IEnumerable<string[]> Paths(YamlNode node, string[] above) => node switch
    {
        YamlMap { Entries.Count: > 0 } map => map.Entries.SelectMany(entry => Paths(entry.Value, [.. above, entry.Key.Value])),
        YamlList { Items.Count: > 0 } list => list.Items.SelectMany(item => Paths(item, above)),
        _ => [above],
    };

    private static ReadSettings Read(string yaml)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, yaml);
            var project = ProjectFile.Read(Repository.Root);
            var config = StackConfig.Read(project, "test", StackFile.Read(path, project.Name), (_, _) => "");
            return SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Not `platform:cache:Redis`, which is a component's type
    [GeneratedRegex(@"(?<![\w:/.-])platform:(?<path>[a-z]\w*(\.(<\w+>|\w+)(\[\])?)*)(?![\w:<(-])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Full();

    [GeneratedRegex(@"^[a-z]\w*(\.(<\w+>|\w+)(\[\])?)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"^[a-z]\w*:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Concept();

    [GeneratedRegex("^(yml|yaml|env|sh|com|org|io|conf|json|pem|lic|md|cs|crt|txt)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileEnding();
}
