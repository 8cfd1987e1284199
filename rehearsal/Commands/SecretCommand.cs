using System.CommandLine;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;
using Spectre.Console;

namespace Rehearsal.Commands;

/// <summary><c>secret STACK KEY</c>: seals a value for a stack file, as <c>pulumi config set --secret</c> does.</summary>
internal sealed class SecretCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, configFile) = (SharedOptions.Stack(), SharedOptions.ConfigFile());
        var key = new Argument<string>("KEY") { Description = "The setting, for example workbenchLicense." };
        var write = new Option<bool>("--write", "-w") { Description = "Put it into the stack file instead of printing it." };
        var command = new Command("secret", "Seal a value (from the standard input) with the stack's passphrase.") { stack, key, write, configFile };
        command.SetAction(async (parsed, cancellation) =>
        {
            var target = StackTarget.FindFile(host, parsed.GetRequiredValue(stack), parsed.GetValue(configFile));
            return await RunAsync(host, target, parsed.GetRequiredValue(key), parsed.GetValue(write), cancellation);
        });
        return command.WithExamples(
            "./platform secret prod workbenchLicense < licence.txt     print the lines for Pulumi.prod.yaml",
            "./platform secret prod workbenchLicense --write           ask for the value and put it into the file",
            $"The passphrase comes from {Passphrase.Variable} or {Passphrase.FileVariable}.");
    }

    private static async Task<int> RunAsync(
        CommandHost host, (string Stack, ProjectFile Project, StackFile File) target, string key, bool write, CancellationToken cancellation)
    {
        var name = ConfigReader.FullKey(key, target.Project.Name)
            ?? throw new BadInputException($"'{key}' is not a configuration key.", $"A key is a name, or a namespace and a name: {target.Project.Name}:name.");
        var sealer = new StackSecrets(target.Stack, target.File, host.Environment).SealerOrNew();
        var value = await ReadAsync(host, name, cancellation);
        if (value.Length == 0)
        {
            throw new BadInputException("The value is empty.", "Give it on the standard input.");
        }
        var ciphertext = sealer.Seal(value);
        var salt = target.File.EncryptionSalt is null ? sealer.Salt : null;
        if (write)
        {
            StackFileEditor.Seal(target.File.Path!, target.Project.Name, name, ciphertext, salt);
            host.Terminal.WriteError($"{name} is sealed in {Path.GetFileName(target.File.Path)}.");
            return ExitCodes.Success;
        }
        if (salt is not null)
        {
            host.Terminal.Write($"encryptionsalt: {salt}");
        }
        host.Terminal.Write("config:");
        host.Terminal.Write($"  {name}:");
        host.Terminal.Write($"    secure: {ciphertext}");
        return ExitCodes.Success;
    }

    private static async Task<string> ReadAsync(CommandHost host, string key, CancellationToken cancellation)
    {
        if (host.AsksForSecrets)
        {
            return await new TextPrompt<string>($"Value of {Markup.Escape(key)}:").Secret(null).ShowAsync(host.Terminal.Live, cancellation);
        }
        var text = await host.Input.ReadToEndAsync(cancellation);
        // The line end that echo and editors add is not part of a value
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}
