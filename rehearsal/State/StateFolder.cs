using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Rehearsal.Secrets;
using Rehearsal.Wire;

namespace Rehearsal.State;

/// <summary>Where a stack's rehearsed state is kept: <c>FOLDER/PROJECT/STACK.json</c>, with a lock beside it while an operation changes it.</summary>
/// <param name="folder">The folder of all states.</param>
/// <param name="project">The project's name.</param>
/// <param name="stack">The stack's name.</param>
internal sealed class StateFolder(string folder, string project, string stack)
{
    // The owner's own: it holds what a rehearsal knows of secrets, sealed or not
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Bytes of a text that leaves more memory behind than is given back by itself while the program runs beside
    private const int Large = 4 << 20;

    /// <summary>The state's own file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, Safe(project), Safe(stack) + ".json");

    private string LockPath => System.IO.Path.ChangeExtension(Path, ".lock");

    // One name, so that a run that was killed leaves at most one file, which the next one writes over and `cancel` removes
    private string NewPath => System.IO.Path.ChangeExtension(Path, ".new");

    /// <summary>The state of the stack; an empty one when there is none yet.</summary>
    /// <param name="sealer">Opens secrets, given the state's salt; null where nobody can.</param>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public Checkpoint Read(Func<string, PassphraseSealer?> sealer)
    {
        if (!File.Exists(Path))
        {
            return Checkpoint.Empty;
        }
        var (checkpoint, size) = Parsed(sealer);
        if (checkpoint.Problem() is { } problem)
        {
            throw new BadInputException($"{Path} is damaged: {problem}.", "Take it from a backup, or delete it: it holds a rehearsal only.") { ExitCode = 1 };
        }
        if (size > Large)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        return checkpoint;
    }

    // Apart, so that the text is garbage afterwards
    private (Checkpoint Checkpoint, int Size) Parsed(Func<string, PassphraseSealer?> sealer)
    {
        var text = Guarded(() => File.ReadAllBytes(Path), "read");
        return (CheckpointReader.Read(text, Path, sealer), text.Length);
    }

    /// <summary>Replaces the state as a whole: whoever reads sees the old or the new one.</summary>
    public void Write(string text) => Guarded(() =>
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }
        try
        {
            using (var file = new FileStream(NewPath, options))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: false);
            }
            File.Move(NewPath, Path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(NewPath);
            throw;
        }
        return true;
    }, "written");

    /// <summary>Takes the stack's lock for one operation.</summary>
    /// <param name="command">What the operation is called.</param>
    /// <exception cref="BadInputException">Another operation holds it.</exception>
    public StateLock Lock(string command)
    {
        Guarded(() => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(LockPath)!), "locked");
        var text = new LockHolder(command, Environment.UserName, Environment.MachineName, Environment.ProcessId, DateTimeOffset.UtcNow).Text();
        var isOwn = false;
        try
        {
            using var file = new FileStream(LockPath, FileMode.CreateNew, FileAccess.Write);
            isOwn = true;
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush();
        }
        catch (IOException e) when (isOwn)
        {
            // A full disk: without its holder the lock would be nobody's
            File.Delete(LockPath);
            throw Unusable("locked", e);
        }
        catch (IOException) when (File.Exists(LockPath))
        {
            throw new BadInputException($"The stack is locked{Holder()}.",
                $"Wait for it, or release the lock with `./platform cancel {stack}` when that process is gone.")
            { ExitCode = 1 };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable("locked", e);
        }
        return new StateLock(LockPath, text, stack);
    }

    /// <summary>Releases the lock of an operation that did not end by itself; says who held it, or null when nobody did.</summary>
    public string? Release()
    {
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
        {
            return null;
        }
        return Guarded(() =>
        {
            File.Delete(NewPath);
            var holder = File.Exists(LockPath) ? Holder() : null;
            File.Delete(LockPath);
            return holder;
        }, "released");
    }

    private string Holder()
    {
        try
        {
            var holder = LockHolder.Parse(LockText());
            var gone = holder.Host == Environment.MachineName && !Runs(holder.Process) ? ", which is gone" : "";
            return $" by `{holder.Command}` of {holder.User} on {holder.Host} (process {holder.Process}{gone}) since {holder.Since.ToString(
                "yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}";
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return " by an operation that ended before it could say who it was";
        }
    }

    // Between its creation and its content lie microseconds, in which another operation may look
    private string LockText()
    {
        for (var attempt = 0; attempt < 10 && new FileInfo(LockPath) is { Exists: true, Length: 0 }; attempt++)
        {
            Thread.Sleep(20);
        }
        return File.ReadAllText(LockPath);
    }

    private static bool Runs(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private T Guarded<T>(Func<T> work, string what)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(what, e);
        }
    }

    private BadInputException Unusable(string what, Exception cause) => new(
        $"The state {Path} cannot be {what}: {cause.Message}", "Check the folder's permissions and free space, or give another one with --state FOLDER.",
            cause)
    { ExitCode = 1 };

    // A name becomes a file name: nothing in it may lead out of the folder
    private static string Safe(string name)
        => name is "." or ".." ? "_" : string.Concat(name.Select(entry => char.IsAsciiLetterOrDigit(entry) || entry is '-' or '_' or '.' ? entry : '_'));

    private sealed record LockHolder(string Command, string User, string Host, int Process, DateTimeOffset Since)
    {
        public string Text() => JsonText.Write(JsonText.OneLine, json =>
        {
            json.WriteStartObject();
            json.WriteString(nameof(Command), Command);
            json.WriteString(nameof(User), User);
            json.WriteString(nameof(Host), Host);
            json.WriteNumber(nameof(Process), Process);
            json.WriteString(nameof(Since), Since);
            json.WriteEndObject();
        });

        public static LockHolder Parse(string text)
        {
            var json = JsonElement.Parse(text);
            return new LockHolder(
                json.GetProperty(nameof(Command)).GetString()!, json.GetProperty(nameof(User)).GetString()!, json.GetProperty(nameof(Host)).GetString()!,
                json.GetProperty(nameof(Process)).GetInt32(), json.GetProperty(nameof(Since)).GetDateTimeOffset());
        }
    }
}

/// <summary>The lock of one operation on a stack's state; disposing releases it.</summary>
/// <param name="path">Its file.</param>
/// <param name="text">What the operation wrote into it.</param>
/// <param name="stack">The stack, for messages.</param>
internal sealed class StateLock(string path, string text, string stack) : IDisposable
{
    // Somebody may have cancelled this operation, and another one may hold the lock by now
    private bool IsHeld => File.Exists(path) && File.ReadAllText(path) == text;

    /// <summary>Checks that nobody has cancelled the operation: it must not write over what another one does.</summary>
    /// <exception cref="BadInputException">Somebody has.</exception>
    public void Require()
    {
        if (!IsHeld)
        {
            throw new BadInputException("Somebody cancelled this operation while it ran, so its state is no longer written.",
                $"Run it again; `./platform cancel {stack}` is for operations whose process is gone.")
            { ExitCode = 1 };
        }
    }

    public void Dispose()
    {
        if (IsHeld)
        {
            File.Delete(path);
        }
    }
}
