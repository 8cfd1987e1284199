using System.CommandLine;
using Rehearsal.Rendering;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;

namespace Rehearsal.Commands;

/// <summary><c>secret STACK KEY</c>: seals a value and puts it into the stack's file, as <c>pulumi config set --secret</c> does.</summary>
internal sealed class SecretCommand : ICommand
{
    public Command Build(CommandHost host)
    {
        var (stack, configFile) = (SharedOptions.Stack(), SharedOptions.ConfigFile());
        var key = new Argument<string>("KEY") { Description = "The setting, for example kubeconfig." };
        var print = new Option<bool>("--print") { Description = "Print the lines instead, and leave the file as it is." };
        var path = new Option<bool>("--path") { Description = "The key is a path into a structured setting: name.member, name[0]." };
        // It asked for what is done anyway now; scripts have it
        var write = new Option<bool>("--write", "-w") { Hidden = true };
        var command = new Command("secret", "Seal a value with the stack's passphrase, and put it into the stack's file.")
        {
            stack, key, print, path, write, configFile,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var target = StackTarget.FindFile(host, parsed.GetRequiredValue(stack), parsed.GetValue(configFile));
            var place = Place(parsed.GetRequiredValue(key), parsed.GetValue(path), target.Project);
            return await RunAsync(host, target, place, parsed.GetValue(print), cancellation);
        });
        return command.WithExamples(
            "./platform secret dev kubeconfig < kubeconfig.yaml              what is in a file, sealed in Pulumi.dev.yaml",
            "./platform secret studios-traefik-ssh redisPassword             ask for the value; nothing that is typed is shown",
            "./platform secret dev kubeconfig --print < kubeconfig.yaml      the lines alone, for another file",
            "./platform secret dev kubernetes:kubeconfig < kubeconfig.yaml   a key of a provider",
            $"The passphrase comes from {Passphrase.Variable} or {Passphrase.FileVariable}, or is asked for: a new one twice.");
    }

    // Without --path dots and brackets are part of the key's name, as with `pulumi config set`
    private static ConfigPath Place(string key, bool isPath, ProjectFile project)
    {
        var name = ConfigReader.FullKey(key, project.Name)
            ?? throw new BadInputException($"'{key}' is not a configuration key.", $"A key is a name, or a namespace and a name: {project.Name}:name.");
        var place = !isPath ? new ConfigPath(name, []) : ConfigPath.Parse(name)
            ?? throw new BadInputException($"'{key}' is not a path into a setting.", "A path is name.member, name[0] or name[\"a key\"].");
        RequireRead(place.Root, project);
        return place;
    }

    // Keys of other namespaces belong to providers; a project that declares none of its own reads what it likes
    private static void RequireRead(string key, ProjectFile project)
    {
        var own = $"{project.Name}:";
        var declared = project.Settings.Where(setting => setting.Key.StartsWith(own, StringComparison.Ordinal)).ToArray();
        var roots = declared.Select(setting => setting.Path.Root).Distinct(StringComparer.Ordinal).ToArray();
        var (@namespace, name) = (key[..key.IndexOf(':', StringComparison.Ordinal)], key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var isAnothers = @namespace != project.Name
            && (Nearest.Find(@namespace, [project.Name]) is null || !roots.Contains($"{own}{name}", StringComparer.Ordinal));
        if (declared.Length == 0 || isAnothers || roots.Contains(key, StringComparer.Ordinal))
        {
            return;
        }
        var secrets = declared.Where(setting => setting.IsSecret).Select(setting => setting.Key[own.Length..]).Order(StringComparer.Ordinal).ToArray();
        throw new BadInputException(
            $"Nothing reads {key}: {ProjectFile.FileName} declares no such key.",
            Nearest.DidYouMean(name, roots.Select(root => root[own.Length..]))
                + (secrets.Length == 0 ? "" : $"Keys of secrets are {string.Join(", ", secrets)}."));
    }

    private static async Task<int> RunAsync(
        CommandHost host, (string Stack, ProjectFile Project, StackFile File) target, ConfigPath place, bool print, CancellationToken cancellation)
    {
        var secrets = new StackSecrets(target.Stack, target.File, host.Environment);
        secrets.RequirePassphraseProvider();
        var prompt = host.AsksForSecrets ? new SecretPrompt(host.Terminal) : null;
        var sealer = prompt is not null && Passphrase.Find(host.Environment) is null
            ? await prompt.SealerAsync(target.Stack, target.File.EncryptionSalt, cancellation) : secrets.SealerOrNew();
        var value = prompt is null ? Given(await host.Input.ReadToEndAsync(cancellation)) : await prompt.ValueAsync(place.Text, cancellation);
        if (value.Length == 0)
        {
            throw new BadInputException("The value is empty.", "Type it when it is asked for, or give it on the standard input.");
        }
        var ciphertext = sealer.Seal(value);
        var salt = target.File.EncryptionSalt is null ? sealer.Salt : null;
        var config = new Dictionary<string, ConfigValue>(target.File.Config, StringComparer.Ordinal);
        var isScalar = place.Steps.Count > 0 && config.TryGetValue(place.Root, out var root) && !root.IsObject;
        if (isScalar || !place.Set(config, new ConfigValue(ciphertext, IsSecret: true, IsObject: false, "")))
        {
            throw new BadInputException($"{place.Root} has another kind of value on the way to that place.",
                "A name leads into a mapping, a number into a list: at most to the place behind its last item.");
        }
        if (print)
        {
            Print(host.Terminal, place.Root, config[place.Root], salt);
        }
        else
        {
            StackFileEditor.Seal(target.File.Path!, target.Project.Name, place, ciphertext, config[place.Root], salt);
            host.Terminal.WriteError($"{place.Text} is sealed in {Path.GetFileName(target.File.Path)}.");
        }
        if (target.Project.Settings.FirstOrDefault(setting => setting.Key == place.Text) is { IsSecret: false })
        {
            host.Terminal.WriteError(
                new StyledText("warning: ", TextStyle.Warning),
                $"{ProjectFile.FileName} does not declare {place.Text} as a secret: it is sealed, and what the program makes of it may be shown.");
        }
        return ExitCodes.Success;
    }

    private static void Print(Terminal terminal, string key, ConfigValue value, string? salt)
    {
        if (salt is not null)
        {
            terminal.Write($"encryptionsalt: {salt}");
        }
        terminal.Write("config:");
        foreach (var line in StackFileEditor.Lines(key, value).TrimEnd('\n').Split('\n'))
        {
            terminal.Write(line);
        }
    }

    // The line end that echo and editors add is not part of a value
    private static string Given(string text) => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
