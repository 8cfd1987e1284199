using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The parts of a production stack that can be opened for deletion one by one, named as the stack file names them.</summary>
public static class ProtectedParts
{
    public const string Aws = "aws";
    public const string Backup = "backup";
    public const string Cluster = "cluster";
    public const string CodeStudios = "codeStudios";
    public const string Compose = "compose";
    public const string Dns = "dns";
    public const string Redis = "redis";
    public const string Storage = "storage";
    public const string Studios = "studios";
    public const string StudiosSsh = "studios.ssh";
    public const string Workbench = "workbench";
    private const string Environments = "tower.environments";
    private const string Templates = $"{CodeStudios}.templates";
    private const string Tower = "tower";

    /// <summary>Parts that every stack may have; beside them there is one for each compute environment and Code Studio template.</summary>
    public static ImmutableArray<string> Fixed { get; } =
        [Aws, Backup, Cluster, CodeStudios, Compose, Dns, Redis, Storage, Studios, StudiosSsh, Tower, Workbench];

    /// <summary>How an operator names one.</summary>
    internal static TextForm Form { get; } = new(
        "a part of the stack that can be opened for deletion",
        $"{string.Join(", ", Fixed)}, or {Environments} or {Templates} and the name of one",
        $"{Environments}.research",
        text => IsPart(text) ? text : null)
    {
        Pattern = $"^({string.Join('|', Fixed.Select(Regex.Escape))}"
            + $"|({Regex.Escape(Environments)}|{Regex.Escape(Templates)})\\.[a-z0-9]([a-z0-9-]{{0,61}}[a-z0-9])?)$",
    };

    public static string Environment(string name) => $"{Environments}.{name}";

    public static string Template(string name) => $"{Templates}.{name}";

    public static bool IsPart(string text) => Fixed.Contains(text) || new[] { Environments, Templates }.Any(parts =>
        text.StartsWith($"{parts}.", StringComparison.Ordinal) && KubernetesName.TryParse(text[(parts.Length + 1)..], out _));

    /// <summary>Whether one of the opened parts is this one or holds it: <c>tower</c> holds every <c>tower.environments.x</c>.</summary>
    public static bool IsOpened(IEnumerable<string> opened, string part) =>
        opened.Any(open => part == open || part.StartsWith($"{open}.", StringComparison.Ordinal));
}
