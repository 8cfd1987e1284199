using System.Text.Json;
using System.Text.RegularExpressions;
using Rehearsal.Rendering;
using Semver;
using Stacks;

namespace Operate.Doctor;

/// <summary>The programs that work with the platform needs, and their versions.</summary>
internal static partial class Tools
{
    private const string Kubernetes = "kubernetes";
    private const string Amazon = "aws";
    private const string Google = "gcp";
    private const string Development = "development";
    private const string Images = "images";

    private static readonly Tool[] All =
    [
        new(".NET SDK", ["dotnet"], ["--version"], "building and previews", "https://dotnet.microsoft.com/download/dotnet/10.0") { IsRequired = true },
        new("bash", ["bash"], ["--version"], "./platform itself", "your system's package bash") { IsRequired = true },
        new("git", ["git"], ["--version"], "./platform diff, audit: what another revision says", "your system's package git"),
        new("Pulumi CLI", ["pulumi"], ["version"], "deploying, verify, diagnose", "https://www.pulumi.com/docs/install/") { Range = Platform.RequiredCli },
        new("kubectl", ["kubectl"], ["version", "--client"], "looking into the cluster, port-forwards", "https://kubernetes.io/docs/tasks/tools/")
        {
            Only = Kubernetes,
        },
        new("Helm", ["helm"], ["version", "--short"], "looking at releases; deploying needs none", "https://helm.sh/docs/intro/install/") { Only = Kubernetes },
        new(
            "AWS CLI", ["aws"], ["--version"], "tokens for the API server of EKS",
            "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html") { Only = Amazon },
        new("gcloud", ["gcloud"], ["version"], "signing in to Google Cloud", "https://cloud.google.com/sdk/docs/install") { Only = Google },
        new(
            "gke-gcloud-auth-plugin", ["gke-gcloud-auth-plugin"], ["--version"], "tokens for the API server of GKE",
            "gcloud components install gke-gcloud-auth-plugin, or the package google-cloud-cli-gke-gcloud-auth-plugin") { Only = Google },
        new("Node.js", ["node"], ["--version"], "./platform sdk schema, programs in Node.js", "https://nodejs.org/en/download") { Only = Development },
        new("npm", ["npm"], ["--version"], "./platform sdk schema, programs in Node.js", "it comes with Node.js") { Only = Development },
        new("Docker", ["docker"], ["--version"], "images of Code Studios, tests/e2e/run real", "https://docs.docker.com/get-started/get-docker/")
        {
            Only = Images,
        },
        // As the targets of the native compiler look for it (rehearsal/native)
        new("linker", ["clang", "gcc"], ["--version"], "a native engine, which halves the time of a preview", "your system's package clang or gcc")
        {
            Only = Development,
        },
        new(
            "Chromium", ["chromium", "chromium-browser", "google-chrome"], ["--version"], "the tests of pages in a browser", "your system's package chromium")
        {
            Only = Development,
        },
    ];

    /// <summary>Asks all of them at once.</summary>
    /// <param name="around">The machine.</param>
    /// <param name="stack">What a stack needs; null for everything.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<NeedGroup> AskAsync(Surroundings around, StackNeeds? stack, CancellationToken cancellation)
        => new("Programs", await Task.WhenAll(All.Where(tool => IsNeeded(tool, stack)).Select(tool => AskAsync(tool, around, cancellation))));

    private static bool IsNeeded(Tool tool, StackNeeds? stack) => stack is null || tool.Only switch
    {
        Kubernetes => stack.Kubernetes,
        Amazon => stack.Aws,
        Google => stack.Google,
        Images => stack.Images,
        Development => false,
        _ => true,
    };

    private static async Task<Need> AskAsync(Tool tool, Surroundings around, CancellationToken cancellation)
    {
        var fix = $"Install it: {tool.Fix}";
        if (tool.Names.Select(around.Programs.Find).FirstOrDefault(path => path is not null) is not { } found)
        {
            return tool.Need(Presence.Missing, "not on the PATH", fix);
        }
        var said = await around.Programs.RunAsync(found, tool.Arguments, around.Root, cancellation);
        var version = Version().Match(said.Text).Value;
        if (said.ExitCode != 0 || version.Length == 0)
        {
            var reason = said.Text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "says nothing";
            return tool.Need(
                Presence.Missing, $"{Terminal.OneLine(found)}: {Terminal.OneLine(reason)}", tool.Names[0] == "dotnet" ? DotnetFix(around, said.Text) : fix);
        }
        return tool.Range is { } range && SemVersion.TryParse(version, SemVersionStyles.Any, out var exact)
            && !exact.WithoutPrereleaseOrMetadata().Satisfies(SemVersionRange.ParseNpm(range))
                ? tool.Need(Presence.Missing, $"{version}, and {range} is needed", $"Update it: {tool.Fix}")
                : tool.Need(Presence.Found, version, "");
    }

    // It resolves global.json, so what it says is about the version that is asked for; or about the folder that it writes to
    private static string DotnetFix(Surroundings around, string said) => said.Contains("DOTNET_CLI_HOME", StringComparison.Ordinal)
        || said.Contains("is denied", StringComparison.Ordinal) || said.Contains("Read-only", StringComparison.Ordinal)
            ? "Give it a folder that you may write: export DOTNET_CLI_HOME=/tmp/dotnet."
            : $"Install the .NET SDK {Asked(around) ?? "10"} or a later feature of it: https://dotnet.microsoft.com/download/dotnet/10.0";

    private static string? Asked(Surroundings around)
    {
        try
        {
            using var document = around.Disk.Read(Path.Combine(around.Root, "global.json")) is { } text ? JsonDocument.Parse(text) : null;
            return document?.RootElement.GetProperty("sdk").GetProperty("version").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    // 10.0.401, v3.112.1, 5.2.15(1)-release; a number alone is a process or a date
    [GeneratedRegex(@"\d+\.\d+(\.\d+)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();

    private sealed record Tool(string What, string[] Names, string[] Arguments, string For, string Fix)
    {
        public bool IsRequired { get; init; }

        /// <summary>Only stacks of this kind need it.</summary>
        public string? Only { get; init; }

        /// <summary>The versions that do.</summary>
        public string? Range { get; init; }

        public Need Need(Presence presence, string found, string fix) => new(What, presence, found, For, fix) { IsRequired = IsRequired };
    }
}
