using System.Collections.Immutable;
using System.CommandLine;
using Rehearsal.Comparing;
using Rehearsal.Events;
using Rehearsal.Functions;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Schemas;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Rehearsal.State;

namespace Rehearsal.Commands;

/// <summary>What <c>OLD</c> and <c>NEW</c> stand for on the command lines of <c>diff</c> and <c>audit</c>, and how both become sides.</summary>
internal sealed class Sides
{
    private readonly Argument<string> _old = new("OLD")
    {
        Description = "A git revision, a stack file, a plan (`preview --json`, or a file of stacks/plans), or a state (`pulumi stack export`).",
    };

    private readonly Argument<string?> _new = new("NEW")
    {
        Description = "The same; the working tree when not given.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _stack = new("--stack", "-s")
    {
        Description = "The stack to rehearse, where neither side names one.",
        HelpName = "STACK",
    };

    private readonly Option<string[]> _stackOutputs = SharedOptions.StackOutputs();
    private readonly Option<string?> _answers = SharedOptions.Answers();

    /// <summary>Adds the two sides and the options that they need to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_old);
        command.Add(_new);
        command.Add(_stack);
        command.Add(_stackOutputs);
        command.Add(_answers);
    }

    /// <summary>Reads, builds and rehearses what the command line names, and compares it.</summary>
    /// <exception cref="BadInputException">A side cannot be read, or its program fails.</exception>
    public async Task<Comparison> CompareAsync(ParseResult parsed, CommandHost host, CancellationToken cancellation)
    {
        var project = ProjectFile.FindFolder(host.OwnFolder) ?? ProjectFile.FindFolder(host.CurrentFolder);
        var revisions = new Revisions(host, project is null ? ProjectFile.WithoutFile(host.CurrentFolder) : ProjectFile.Read(project));
        var sources = new SideSources(host, revisions);
        var (old, @new) = (sources.Find(parsed.GetRequiredValue(_old)), parsed.GetValue(_new) is { } given ? sources.Find(given) : new WorkingTree());
        var stack = parsed.GetValue(_stack) ?? old.Stack ?? @new.Stack ?? throw new BadInputException(
            $"Which stack to compare follows from neither {old.Name} nor {@new.Name}.", "Add it: --stack STACK.");
        var rehearsal = new SideRehearsal(
            host, revisions, StackOutputFiles.Read(parsed.GetRequiredValue(_stackOutputs), host.CurrentFolder),
            parsed.GetValue(_answers) is { } file ? AnswersFile.Read(Path.GetFullPath(file, host.CurrentFolder), SchemaStore.Bundled) : Answers.None);
        var providers = new ProviderRegistry(SchemaStore.Bundled);
        // What a deployed stack knows helps to rehearse the other side, whichever it is
        if (old is ReadSide read)
        {
            return Comparer.Compare(providers, read.Side, @new is ReadSide other ? other.Side
                : await rehearsal.RunAsync(@new, stack, read.Side, cancellation));
        }
        if (@new is ReadSide known)
        {
            return Comparer.Compare(providers, await rehearsal.RunAsync(old, stack, known.Side, cancellation), known.Side);
        }
        var before = await rehearsal.RunAsync(old, stack, on: null, cancellation);
        var after = await rehearsal.RunAsync(@new, stack, on: null, cancellation);
        var compared = Comparer.Compare(providers, before, after);
        return await rehearsal.AttributeAsync(compared, old, @new, stack, side => Comparer.Compare(providers, before, side), cancellation);
    }
}

/// <summary>What a text of the command line turned out to be.</summary>
/// <param name="Name">How it is called in sentences.</param>
/// <param name="Stack">The stack that it names; null when it names none.</param>
internal abstract record SideSource(string Name, string? Stack);

/// <summary>A plan or a state, which is read.</summary>
internal sealed record ReadSide(Side Side) : SideSource(Side.Name, Side.Stack.Length > 0 ? Side.Stack : null);

/// <summary>A commit, whose program and stack file are taken.</summary>
internal sealed record Revision(string Name, string Commit) : SideSource(Name, Stack: null);

/// <summary>Another stack file for the program of the working tree.</summary>
internal sealed record StackFileSide(string Name, string Path, string? Of) : SideSource(Name, Of);

