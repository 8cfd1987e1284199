using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Rehearsal.Programs;

/// <summary>What this machine has to start programs with.</summary>
/// <param name="environment">Variables by name; null where there is none.</param>
internal sealed class Machine(Func<string, string?> environment)
{
    private const int LimitSeconds = 30;

    public string? Environment(string name) => environment(name);

    /// <summary>A program by its name on the <c>PATH</c>, or by its path; null where there is none.</summary>
    /// <param name="name">The name, or a path with a separator in it.</param>
    /// <param name="folder">Where a relative path begins, and where a name is looked for first.</param>
    public string? Find(string name, string? folder = null)
    {
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(name, folder ?? Directory.GetCurrentDirectory());
            return Variants(path).FirstOrDefault(File.Exists);
        }
        var folders = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return (folder is null ? folders : [folder, .. folders]).SelectMany(part => Variants(Path.Combine(part, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code; null where it could not be started or took too long.</returns>
    public int? Run(string command, IEnumerable<string> arguments, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(TimeSpan.FromSeconds(LimitSeconds)))
            {
                return process.ExitCode;
            }
            process.Kill(entireProcessTree: true);
            return null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Variants(string path)
        => OperatingSystem.IsWindows() ? [path + ".exe", path + ".cmd", path + ".bat", path] : [path];
}

/// <summary>Words as a shell reads them: quotes hold together, a backslash takes the next character as it is.</summary>
internal static class ShellWords
{
    public static IEnumerable<string> Split(string text)
    {
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0' && character == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && character is ('\'' or '"'))
            {
                (quote, word) = (character, word ?? new StringBuilder());
            }
            else if (character == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                (word ??= new StringBuilder()).Append(text[++i]);
            }
            else if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (word is not null)
                {
                    yield return word.ToString();
                }
                word = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(character);
            }
        }
        if (word is not null)
        {
            yield return word.ToString();
        }
    }
}
