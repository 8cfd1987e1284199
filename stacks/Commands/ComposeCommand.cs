using System.CommandLine;
using System.Security.Cryptography;
using Infra.Compose;
using Stacks.Settings;

namespace Stacks.Commands;

/// <summary><c>compose --output DIR [--renew SECRET] [--dry-run]</c>: the files of Data Studios for a host that runs the Platform by Docker Compose.</summary>
internal static class ComposeCommand
{
    private const string Token = "token";
    private const string SigningKey = "signing-key";

    public static Command Create(Func<string, string?> environment, TextWriter output, TextWriter error)
    {
        var folder = new Option<string>("--output", "-o")
        {
            Description = "Folder with the Platform's docker-compose.yml, or an empty one; what is in it is kept.",
            HelpName = "DIR",
            Required = true,
        };
        var renew = new Option<string[]>("--renew")
        {
            Description = "Make this secret anew although it is there; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        renew.AcceptOnlyFromAmong(SigningKey, Token);
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, and write nothing." };
        var command = new Command(
            "compose",
            """
            Write the files of Data Studios by Docker Compose, laid over those that are there.

            Examples:
              ./platform compose data-studios-compose -o /opt/seqera              its files, and what to do next
              ./platform compose data-studios-compose -o /opt/seqera --dry-run    only what would change
            """)
        {
            folder,
            renew,
            dryRun,
        };
        command.SetAction(parsed =>
        {
            if (StackSettings.Read(environment, error) is not { } settings)
            {
                return ExitCodes.BadInput;
            }

            if (settings.Compose is not { } compose)
            {
                error.WriteLine("The stack file describes no Data Studios by Docker Compose.");
                error.WriteLine("Fix: describe platform:compose, as stacks/examples/Pulumi.data-studios-compose.yaml does.");
                return ExitCodes.BadInput;
            }

            var secrets = parsed.GetValue(renew)!.Aggregate(
                RenewedSecrets.None, (all, word) => all | (word == Token ? RenewedSecrets.Token : RenewedSecrets.SigningKey));
            return Run(compose, Path.GetFullPath(parsed.GetValue(folder)!), secrets, parsed.GetValue(dryRun), output, error);
        });
        return command;
    }

    // 32 letters and digits, as the vendor's guide cuts them from openssl's output.
    private static MadeSecrets NewSecrets(int bits) => new(
        () => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32),
        () =>
        {
            using var key = RSA.Create(bits);
            return (key.ExportPkcs8PrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem());
        });

    private static int Run(ComposeSettings compose, string folder, RenewedSecrets renew, bool dryRun, TextWriter output, TextWriter error)
    {
        try
        {
            var files = new WrittenFolder(folder);
            var studios = compose.Studios;
            var plan = ComposeFolder.Plan(studios, NewSecrets(compose.SigningKey.Bits), files.Read, renew);
            var texts = plan.Files.SetItem(ComposeGuide.FileName, ComposeGuide.Text(studios, compose.FrontendPort));
            var changes = files.Changes(texts);
            if (!dryRun)
            {
                files.Write(texts);
            }

            foreach (var (name, change) in changes)
            {
                output.WriteLine($"{change,-9}  {name}");
            }

            foreach (var note in plan.Notes)
            {
                output.WriteLine($"note       {note}");
            }

            if (compose.Host is not null)
            {
                error.WriteLine("This stack makes a host of its own, which gets its files, its token and its key by itself: these files are for another one.");
            }

            output.WriteLine(dryRun ? "Nothing was written." : $"What to do next: {Path.Combine(folder, ComposeGuide.FileName)}");
            return ExitCodes.Ok;
        }
        catch (ComposeFolderException exception)
        {
            error.WriteLine($"{Path.Combine(folder, exception.File)}: {exception.Message}");
            error.WriteLine($"Fix: {exception.Fix}. Nothing was written.");
            return ExitCodes.BadInput;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{folder}: {exception.Message}");
            return ExitCodes.BadInput;
        }
    }
}

/// <summary>The folder that files are written into: all of them, or none where one cannot be.</summary>
internal sealed class WrittenFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder;

    public WrittenFolder(string folder)
    {
        _folder = folder;
        if (File.Exists(folder))
        {
            throw new IOException("is a file, and a folder is needed: name another one.");
        }
    }

    /// <summary>The text of a file; null where there is none.</summary>
    public string? Read(string name)
    {
        var path = Path.Combine(_folder, name);
        if (Directory.Exists(path))
        {
            throw new ComposeFolderException(name, "is a folder, as Docker makes one where a file that it mounts is missing", "stop the containers, remove it");
        }

        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ComposeFolderException(name, "cannot be read by you", "run the command as its owner", exception);
        }
    }

    /// <summary>What becomes of each file, in words.</summary>
    public IReadOnlyList<(string Name, string Change)> Changes(IReadOnlyDictionary<string, string> texts) =>
    [
        .. texts.Select(file => (file.Key, Read(file.Key) switch
        {
            null => "created",
            var text when text == file.Value => "unchanged",
            _ => "changed",
        })),
    ];

    /// <summary>Writes what differs. A file that is there keeps its owner and its place behind a link.</summary>
    public void Write(IReadOnlyDictionary<string, string> texts)
    {
        Directory.CreateDirectory(_folder);
        var changed = texts.Where(file => Read(file.Key) != file.Value).ToArray();
        foreach (var (name, _) in changed)
        {
            CheckWritable(name);
        }

        foreach (var (name, text) in changed)
        {
            using var stream = Open(name, FileMode.OpenOrCreate);
            stream.SetLength(0);
            using var writer = new StreamWriter(stream);
            writer.Write(text);
        }

        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var name in ComposeFolder.Secret)
        {
            File.SetUnixFileMode(Path.Combine(_folder, name), OwnerOnly);
        }
    }

    private void CheckWritable(string name)
    {
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path))
        {
            return;
        }

        // Root may write what its owner has closed, and should not do so unasked.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var isClosed = OperatingSystem.IsWindows()
            ? File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly)
            : !File.GetUnixFileMode(target).HasFlag(UnixFileMode.UserWrite);
        try
        {
            if (!isClosed)
            {
                using var stream = Open(name, FileMode.Open);
                return;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ComposeFolderException(name, "cannot be written by you", "run the command as its owner", exception);
        }

        throw new ComposeFolderException(name, "is read-only", $"chmod u+w {path}");
    }

    private FileStream Open(string name, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = ComposeFolder.Secret.Contains(name) ? OwnerOnly : Readable;
        }

        return new FileStream(Path.Combine(_folder, name), options);
    }
}