/// <summary>The program and the stack file as they lie on disk.</summary>
internal sealed record WorkingTree() : SideSource("the working tree", Stack: null);

/// <summary>Finds out what a text is: a file by its content, anything else a revision.</summary>
internal sealed class SideSources(CommandHost host, Revisions revisions)
{
    public SideSource Find(string text)
    {
        var path = Path.GetFullPath(text, host.CurrentFolder);
        if (!File.Exists(path))
        {
            return revisions.Commit(text) is { } commit ? new Revision(Revisions.Name(text, commit), commit) : throw revisions.Unknown(text);
        }
        if (Path.GetExtension(path) is ".yaml" or ".yml")
        {
            return ApprovedPlan.TryRead(path, text) is { } plan ? new ReadSide(plan) : new StackFileSide(text, path, StackOf(path));
        }
        var content = File.ReadAllText(path);
        if (Against.Kind(content, text).IsPlan)
        {
            return new ReadSide(SideFiles.OfPlan(content, text));
        }
        // Two stacks may have two passphrases: what does not open stays closed, and the comparison says so
        var state = CheckpointReader.Read(content, text, salt => Passphrase.Find(host.Environment) is { } known ? PassphraseSealer.TryOpen(known, salt) : null);
        return new ReadSide(SideFiles.OfState(state, text));
    }

    private static string? StackOf(string path)
        => Path.GetFileName(path).Split('.') is ["Pulumi", .. var stack, "yaml" or "yml"] && stack.Length > 0 ? string.Join('.', stack) : null;
}

/// <summary>Rehearses the sides that are programs.</summary>
internal sealed class SideRehearsal(CommandHost host, Revisions revisions, Func<string, Wire.PropertyMap?> stackOutputs, Answers answers)
{
    private readonly Dictionary<SideSource, StackTarget> _targets = [];
    private readonly Dictionary<(ProjectFile Project, StackFile File), StackConfig> _configs = [];

    /// <summary>The side that a program gives.</summary>
    /// <param name="source">Which program, and which stack file.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="on">The other side; on a deployed stack is planned what a deployment to it would give.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Side> RunAsync(SideSource source, string stack, Side? on, CancellationToken cancellation)
        => await RunAsync(await TargetAsync(source, stack, cancellation), source.Name, on, cancellation) is var side && source is WorkingTree
            && revisions.Uncommitted() is { Count: > 0 } files
            ? side with { Notes = [.. side.Notes, Dirty(files)] } : side;

    /// <summary>Says of each change whether the program alone makes it, by running the new program on the old settings.</summary>
    public async Task<Comparison> AttributeAsync(
        Comparison compared, SideSource old, SideSource @new, string stack, Func<Side, Comparison> compare, CancellationToken cancellation)
    {
        if (compared.IsEmpty)
        {
            return compared;
        }
        var (before, after) = (await TargetAsync(old, stack, cancellation), await TargetAsync(@new, stack, cancellation));
        if (before.Program.Arguments.SequenceEqual(after.Program.Arguments))
        {
            return compared;
        }
        var (was, now) = (Config(before), Config(after));
        if (was.Values.SequenceEqual(now.Values))
        {
            return compared with
            {
                Changes = [.. compared.Changes.Select(change => change with { IsByProgram = true })],
                Notes = compared.Notes.Add($"The settings of {stack} are the same on both sides: all of this comes from the program."),
            };
        }
        try
        {
            var program = compare(await RunAsync(after with { File = before.File }, @new.Name, on: null, cancellation));
            var alone = program.Changes.ToDictionary(change => change.Urn);
            return compared with
            {
                Changes = [.. compared.Changes.Select(change => change with
                {
                    IsByProgram = alone.TryGetValue(change.Urn, out var same) && same.Kind == change.Kind && same.Properties.SequenceEqual(change.Properties,
                        new SameText()),
                })],
            };
        }
        catch (BadInputException)
        {
            return compared with
            {
                Notes = compared.Notes.Add("What comes from the program and what from the settings cannot be told apart: the program of "
                    + $"{@new.Name} does not run with the settings of {old.Name}."),
            };
        }
    }

