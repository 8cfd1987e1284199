using System.Collections.Immutable;

namespace Infra.CodeStudios;

/// <summary>A file or folder that comes with a template, and where it goes.</summary>
/// <param name="Source">Where it comes from, as in <c>${template.resources}/app</c>.</param>
/// <param name="Destination">Where it goes: a path below the folder that the block says.</param>
public sealed record TemplateResource(string Source, string Destination)
{
    /// <summary>What stands for the template's resources.</summary>
    public const string Variable = "${template.resources}";

    // What stands for folders of a DSS node, which there is none of here.
    private static readonly ImmutableArray<string> OfDss = ["${dku.install.dir}", "${dip.home}"];

    /// <summary>The path among the template's resources.</summary>
    public string Path => Source.StartsWith(Variable, StringComparison.Ordinal) ? Source[Variable.Length..].Trim('/') : Source.Trim('/');

    internal ContextFile File(bool isExecutable = false) => new(null, Path, isExecutable);

    internal IEnumerable<BlockFault> Check(string field)
    {
        if (OfDss.FirstOrDefault(variable => Source.Contains(variable, StringComparison.Ordinal)) is { } variable)
        {
            yield return new(
                $"{field}.source", $"is below {variable}, a folder of a DSS node, and there is none here", $"a path below {Variable}",
                $"copy it into the template's resources and write {Variable}/<path>", Source);
        }
        else if (!Source.StartsWith($"{Variable}/", StringComparison.Ordinal) || !StudioPath.IsRelative(Path))
        {
            yield return new(
                $"{field}.source", "is none of the template's resources", $"{Variable}/ and a path without empty parts, . or ..",
                $"for example {Variable}/app/app.py", Source);
        }

        if (!StudioPath.IsRelative(Destination))
        {
            yield return new(
                $"{field}.destination", "leaves the folder that it is copied into", "a path that does not start with /, without empty parts, . or ..",
                $"for example {(StudioPath.IsRelative(Path) ? Path[(Path.LastIndexOf('/') + 1)..] : "app.py")}", Destination);
        }
        else if (Destination.IndexOfAny(['*', '?', '[', ']', '$']) >= 0)
        {
            yield return new(
                $"{field}.destination", "has a character that a Dockerfile reads as a pattern or a variable", "a path without *, ?, [, ] and $",
                "for example app.py", Destination);
        }
    }

    /// <summary>What is wrong with a list of them.</summary>
    internal static IEnumerable<BlockFault> Check(ImmutableArray<TemplateResource> resources, string field) =>
        resources.SelectMany((resource, index) => resource.Check($"{field}[{BlockChecks.Text(index)}]"));
}

/// <summary>A file that a Code Studio gets once.</summary>
/// <param name="Zone">The zone that it goes into.</param>
/// <param name="Destination">Its path there.</param>
public sealed record StarterFile(FileZone Zone, string Destination)
{
    /// <summary>Where it lies in the image.</summary>
    public string PathInImage => $"{CodeStudioImage.Starter}/{FileZones.Id(Zone)}/{Destination}";
}

