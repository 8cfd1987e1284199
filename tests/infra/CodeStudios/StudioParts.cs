using System.Collections.Immutable;
using System.Diagnostics;
using Infra.CodeStudios;
using Infra.Dns;
using Infra.Manifests;
using Infra.Routing;

namespace Tests.Infra.CodeStudios;

/// <summary>Templates and scripts that the tests of studios and webapps have in common.</summary>
internal static class StudioParts
{
    public static readonly ImageReference Image = ImageReference.Parse(
        "registry.example.com/code-studios/sales:1@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// <summary>A template with one port that keeps its prefix, one that does not, and one that is exchanged; the first two are for webapps.</summary>
    public static CodeStudioState Three { get; } = State(
        Server("App", 9000, "$request_uri", isWebapp: true), Server("Admin page", 9001, "/", isWebapp: true), Server("Docs", 9002, "/docs"));

    /// <summary>The state of a template with two zones and the blocks.</summary>
    public static CodeStudioState State(params CodeStudioBlock[] blocks) => State(new KubernetesParameters(), blocks);

    /// <summary>The same with other parameters of Kubernetes.</summary>
    public static CodeStudioState State(KubernetesParameters parameters, params CodeStudioBlock[] blocks)
    {
        var plan = new CodeStudioTemplate
        {
            Blocks =
            [
                new FileSynchronization
                {
                    Zones =
                    [
                        new SyncedZone(FileZone.CodeStudioVersioned, "/home/dataiku/workspace/code"),
                        new SyncedZone(FileZone.ProjectLibVersioned, "/home/dataiku/workspace/lib", "python", OneWay: true),
                        new SyncedZone(FileZone.UserVersioned, "/home/dataiku/workspace/user"),
                    ],
                    Exclusions = ["node_modules/", "*.pyc"],
                },
                parameters,
                .. blocks,
            ],
        }.Build();
        return plan.State;
    }

    public static StudioEntrypoint Server(string label, int port, string suffix, bool isWebapp = false) => new()
    {
        Label = label,
        Command = $"serve --port {port}",
        UseInWebapps = isWebapp,
        ExposedPort = new StudioExposedPort(port) { Label = label, ProxiedUrlSuffix = suffix },
    };

    public static StudioEdge Edge(IngressController controller) => new(controller, DomainName.Parse("studios.example.com"));

    /// <summary>A script of this program as a file that can be run.</summary>
    public static string Script(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, CodeStudioImage.Script(Path.GetFileName(name)).Text);
        }

        return path;
    }

    /// <summary>Runs bash and gives what it said.</summary>
    public static async Task<(int Code, string Output, string Error)> Bash(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class StudioTestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("code-studio-").FullName;

    public string Make(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Text(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public bool Has(string name) => File.Exists(System.IO.Path.Combine(Path, name));

    public ImmutableArray<string> Files(string below) => Directory.Exists(System.IO.Path.Combine(Path, below))
        ? [.. Directory.EnumerateFiles(System.IO.Path.Combine(Path, below), "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(System.IO.Path.Combine(Path, below), file)).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
