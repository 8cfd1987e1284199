using System.CommandLine;
using Rehearsal.State;

namespace Rehearsal.Commands;

/// <summary><c>export STACK</c>: the rehearsed state, as <c>pulumi stack export</c> prints one.</summary>
internal sealed class ExportCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, program, configFile, state, showSecrets) = (SharedOptions.Stack(), SharedOptions.Program(), SharedOptions.ConfigFile(),
            SharedOptions.State(), SharedOptions.ShowSecrets());
        var command = new Command("export", "Print the rehearsed state, in the format of `pulumi stack export`.") { stack, program, configFile, state,
            showSecrets };
        command.SetAction(parsed =>
        {
            var target = StackTarget.Find(host, parsed.GetRequiredValue(stack), parsed.GetValue(program), parsed.GetValue(configFile));
            var folder = SharedOptions.StateFolder(host, target.Project, target.Stack, parsed.GetValue(state));
            var checkpoint = folder.Read(StateSealing.Opener(host));
            if (parsed.GetValue(showSecrets) && checkpoint.Secrets.MetClosed)
            {
                throw new BadInputException("The state's secrets cannot be opened here.",
                    "Set the passphrase with which they were sealed, or leave --show-secrets out.")
                { ExitCode = 1 };
            }
            host.Terminal.Output.Write(CheckpointWriter.Write(checkpoint, parsed.GetValue(showSecrets)));
            return ExitCodes.Success;
        });
        return command.WithExamples(
            "./platform export dev > state.json             secrets stay sealed",
            "./platform export dev --show-secrets           for comparing: keep it safe");
    }
}

/// <summary><c>import STACK</c>: takes a state over, for example one that <c>pulumi stack export</c> printed.</summary>
internal sealed class ImportCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, program, configFile, state) = (SharedOptions.Stack(), SharedOptions.Program(), SharedOptions.ConfigFile(), SharedOptions.State());
        var file = new Option<string?>("--file") { Description = "The file to read; the standard input when not given.", HelpName = "FILE" };
        var command = new Command("import", "Take a state over into the rehearsal, from `pulumi stack export`.") { stack, file, program, configFile, state };
        command.SetAction(async (parsed, cancellation) =>
        {
            var target = StackTarget.Find(host, parsed.GetRequiredValue(stack), parsed.GetValue(program), parsed.GetValue(configFile));
            var (text, where) = parsed.GetValue(file) is { } path
                ? (await File.ReadAllTextAsync(Path.GetFullPath(path, host.CurrentFolder), cancellation), path)
                : (await host.Input.ReadToEndAsync(cancellation), "The standard input");
            return Import(host, target, SharedOptions.StateFolder(host, target.Project, target.Stack, parsed.GetValue(state)), text, where);
        });
        return command.WithExamples(
            "pulumi stack export --stack dev | ./platform import dev",
            "./platform preview dev --diff     then what the program would change on the real stack");
    }

    private static int Import(CommandHost host, StackTarget target, StateFolder folder, string text, string where)
    {
        var checkpoint = CheckpointReader.Read(text, where, StateSealing.Opener(host));
        if (checkpoint.Problem() is { } problem)
        {
            throw new BadInputException($"{where} is damaged: {problem}.", "Export it anew.") { ExitCode = 1 };
        }
        if (checkpoint.Resources.FirstOrDefault(resource => resource.Urn.Stack != target.Stack || resource.Urn.Project != target.Project.Name) is { } foreign)
        {
            throw new BadInputException($"{where} is the state of stack '{foreign.Urn.Stack}' of project '{foreign.Urn.Project}'.",
                $"Export stack '{target.Stack}' of project '{target.Project.Name}'.")
            { ExitCode = 1 };
        }
        using var held = folder.Lock($"import {target.Stack}");
        folder.Write(CheckpointWriter.Write(checkpoint));
        host.Terminal.Write($"{checkpoint.Resources.Length} resources of {target.Stack} are taken over into the rehearsal.");
        return ExitCodes.Success;
    }
}

/// <summary><c>cancel STACK</c>: releases the lock of an operation that was killed.</summary>
internal sealed class CancelCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, program, configFile, state) = (SharedOptions.Stack(), SharedOptions.Program(), SharedOptions.ConfigFile(), SharedOptions.State());
        var command = new Command("cancel", "Release the lock of an operation that did not end by itself.") { stack, program, configFile, state };
        command.SetAction(parsed =>
        {
            var target = StackTarget.Find(host, parsed.GetRequiredValue(stack), parsed.GetValue(program), parsed.GetValue(configFile));
            var holder = SharedOptions.StateFolder(host, target.Project, target.Stack, parsed.GetValue(state)).Release();
            host.Terminal.Write(holder is null ? $"{target.Stack} was not locked." : $"{target.Stack} is free again; it was locked{holder}.");
            return ExitCodes.Success;
        });
        return command.WithExamples("./platform cancel dev");
    }
}
