using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.CodeStudios;

/// <summary>Statements of Dockerfiles: how ours are written, and how those of operators are read.</summary>
public static partial class ImageStatements
{
    // Dockerfile reference, "Overview": every instruction there is.
    private static readonly ImmutableHashSet<string> Instructions =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL",
        "USER",
        "VOLUME", "WORKDIR",
    ];

    /// <summary>A file of the context in the image; it belongs to root, so that pods do not change it.</summary>
    public static ImageLayer Copy(string context, string path) => new($"COPY {Words(context, path)}", AsRoot: true);

    /// <summary>The instructions of a text: each with its line, its word in capitals, and what follows it.</summary>
    public static IEnumerable<(int Line, string Word, string Arguments)> Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var start = index;
            if (IsEmptyOrComment(lines[index]))
            {
                continue;
            }

            var statement = lines[index].TrimStart();
            while (statement.TrimEnd().EndsWith('\\') && index + 1 < lines.Length)
            {
                index++;
                // Comments between continued lines are left out, as the builder does.
                statement = IsEmptyOrComment(lines[index]) ? statement : $"{statement.TrimEnd()[..^1]}\n{lines[index]}";
            }

            foreach (var end in Heredoc().Matches(statement).Select(match => match.Groups["end"].Value))
            {
                while (index + 1 < lines.Length)
                {
                    index++;
                    statement += $"\n{lines[index]}";
                    if (lines[index].TrimStart('\t') == end)
                    {
                        break;
                    }
                }
            }

            var space = statement.IndexOfAny([' ', '\t', '\n']);
            yield return (start + 1, (space < 0 ? statement : statement[..space]).ToUpperInvariant(), space < 0 ? "" : statement[space..].Trim());
        }
    }

    /// <summary>What is wrong with statements that an operator appends.</summary>
    internal static IEnumerable<BlockFault> Check(string text, string field)
    {
        if (!Read(text).Any())
        {
            yield return new(field, "has no statement", "statements of a Dockerfile", "for example RUN apt-get update && apt-get install -y jq", text);
        }

        foreach (var (line, word, arguments) in Read(text))
        {
            var statement = arguments.Length == 0 ? word : $"{word} {arguments.Split('\n')[0]}";
            if (word == "FROM")
            {
                yield return new(
                    field, $"starts another image in line {BlockChecks.Text(line)}, and a template is one image", "statements without FROM",
                    "remove the line; the template's baseImage says what the image starts from", statement);
            }
            else if (!Instructions.Contains(word))
            {
                yield return new(
                    field, $"has no instruction of Dockerfiles in line {BlockChecks.Text(line)}",
                        string.Join(", ", Instructions.Except(["FROM"]).Order(StringComparer.Ordinal)),
                    "write one of them, and end lines that go on with \\", statement);
            }
            else if (word is "ENV" or "ARG" && SecretShape().IsMatch(arguments))
            {
                yield return new(
                    field, $"keeps a secret in a layer of the image in line {BlockChecks.Text(line)}, where everybody who pulls it can read it",
                    "no value of a password, token or key", "mount it while building (RUN --mount=type=secret,…), or give it to the pod",
                    $"{word} {arguments.Split('=')[0]}=…");
            }
        }
    }

    private static string Words(params ReadOnlySpan<string> words)
    {
        var plain = true;
        foreach (var word in words)
        {
            plain &= word.All(character => !char.IsWhiteSpace(character) && character is not '"');
        }

        return plain
            ? string.Join(' ', words)
            : $"[{string.Join(", ", words.ToArray().Select(word => System.Text.Json.JsonSerializer.Serialize(word)))}]";
    }

    private static bool IsEmptyOrComment(string line) => line.AsSpan().TrimStart() is [] or ['#', ..];

    // "RUN <<EOF", "COPY <<-'END' /file".
    [GeneratedRegex(@"<<-?(?<quote>['""]?)(?<end>[A-Za-z_][A-Za-z0-9_]*)\k<quote>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heredoc();

    // "DB_PASSWORD=x", "API_TOKEN abc"; not "TOKEN_URL=…", "PASSWORD" of an ARG without a value.
    [GeneratedRegex(
        @"(^|\s)[A-Za-z0-9_]*(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)(=|\s+)[^\s$]",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex SecretShape();
}

/// <summary>Statements of the operator's own.</summary>
public sealed record AppendDockerfile : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "appendDockerfile";

    /// <summary>What stands for the folder of the template's resources in the context.</summary>
    public const string ResourcesToken = "__TEMPLATE_RESOURCES__";

    /// <summary>What a list of blocks calls it.</summary>
    public string Label { get; init; } = "";

    /// <summary>The statements, without FROM.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>Whether they run as root in /opt/dataiku, and not as dataiku in its home directory.</summary>
    public bool RunAsRoot { get; init; }

    /// <summary>Files that lie beside the Dockerfile.</summary>
    public ImmutableArray<TemplateResource> Resources { get; init; } = [];

    public override string Kind => KindName;

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var state = Resources.Aggregate(before, (made, resource) => made.With(resource.Destination, resource.File()));
        state = Dockerfile.Contains(ResourcesToken, StringComparison.Ordinal)
            ? state.With(CodeStudioImage.ResourcesFolder, new ContextFile(null, ""))
            : state;
        var statements = Dockerfile.ReplaceLineEndings("\n").Trim('\n').Replace(ResourcesToken, CodeStudioImage.ResourcesFolder, StringComparison.Ordinal);
        return state.With(new ImageLayer(before.Resolve(statements), RunAsRoot) { IsForeign = true });
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        foreach (var fault in ImageStatements.Check(Dockerfile, "dockerfile").Concat(TemplateResource.Check(Resources, "resources")))
        {
            yield return fault;
        }

        for (var index = 0; index < Resources.Length; index++)
        {
            var destination = Resources[index].Destination;
            if (CodeStudioContext.IsReserved(destination))
            {
                yield return new(
                    $"resources[{BlockChecks.Text(index)}].destination", "is the place of a file that this program makes",
                    $"another path than {string.Join(", ", CodeStudioContext.Reserved)}", $"for example files/{destination}", destination);
            }
            else if (before.Context.TryGetValue(destination, out var taken) && taken != Resources[index].File())
            {
                yield return new(
                    $"resources[{BlockChecks.Text(index)}].destination", "is the place of another file of an earlier block", "a path of its own",
                    $"for example files/{destination}", destination);
            }
        }

        if (FileZones.Unresolved(before.Resolve(Dockerfile.Replace(ResourcesToken, "", StringComparison.Ordinal))) is { } token
            && FileZones.Of(token) is { } zone)
        {
            yield return new(
                "dockerfile", $"has the token {token}, and no earlier block syncs that zone", "tokens of synced zones",
                $"sync the zone {FileZones.Key(zone)}, or write an absolute path", token);
        }
    }
}
