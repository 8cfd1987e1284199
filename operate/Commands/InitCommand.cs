using System.CommandLine;
using System.Globalization;
using Operate.Starting;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.StackFiles;
using Spectre.Console;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Operate.Commands;

/// <summary><c>init [NAME]</c>: a first stack file, of the examples.</summary>
internal sealed class InitCommand : ICommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The stack: its file becomes Pulumi.NAME.yaml.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = $"What it runs on: {string.Join("; ", FirstStack.Clusters.Select(cluster => $"{cluster.Name} ({cluster.Meaning})"))}.",
        HelpName = "KIND",
    };
    private readonly Option<string?> _parts = new("--parts")
    {
        Description = $"What is deployed, with commas between: {string.Join("; ", FirstStack.AllParts.Select(part => $"{part.Name} ({part.Meaning})"))}.",
        HelpName = "PARTS",
    };
    private readonly Option<string?> _domain = new("--domain") { Description = "The domain below which its hosts are.", HelpName = "DOMAIN" };
    private readonly Option<string?> _version = new("--platform-version") { Description = "The version of Seqera Platform.", HelpName = "VERSION" };
    private readonly Option<bool?> _ssh = new("--ssh") { Description = "People also open sessions of Studios by SSH." };
    private readonly Option<bool?> _production = new("--production") { Description = "People depend on it: what keeps data is protected." };
    private readonly Option<string?> _context = new("--context")
    {
        Description = "The context of the kubeconfig, for an existing cluster.",
        HelpName = "CONTEXT",
    };
    private readonly Option<string?> _region = new("--region") { Description = "The region of AWS or Google Cloud.", HelpName = "REGION" };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Begin with this example instead, by its name, or with another stack file.",
        HelpName = "EXAMPLE",
    };
    private readonly Option<bool> _force = new("--force") { Description = "Write over a file that is there." };

    public Command Build(CommandHost host)
    {
        var command = new Command("init", "Write a first stack file: asks what is not given, and marks what has to be replaced.")
        {
            _name, _cluster, _parts, _domain, _version, _ssh, _production, _context, _region, _from, _force,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, host, cancellation));
        return command.WithExamples(
            "./platform init                                                                       asks everything",
            "./platform init trial --cluster eks --parts studios,tower --domain science.example.org",
            "./platform init prod2 --cluster gke --parts workbench --domain science.example.org --production",
            "./platform init gpu --from eks-gpu                                                    a copy of an example, marked");
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandHost host, CancellationToken cancellation)
    {
        var project = ProjectFile.Read(ProjectFile.FindFolder(host.OwnFolder) ?? ProjectFile.FindFolder(host.CurrentFolder)
            ?? throw new BadInputException($"There is no {ProjectFile.FileName} in {host.CurrentFolder} or above it.", "Run ./platform of a clone."));
        var ask = new Questions(host);
        var name = parsed.GetValue(_name) ?? await ask.TextAsync("NAME", "Name of the stack", "trial", cancellation);
        StackFinder.TryFind(project, name);
        var path = Path.Combine(project.StackFolder, $"Pulumi.{name}.yaml");
        if (File.Exists(path) && !parsed.GetValue(_force))
        {
            throw new BadInputException($"Pulumi.{name}.yaml is there already.", "Choose another name, or write over it with --force.");
        }
        var (text, given) = parsed.GetValue(_from) is { } from
            ? (Copied(parsed, ExampleFile.Find(project, from, host.CurrentFolder)), [])
            : await ChosenAsync(parsed, ask, project, name, cancellation);
        var (marked, count) = Placeholders.Marked(text, given);
        Check(project, name, path, marked, host);
        Write(path, marked, parsed.GetValue(_force));
        Tell(host, name, count, marked);
        return ExitCodes.Success;
    }

    private async Task<(string Text, IReadOnlyCollection<string> Given)> ChosenAsync(
        ParseResult parsed, Questions ask, ProjectFile project, string name, CancellationToken cancellation)
    {
        var cluster = Known(parsed.GetValue(_cluster) ?? await ask.ChoiceAsync("--cluster", "What does it run on?", FirstStack.Clusters, cancellation),
            "--cluster", FirstStack.Clusters);
        var parts = cluster == FirstStack.None && parsed.GetValue(_parts) is null ? new[] { FirstStack.Studios } : Parts(
            parsed.GetValue(_parts) ?? await ask.TextAsync(
                "--parts", $"Which parts, with commas between ({string.Join(", ", FirstStack.AllParts.Select(part => part.Name))})?", FirstStack.Studios,
                cancellation));
        Require(parsed, cluster, parts);
        var hosts = FirstStack.HasHosts(parts);
        var domain = parsed.GetValue(_domain)
            ?? (hosts ? await ask.TextAsync("--domain", "Domain below which its hosts are", "science.example.org", cancellation) : "");
        var studios = parts.Contains(FirstStack.Studios, StringComparer.Ordinal);
        var stack = new FirstStack(cluster, parts, domain)
        {
            PlatformVersion = parsed.GetValue(_version),
            Context = parsed.GetValue(_context),
            Region = parsed.GetValue(_region),
            Ssh = studios && cluster != FirstStack.None
                && (parsed.GetValue(_ssh) ?? await ask.YesAsync("Do people open sessions by SSH, too?", cancellation)),
            Production = parsed.GetValue(_production) ?? await ask.YesAsync("Will people depend on it?", cancellation),
        };
        return (stack.Text(project, name), stack.Given);
    }

    // What nothing would read is not passed over in silence
    private void Require(ParseResult parsed, string cluster, string[] parts)
    {
        var studios = parts.Contains(FirstStack.Studios, StringComparer.Ordinal);
        var problem = cluster == FirstStack.None && parts is not [FirstStack.Studios] ? "--parts names more than studios, and Docker Compose runs Studios alone"
            : parsed.GetValue(_ssh) == true && (!studios || cluster == FirstStack.None) ? "--ssh is for Studios on a cluster"
            : parsed.GetValue(_version) is not null && !studios ? "--platform-version is for Studios"
            : parsed.GetValue(_context) is not null && cluster != FirstStack.Existing ? "--context is for an existing cluster"
            : parsed.GetValue(_region) is not null && cluster == FirstStack.Existing ? "--region is for clusters and hosts in a cloud" : null;
        if (problem is not null)
        {
            throw new BadInputException($"{problem}.", "Leave it out, or choose another --cluster or other --parts.");
        }
    }

    private string Copied(ParseResult parsed, ExampleFile example)
    {
        foreach (var option in new Option[] { _cluster, _parts, _domain, _version, _ssh, _production, _context, _region })
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new BadInputException($"{option.Name} and --from are given together.", "An example is copied as it is: leave one of the two out.");
            }
        }
        return example.Text.Replace("$schema=../../docs/", "$schema=docs/", StringComparison.Ordinal);
    }

    private static string[] Parts(string given)
    {
        string[] parts = [.. given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)
            .Select(part => Known(part, "--parts", FirstStack.AllParts))];
        return parts.Length > 0 ? parts : throw new BadInputException(
            "--parts names nothing.", $"Parts are {string.Join(", ", FirstStack.AllParts.Select(part => part.Name))}.");
    }

    private static string Known(string given, string option, (string Name, string Meaning)[] known)
    {
        var names = known.Select(choice => choice.Name).ToArray();
        return names.Contains(given, StringComparer.Ordinal) ? given : throw new BadInputException(
            $"{option} is '{given}', which is none of the choices.", $"{Nearest.DidYouMean(given, names)}Choices are {string.Join(", ", names)}.");
    }

    // What the program itself would say of the file, before there is one
    private static void Check(ProjectFile project, string name, string path, string text, CommandHost host)
    {
        var config = StackConfig.Read(project, name, StackFile.Parse(path, text, project.Name), (_, _) => null);
        var read = SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys), host.Today());
        if (!read.Problems.IsEmpty)
        {
            throw new BadInputException(
                $"The file would not be valid, so it is not written.\n{SettingsReport.Render(read.Problems).TrimEnd()}", "Choose otherwise what it is about.");
        }
        if (!read.Warnings.IsEmpty)
        {
            host.Terminal.WriteError(SettingsReport.RenderWarnings(read.Warnings).TrimEnd('\n'));
        }
    }

    private static void Write(string path, string text, bool force)
    {
        try
        {
            AtomicFile.Write(path, text, overwrite: force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"{Path.GetFileName(path)} cannot be written: {e.Message}", "Check the permissions of the folder and the free space.", e);
        }
    }

    private static void Tell(CommandHost host, string name, int count, string text)
    {
        var file = $"Pulumi.{name}.yaml";
        host.Terminal.Write(string.Create(CultureInfo.InvariantCulture, $"{file} is written, with {count} value{(count == 1 ? "" : "s")} to replace:"));
        host.Terminal.Write($"  grep -n -A 1 REPLACE {file}");
        host.Terminal.Write("Then:");
        host.Terminal.Write($"  ./platform config {name} --check        what is wrong with it");
        host.Terminal.Write($"  ./platform preview {name}               what it would create, without a cloud");
        host.Terminal.Write($"  ./platform policy {name}                which rules it breaks");
        if (text.Contains("\n  platform:cluster:\n    existing:", StringComparison.Ordinal))
        {
            host.Terminal.Write($"  ./platform secret {name} kubeconfig     < FILE, where it is deployed without your kubeconfig");
        }
        if (text.Contains("\n  platform:redis:\n    existing:", StringComparison.Ordinal))
        {
            host.Terminal.Write($"  ./platform secret {name} redisPassword     the password of the Redis server");
        }
        host.Terminal.Write($"  pulumi stack init {name}, then pulumi up --stack {name}");
    }
}

