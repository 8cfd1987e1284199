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
        var path = new Option<bool>("--path") { Description = "The key is a path into a structured setting: redis.users[0].password." };
        var command = new Command("secret", "Seal a value (from the standard input) with the stack's passphrase.") { stack, key, write, path, configFile };
        command.SetAction(async (parsed, cancellation) =>
        {
            var target = StackTarget.FindFile(host, parsed.GetRequiredValue(stack), parsed.GetValue(configFile));
            var place = Place(parsed.GetRequiredValue(key), parsed.GetValue(path), target.Project.Name);
            return await RunAsync(host, target, place, parsed.GetValue(write), cancellation);
        });
        return command.WithExamples(
            "./platform secret prod workbenchLicense < licence.txt     print the lines for Pulumi.prod.yaml",
            "./platform secret prod workbenchLicense --write           ask for the value and put it into the file",
            "./platform secret prod 'users[0].password' --path         inside a list or mapping, as `pulumi config set --path` does",
            $"The passphrase comes from {Passphrase.Variable} or {Passphrase.FileVariable}.");
    }

    // Without --path dots and brackets are part of the key's name, as with `pulumi config set`
    private static ConfigPath Place(string key, bool isPath, string project)
    {
        var name = ConfigReader.FullKey(key, project)
            ?? throw new BadInputException($"'{key}' is not a configuration key.", $"A key is a name, or a namespace and a name: {project}:name.");
        return !isPath ? new ConfigPath(name, []) : ConfigPath.Parse(name)
            ?? throw new BadInputException($"'{key}' is not a path into a setting.", "A path is name.member, name[0] or name[\"a key\"].");
    }

    private static async Task<int> RunAsync(
        CommandHost host, (string Stack, ProjectFile Project, StackFile File) target, ConfigPath place, bool write, CancellationToken cancellation)
    {
        var sealer = new StackSecrets(target.Stack, target.File, host.Environment).SealerOrNew();
        var value = await ReadAsync(host, place.Root, cancellation);
        if (value.Length == 0)
        {
            throw new BadInputException("The value is empty.", "Give it on the standard input.");
        }
        var ciphertext = sealer.Seal(value);
        var salt = target.File.EncryptionSalt is null ? sealer.Salt : null;
        var config = new Dictionary<string, ConfigValue>(target.File.Config, StringComparer.Ordinal);
        var isScalar = place.Steps.Count > 0 && config.TryGetValue(place.Root, out var root) && !root.IsObject;
        if (isScalar || !place.Set(config, new ConfigValue(ciphertext, IsSecret: true, IsObject: false, Place: null)))
        {
            throw new BadInputException($"{place.Root} has another kind of value on the way to that place.",
                "A name leads into a mapping, a number into a list: at most to the place behind its last item.");
        }
        if (write)
        {
            StackFileEditor.Seal(target.File.Path!, target.Project.Name, place.Root, config[place.Root], salt);
            host.Terminal.WriteError($"{place.Root} is sealed in {Path.GetFileName(target.File.Path)}.");
            return ExitCodes.Success;
        }
        if (salt is not null)
        {
            host.Terminal.Write($"encryptionsalt: {salt}");
        }
        host.Terminal.Write("config:");
        foreach (var line in StackFileEditor.Lines(place.Root, indent: 2, config[place.Root]).TrimEnd('\n').Split('\n'))
        {
            host.Terminal.Write(line);
        }
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