    // What stays unknown is said once
    private StackConfig Config(StackTarget target) => _configs.TryGetValue((target.Project, target.File), out var known) ? known
        : _configs[(target.Project, target.File)] = target.Config(host);

    private async Task<StackTarget> TargetAsync(SideSource source, string stack, CancellationToken cancellation)
    {
        if (_targets.TryGetValue(source, out var known))
        {
            return known;
        }
        var target = source switch
        {
            Revision revision => await OfRevisionAsync(revision, stack, cancellation),
            StackFileSide file => StackTarget.Find(host, file.Stack ?? stack, program: null, file.Path),
            _ => StackTarget.Find(host, stack, program: null, configFile: null),
        };
        return _targets[source] = target;
    }

    private async Task<StackTarget> OfRevisionAsync(Revision revision, string stack, CancellationToken cancellation)
    {
        // Where the file of a revision lies is for that revision to say
        stack = StackReference.NameOf(stack) ?? stack;
        var (file, project, program) = await revisions.BuiltAsync(revision.Commit, revision.Name, File, cancellation);
        return new StackTarget(stack, project, file, program);

        StackFile File(ProjectFile project)
        {
            if (StackFinder.TryFind(project, stack) is { } path)
            {
                return StackFile.Read(path, project.Name);
            }
            var stacks = StackFinder.All(project);
            throw new BadInputException($"{revision.Name} has no file of stack '{stack}'.",
                stacks.Count == 0 ? "Give a later revision." : $"It has: {string.Join(", ", Nearest.First(stack, stacks))}.");
        }
    }

    private async Task<Side> RunAsync(StackTarget target, string name, Side? on, CancellationToken cancellation)
    {
        var request = target.Request(Config(target), stackOutputs) with { Answers = answers };
        var isOnState = on is { Kind: SideKind.State, Deleted: null };
        if (isOnState)
        {
            // Whether what is protected would go is for the reader of the comparison, and no error of the rehearsal
            request = request with
            {
                State = new Checkpoint
                { Resources = [.. on!.As(target.Stack, target.Project.Name).Resources.Select(state => state with { Protect = false })] },
            };
        }
        var result = await host.Engine().RunAsync(request, Unwatched.Instance, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (result.Outcome != RehearsalOutcome.Succeeded)
        {
            var reason = result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)?.Message.TrimEnd();
            throw new BadInputException($"{name} gives no plan of {target.Stack} to compare: {reason ?? "its program failed"}")
            { ExitCode = ExitCodes.Failure };
        }
        return Planned(result, name, target.Stack, target.Project.Name, isOnState) with { File = target.FileInProject };
    }

    /// <summary>The side of a rehearsal that succeeded.</summary>
    public static Side Planned(RehearsalResult result, string name, string stack, string project, bool isOnState = false)
    {
        var steps = result.Plan.Steps.Where(step => step.New is not null).ToArray();
        return new Side
        {
            Name = name,
            Kind = SideKind.Rehearsal,
            Stack = stack,
            Project = project,
            Resources =
            [
                .. steps.Where(step => step.Operation != Operation.Replace).Select(step => step.New! with
                { Aliases = [.. step.New!.Aliases, .. result.FormerUrns.GetValueOrDefault(step.Urn, [])] }),
            ],
            Outputs = result.Outputs,
            Replaced = steps.Where(step => step.Operation is Operation.Replace or Operation.CreateReplacement).GroupBy(step => step.Urn)
                .ToImmutableDictionary(step => step.Key, step => step.First().ReplaceReasons),
            Planned = isOnState ? [.. steps.Where(step => step.Old is not null).Select(step => step.Urn)] : [],
        };
    }

    private static string Dirty(IReadOnlyList<string> files) => files.Count == 1
        ? $"The working tree is not what HEAD is: {files[0].Trim()}." : $"The working tree is not what HEAD is: {files.Count} files are not committed.";

    private sealed class SameText : IEqualityComparer<PropertyChange>
    {
        public bool Equals(PropertyChange? x, PropertyChange? y) => x is not null && y is not null && x.Path == y.Path && x.Old == y.Old && x.New == y.New;

        public int GetHashCode(PropertyChange obj) => obj.Path.GetHashCode(StringComparison.Ordinal);
    }
}
