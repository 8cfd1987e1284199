using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Tests.Rehearsal.Support;

/// <summary>The official npm packages in a folder that outlives the tests, installed once for each list of versions.</summary>
internal static class NodePackages
{
    private const int LimitSeconds = 60;

    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "node");
    private static readonly Lazy<string?> Result = new(InstallOnce);

    public static string Folder { get; } = Path.Combine(
        Path.GetTempPath(),
        $"rehearsal-node-{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Source, "package.json"))))[..12]}-{Environment.UserName}");

    /// <summary>Makes sure they are there; returns why they cannot be, or null.</summary>
    public static string? Install() => Result.Value;

    private static string? InstallOnce()
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Source))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }
        var done = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(done))
        {
            return null;
        }
        try
        {
            using var npm = Process.Start(
                new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--fetch-retries=0"])
                {
                    UseShellExecute = false,
                    WorkingDirectory = Folder,
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                })!;
            var (error, text) = (npm.StandardError.ReadToEndAsync(), npm.StandardOutput.ReadToEndAsync());
            if (!npm.WaitForExit(TimeSpan.FromSeconds(LimitSeconds)))
            {
                npm.Kill(entireProcessTree: true);
                return $"npm install took more than {LimitSeconds} seconds";
            }
            if (npm.ExitCode != 0)
            {
                return $"npm install ended with exit code {npm.ExitCode}: {error.Result.Trim()} {text.Result.Trim()}";
            }
        }
        catch (Win32Exception e)
        {
            return $"npm cannot be started: {e.Message}";
        }
        File.WriteAllText(done, "");
        return null;
    }
}
