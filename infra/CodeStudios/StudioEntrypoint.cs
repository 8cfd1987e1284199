using System.Collections.Immutable;

namespace Infra.CodeStudios;

/// <summary>A server that the operator brings: what starts it, and where it answers.</summary>
public sealed record StudioEntrypoint : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "entrypoint";

    /// <summary>What a list of blocks calls it, and its port if that has no label.</summary>
    public string Label { get; init; } = "";

    /// <summary>The command line: its program is an absolute path or on the PATH; empty exposes the port of something else.</summary>
    public string Command { get; init; } = "";

    /// <summary>Files of the template's resources that are copied into the home directory, executable.</summary>
    public ImmutableArray<TemplateResource> Scripts { get; init; } = [];

    /// <summary>Whether webapps start it as well.</summary>
    public bool UseInWebapps { get; init; }

    /// <summary>Where it answers; null for nowhere.</summary>
    public StudioExposedPort? ExposedPort { get; init; }

    public override string Kind => KindName;

    public override bool IsLaunched => !string.IsNullOrWhiteSpace(Command);

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var state = Scripts.Aggregate(before, (made, script) => made
            .With($"scripts/{script.Destination}", script.File(isExecutable: true))
            .With(ImageStatements.Copy($"scripts/{script.Destination}", $"{CodeStudioImage.Home}/{script.Destination}")));
        if (ExposedPort is { } port)
        {
            state = state.With((port.Label.Length > 0 ? port : port with { Label = Label }).Port(UseInWebapps));
        }

        return IsLaunched ? StudioProcesses.Add(state, Label, before.Resolve(Command), UseInWebapps, ExposedPort?.Number) : state;
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        var faults = TemplateResource.Check(Scripts, "scripts").Concat(ExposedPort?.Check("exposedPort", before) ?? []).Concat(CheckScripts(before));
        if (!IsLaunched && ExposedPort is null)
        {
            return faults.Append(new(
                "command", "is missing, and so is exposedPort: the block does nothing", "a command line, an exposed port, or both",
                "for example command: /home/dataiku/start.sh"));
        }

        return IsLaunched ? faults.Concat(CheckCommand(before)) : faults;
    }

    private IEnumerable<BlockFault> CheckCommand(CodeStudioState before)
    {
        var command = before.Resolve(Command).Trim();
        var program = command.Split(' ', 2)[0];
        if (command.Any(char.IsControl))
        {
            yield return new("command", "has several lines", "one command line", "put it into a script of the template's resources", Command);
        }
        else if (FileZones.Unresolved(command) is { } token)
        {
            yield return new(
                "command", $"has the token {token}, and no earlier block syncs that zone", "a command line", "sync the zone, or write an absolute path",
                Command);
        }
        else if (program.Contains('/', StringComparison.Ordinal) && !StudioPath.IsAbsolute(program))
        {
            yield return new(
                "command", "starts a program by a path that depends on the folder it is started in", "an absolute path, or the name of a program on the PATH",
                $"for example {CodeStudioImage.Home}/{program.TrimStart('.', '/')}", Command);
        }
    }

    private IEnumerable<BlockFault> CheckScripts(CodeStudioState before)
    {
        for (var index = 0; index < Scripts.Length; index++)
        {
            var script = Scripts[index];
            if (FileSynchronization.Hiding($"{CodeStudioImage.Home}/{script.Destination}", before) is { } zone)
            {
                yield return new(
                    $"scripts[{BlockChecks.Text(index)}].destination", $"lies in the zone {FileZones.Key(zone.Zone)}, which hides it in pods",
                    "a path outside of zones",
                    $"for example bin/{script.Destination[(script.Destination.LastIndexOf('/') + 1)..]}", script.Destination);
            }

            var others = Scripts[..index].Where(earlier => earlier.Destination == script.Destination && earlier.Path != script.Path);
            if (others.Any() || (before.Context.TryGetValue($"scripts/{script.Destination}", out var taken) && taken.Source != script.Path))
            {
                yield return new(
                    $"scripts[{BlockChecks.Text(index)}].destination", "is the place of another script", "a path of its own", "take another destination",
                    script.Destination);
            }
        }
    }
}

/// <summary>What the supervisor starts.</summary>
internal static class StudioProcesses
{
    /// <summary>Adds one under a name that no other has.</summary>
    public static CodeStudioState Add(CodeStudioState state, string label, string command, bool useInWebapps, int? port)
    {
        var word = StudioPath.Word(label) is { Length: > 0 } given ? given : "entrypoint";
        var name = Enumerable.Range(1, state.Processes.Length + 1).Select(number => number == 1 ? word : $"{word}-{BlockChecks.Text(number)}")
            .First(candidate => state.Processes.All(process => process.Name != candidate));
        return state.With(new StudioProcess(name, command.Trim(), useInWebapps, port));
    }

    /// <summary>The table that the supervisor reads: name, 1 for webapps, port or -, and the command, with tabs between them.</summary>
    public static string Table(CodeStudioState state) => string.Concat(state.Processes.Select(process =>
        $"{process.Name}\t{(process.UseInWebapps ? "1" : "0")}\t{(process.Port is { } port ? BlockChecks.Text(port) : "-")}\t{process.Command}\n"));
}