/// <summary>Files that a Code Studio gets when it is created, and never again.</summary>
public sealed record AddStarterFiles : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "starterFiles";

    /// <summary>The zone that they go into.</summary>
    public required FileZone Zone { get; init; }

    /// <summary>The files and folders.</summary>
    public ImmutableArray<TemplateResource> Files { get; init; } = [];

    public override string Kind => KindName;

    public override CodeStudioState Apply(CodeStudioState before) => Files.Aggregate(before, (state, file) => Put(state, Zone, file.Destination, file.File()));

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        if (!FileZones.WithStarterFiles.Contains(Zone))
        {
            yield return new(
                "zone", "belongs to the project, whose files a template does not write", string.Join(", ", FileZones.WithStarterFiles.Select(FileZones.Key)),
                $"zone: {FileZones.Key(FileZone.CodeStudioVersioned)}", FileZones.Key(Zone));
        }
        else if (before.Zones.All(zone => zone.Zone != Zone))
        {
            yield return new(
                "zone", "is not synced by this template, so that no pod would show the files", "a zone of the block fileSynchronization",
                "sync the zone there, or take another", FileZones.Key(Zone));
        }

        if (Files.IsEmpty)
        {
            yield return new("files", "are none", "one file or more", $"for example source: {TemplateResource.Variable}/app.py, destination: app.py");
        }

        foreach (var fault in TemplateResource.Check(Files, "files"))
        {
            yield return fault;
        }

        for (var index = 0; index < Files.Length; index++)
        {
            var taken = new StarterFile(Zone, Files[index].Destination);
            if (before.StarterFiles.Contains(taken) || Files[..index].Any(earlier => earlier.Destination == taken.Destination))
            {
                yield return new(
                    $"files[{BlockChecks.Text(index)}].destination", "is written by an earlier block or file", "each file once", "take another destination",
                    taken.Destination);
            }
        }
    }

    /// <summary>A starter file that a block brings itself.</summary>
    internal static CodeStudioState Put(CodeStudioState state, FileZone zone, string destination, ContextFile file)
    {
        var starter = new StarterFile(zone, destination);
        var context = $"starter/{FileZones.Id(zone)}/{destination}";
        return (state with { StarterFiles = state.StarterFiles.Add(starter) })
            .With(context, file)
            .With(ImageStatements.Copy(context, starter.PathInImage));
    }
}

/// <summary>What a user may do in a Code Studio that is up.</summary>
public enum ActionBehaviour
{
    /// <summary>Shows what the command prints, and waits for it.</summary>
    WaitForOutput,

    /// <summary>Starts the command and goes on.</summary>
    RunInBackground,
}

/// <summary>A command that users run in the pod.</summary>
public sealed record CustomAction : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "customAction";

    /// <summary>Icon of an action that names none.</summary>
    public const string DefaultIcon = "fas fa-play";

    /// <summary>Its name, unique in the template.</summary>
    public required string Name { get; init; }

    /// <summary>What its button says.</summary>
    public string Label { get; init; } = "";

    /// <summary>What it does.</summary>
    public string Description { get; init; } = "";

    /// <summary>A class of Font Awesome 5.</summary>
    public string Icon { get; init; } = DefaultIcon;

    /// <summary>Whether the user waits for it.</summary>
    public ActionBehaviour Behaviour { get; init; } = ActionBehaviour.WaitForOutput;

    /// <summary>The command line; it gets no arguments.</summary>
    public required string Command { get; init; }

    public override string Kind => KindName;

    /// <summary>Its script in the image.</summary>
    public string PathInImage => $"{CodeStudioImage.Actions}/{StudioPath.Word(Name)}";

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var context = $"actions/{StudioPath.Word(Name)}";
        // A shell of its own, so that a command line of several statements ends as its last one does.
        var script = $"#!/usr/bin/env bash\nexec bash -c {StudioPath.Quoted(before.Resolve(Command))}\n";
        return (before with { Actions = before.Actions.Add(this) })
            .With(context, new ContextFile(script, IsExecutable: true))
            .With(ImageStatements.Copy(context, PathInImage));
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        if (StudioPath.Word(Name).Length == 0)
        {
            yield return new("name", "has no letter and no digit", "a name of letters, digits and hyphens", "for example add-ssh-key", Name);
        }
        else if (before.Actions.FirstOrDefault(action => StudioPath.Word(action.Name) == StudioPath.Word(Name)) is { } other)
        {
            yield return new("name", $"is that of an earlier action, {other.Name}", "a name of its own in the template", "take another name", Name);
        }

        if (string.IsNullOrWhiteSpace(Command))
        {
            yield return new("command", "is empty", "a command line", "for example /home/dataiku/add-key.sh", Command);
        }
        else if (FileZones.Unresolved(before.Resolve(Command)) is { } token)
        {
            yield return new(
                "command", $"has the token {token}, and no earlier block syncs that zone", "a command line", "sync the zone, or write an absolute path",
                Command);
        }
    }
}
