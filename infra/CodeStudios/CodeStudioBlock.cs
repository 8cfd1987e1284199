using System.Collections.Immutable;
using System.Globalization;

namespace Infra.CodeStudios;

/// <summary>A building block of a template.</summary>
public abstract record CodeStudioBlock
{
    /// <summary>Least port that a process without privileges may bind, as DSS allows it.</summary>
    public const int LeastPort = 1025;

    /// <summary>Greatest port there is.</summary>
    public const int GreatestPort = 65535;

    private protected CodeStudioBlock()
    {
    }

    /// <summary>Its kind, as a stack file writes it.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether a template has one of the kind at most.</summary>
    public virtual bool IsUnique => false;

    /// <summary>Whether it brings something that can be launched.</summary>
    public virtual bool IsLaunched => false;

    /// <summary>The state after the block; defined for blocks with problems as well, so that the later ones are judged too.</summary>
    public abstract CodeStudioState Apply(CodeStudioState before);

    /// <summary>What is wrong with the block, given what the earlier ones made.</summary>
    public virtual IEnumerable<BlockFault> Check(CodeStudioState before) => [];
}

/// <summary>A tool that offers each code environment to its users.</summary>
public interface IShowsCodeEnvironments
{
    /// <summary>The state in which the tool offers all environments of <paramref name="state"/>.</summary>
    CodeStudioState Show(CodeStudioState state);
}

/// <summary>One thing that is wrong with a block, in the operator's words.</summary>
/// <param name="Field">The field, with dots and indices where it is an inner one: <c>exposedPort.port</c>.</param>
/// <param name="What">What is wrong, one clause without the value.</param>
/// <param name="Allowed">What the field may hold.</param>
/// <param name="Fix">What to write.</param>
/// <param name="Given">The value found; null where there is none to show.</param>
public sealed record BlockFault(string Field, string What, string Allowed, string Fix, string? Given = null);

/// <summary>A fault and where it is.</summary>
/// <param name="Position">Position of the block in the template, from 0; null for what concerns the template as a whole.</param>
/// <param name="Kind">Kind of the block; empty for the template.</param>
/// <param name="Fault">The fault.</param>
public sealed record BlockProblem(int? Position, string Kind, BlockFault Fault)
{
    /// <summary>Where it is, as <c>blocks[2].streamlit.port</c>.</summary>
    public string Path => (Position, Fault.Field) switch
    {
        (null, var name) => name,
        ({ } position, "") => string.Create(CultureInfo.InvariantCulture, $"blocks[{position}].{Kind}"),
        ({ } position, var name) => string.Create(CultureInfo.InvariantCulture, $"blocks[{position}].{Kind}.{name}"),
    };
}

/// <summary>Paths inside a container and inside archives.</summary>
public static class StudioPath
{
    /// <summary>Whether it starts with / and has no empty part, . or ..; a single / is none.</summary>
    public static bool IsAbsolute(string path) => path.StartsWith('/') && IsRelative(path[1..].TrimEnd('/'));

    /// <summary>Whether it stays below the folder that it is relative to.</summary>
    public static bool IsRelative(string path) =>
        path.Length > 0 && path.All(character => character >= ' ' && character != '\\' && character != '\u007f')
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>A word for file names and processes: what is no letter, digit or hyphen becomes a hyphen.</summary>
    public static string Word(string text)
    {
        var word = string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-'));
        return string.Join('-', word.Split('-', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A text as one word of a shell.</summary>
    public static string Quoted(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "_-./:=@%+,".Contains(character, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What several blocks check.</summary>
internal static class BlockChecks
{
    /// <summary>What is wrong with a port: one at most, since the others would follow from it.</summary>
    public static IEnumerable<BlockFault> Port(int port, string field, CodeStudioState before)
    {
        if (port is < CodeStudioBlock.LeastPort or > CodeStudioBlock.GreatestPort)
        {
            yield return new(
                field, "cannot be bound without privileges, or is none", $"{CodeStudioBlock.LeastPort} to {CodeStudioBlock.GreatestPort}",
                "take another port", Text(port));
        }
        else if (before.Ports.FirstOrDefault(earlier => earlier.Port == port) is { } owner)
        {
            yield return new(
                field, owner.Label.Length > 0 ? $"is taken by an earlier block ({owner.Label})" : "is taken by an earlier block",
                "a port of its own in the template", $"take another port, for example {Text(Free(port, before))}", Text(port));
        }
    }

    /// <summary>What is wrong with a path that may hold the token of a zone.</summary>
    public static IEnumerable<BlockFault> Path(string path, string field, CodeStudioState before)
    {
        if (FileZones.Unresolved(before.Resolve(path)) is { } token)
        {
            var zone = FileZones.Of(token);
            yield return new(
                field,
                zone is null ? $"has the token {token}, which there is not" : $"has the token {token}, and no earlier block syncs that zone",
                zone is null ? $"one of {string.Join(", ", FileZones.All.Select(FileZones.Token))}" : "a path whose zone is synced",
                zone is { } known
                    ? $"sync the zone {FileZones.Key(known)} in the block fileSynchronization, or write an absolute path"
                    : "write an absolute path",
                path);
        }
        else if (!StudioPath.IsAbsolute(before.Resolve(path)))
        {
            yield return new(
                field, "is no absolute path", "a path that starts with / or with the token of a zone, without empty parts, . or ..",
                $"for example {FileZones.Token(FileZone.CodeStudioVersioned)}/app", path);
        }
    }

    /// <summary>What is wrong with a list of requirements of pip.</summary>
    public static IEnumerable<BlockFault> Requirements(ImmutableArray<string> requirements, string field) =>
        from entry in requirements.Select((requirement, index) => (requirement, index))
        where !PythonPackages.IsRequirement(entry.requirement)
        select new BlockFault(
            $"{field}[{Text(entry.index)}]", "is no requirement of pip", "a name, with extras and versions if need be", "for example pandas==2.2.3",
            entry.requirement);

    /// <summary>A number as everybody writes it.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Free(int port, CodeStudioState before) =>
        Enumerable.Range(port + 1, CodeStudioBlock.GreatestPort).First(candidate => before.Ports.All(taken => taken.Port != candidate));
}