/// <summary>Asks whoever sits at the terminal; where nobody does, says which option is missing.</summary>
/// <param name="host">The outside.</param>
internal sealed class Questions(CommandHost host)
{
    public async Task<string> TextAsync(string option, string question, string fallback, CancellationToken cancellation)
    {
        Require(option, question);
        return await new TextPrompt<string>($"{Markup.Escape(question)}:").DefaultValue(fallback).ShowAsync(host.Terminal.Questions, cancellation);
    }

    public async Task<string> ChoiceAsync(string option, string question, (string Name, string Meaning)[] choices, CancellationToken cancellation)
    {
        Require(option, $"Choices are {string.Join(", ", choices.Select(choice => choice.Name))}");
        foreach (var (name, meaning) in choices)
        {
            host.Terminal.WriteError($"  {name,-12} {meaning}");
        }
        return await TextAsync(option, question, choices[0].Name, cancellation);
    }

    /// <summary>What is no when nobody is there to be asked.</summary>
    public async Task<bool> YesAsync(string question, CancellationToken cancellation)
        => host.AsksForSecrets
            && await new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }.ShowAsync(host.Terminal.Questions, cancellation);

    private void Require(string option, string meaning)
    {
        if (!host.AsksForSecrets)
        {
            throw new BadInputException(
                $"{option} is missing, and nobody sits at the terminal to be asked.", $"{meaning.TrimEnd('?')}: see `./platform init --help`.");
        }
    }
}
