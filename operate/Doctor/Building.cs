using System.Text.RegularExpressions;
using Rehearsal.Rendering;

namespace Operate.Doctor;

/// <summary>What builds need beside programs: packages, the feeds they come from, folders to write to, and room.</summary>
internal static partial class Building
{
    // Bin, obj and packages of a first build with the official SDK; what is there already needs no second room
    private const long EnoughBytes = 3L * 1024 * 1024 * 1024;

    private static readonly TimeSpan FeedLimit = TimeSpan.FromSeconds(8);

    /// <summary>Which Pulumi packages this clone is built against, and why.</summary>
    public static Need Packages(Surroundings around)
    {
        const string What = "Pulumi packages";
        const string For = "building and previews";
        if (around.Variable("PulumiSdk") is { } given)
        {
            return given is "nuget" or "bundled"
                ? new Need(What, Presence.Found, $"{given}: {Meaning(given)}; PulumiSdk in the environment says so", For) { IsRequired = true }
                : new Need(
                    What, Presence.Missing, $"PulumiSdk is '{Terminal.OneLine(given)}' in the environment", For, "Unset it, or set it to nuget or bundled.")
                {
                    IsRequired = true,
                };
        }
        var chosen = around.Disk.Read(Path.Combine(around.Root, ".platform", "sdk"))?.Trim();
        if (chosen is not ("nuget" or "bundled"))
        {
            return new Need(What, Presence.Skipped, "the first build finds out whether the official ones restore", For) { IsRequired = true };
        }
        var log = around.Disk.Read(Path.Combine(around.Root, ".platform", "restore.log")) ?? "";
        var why = chosen == "nuget" ? "they restore here, or ./platform sdk nuget chose them"
            : Lacking().Match(log) is { Success: true } lacking ? $"the official ones do not restore here ({Terminal.OneLine(lacking.Value)})"
            : "./platform sdk bundled chose it";
        return new Need(What, Presence.Found, $"{chosen}: {Meaning(chosen)}; {why}", For) { IsRequired = true };
    }

    /// <summary>The feeds of packages: what NuGet and npm are configured to ask.</summary>
    public static async Task<IReadOnlyList<Need>> FeedsAsync(Surroundings around, bool offline, bool withNpm, CancellationToken cancellation)
    {
        var nuget = NuGetAsync(around, offline, cancellation);
        return withNpm ? [.. await nuget, .. await NpmAsync(around, offline, cancellation)] : await nuget;
    }

    private static async Task<IReadOnlyList<Need>> NuGetAsync(Surroundings around, bool offline, CancellationToken cancellation)
    {
        const string For = "building anew";
        const string Fix = "Look at the network and the proxy (HTTPS_PROXY), or name a mirror: dotnet nuget add source URL. Without a network: --offline.";
        if (around.Programs.Find("dotnet") is not { } dotnet)
        {
            return [];
        }
        var said = await around.Programs.RunAsync(dotnet, ["nuget", "list", "source", "--format", "short"], around.Root, cancellation);
        var sources = Source().Matches(said.Text).Select(match => match.Groups["source"].Value.Trim()).ToList();
        return sources.Count == 0
            ? [new Need("NuGet feed", Presence.Missing, "no source is enabled", For, "Add one: dotnet nuget add source URL.") { IsRequired = true }]
            : await Task.WhenAll(sources.Select(
                async source => await FeedAsync("NuGet feed", source, around, offline, For, Fix, cancellation) with { IsRequired = true }));
    }

    private static async Task<IReadOnlyList<Need>> NpmAsync(Surroundings around, bool offline, CancellationToken cancellation)
    {
        if (around.Programs.Find("npm") is not { } npm)
        {
            return [];
        }
        var said = await around.Programs.RunAsync(npm, ["config", "get", "registry"], around.Root, cancellation);
        var source = said.Text.Trim();
        const string For = "./platform sdk schema, .ci/compose";
        const string Fix = "Look at the network, or: npm config set registry URL.";
        return said.ExitCode != 0 || source.Length == 0 ? [] : [await FeedAsync("npm registry", source, around, offline, For, Fix, cancellation)];
    }

    private static async Task<Need> FeedAsync(
        string what, string source, Surroundings around, bool offline, string purpose, string fix, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            var folder = address is { IsFile: true } ? address.LocalPath : Path.GetFullPath(source, around.Root);
            return around.Disk.HasFolder(folder)
                ? new Need(what, Presence.Found, $"the folder {Terminal.OneLine(folder)}", purpose)
                : new Need(
                    what, Presence.Missing, $"the folder {Terminal.OneLine(folder)} is not there", purpose,
                    "Mount it, or remove it: dotnet nuget remove source NAME.");
        }
        var shown = WithoutCredentials(address);
        if (offline)
        {
            return new Need(what, Presence.Skipped, $"{shown}: not asked (--offline)", purpose);
        }
        return await around.Network.ReachAsync(address, FeedLimit, cancellation) is { } problem
            ? new Need(what, Presence.Missing, $"{shown}: {Terminal.OneLine(problem)}", purpose, fix)
            : new Need(what, Presence.Found, $"{shown} answers", purpose);
    }

    /// <summary>Folders that builds write to, and the room below the clone.</summary>
    public static IReadOnlyList<Need> Places(Surroundings around)
    {
        var home = around.Variable("DOTNET_CLI_HOME") ?? around.Home;
        var packages = around.Variable("NUGET_PACKAGES") ?? Path.Combine(home.Length == 0 ? Path.GetTempPath() : home, ".nuget", "packages");
        const string HomeFix = "Give dotnet a folder that you may write: export DOTNET_CLI_HOME=/tmp/dotnet.";
        const string CloneFix = "Give the clone to yourself (sudo chown -R), or work in a clone of your own.";
        return
        [
            Writable("the clone", around.Root, "bin and obj of each project", CloneFix, around),
            Writable("state and results", Path.Combine(around.Root, ".platform"), "the lock, what was built, rehearsed states", CloneFix, around),
            home.Length == 0
                ? new Need("home folder", Presence.Missing, "HOME is not set", "dotnet and NuGet", HomeFix) { IsRequired = true }
                : Writable("home folder", Path.Combine(home, ".dotnet"), "dotnet", HomeFix, around),
            Writable(
                "NuGet's packages", packages, "restoring packages", "Name a folder that you may write: export NUGET_PACKAGES=/tmp/packages.", around),
            Writable("temporary files", Path.GetTempPath(), "the compiler", "Name a folder that you may write: export TMPDIR=…", around),
            Room(around),
        ];
    }

    private static Need Writable(string what, string folder, string purpose, string fix, Surroundings around)
        => (around.Disk.WhyNotWritable(folder) is { } problem
            ? new Need(what, Presence.Missing, $"{Terminal.OneLine(folder)} cannot be written: {Terminal.OneLine(problem)}", purpose, fix)
            : new Need(what, Presence.Found, $"{Terminal.OneLine(folder)} is writable", purpose)) with
        { IsRequired = true };

    private static Need Room(Surroundings around)
    {
        const string What = "free disk";
        const string For = "a first build";
        if (around.Disk.Free(around.Root) is not { } free)
        {
            return new Need(What, Presence.Skipped, "the system does not say", For);
        }
        var found = FormattableString.Invariant($"{free / (1024d * 1024 * 1024):0.0} GiB below {Terminal.OneLine(around.Root)}");
        return free >= EnoughBytes
            ? new Need(What, Presence.Found, found, For) { IsRequired = true }
            : new Need(
                What, Presence.Missing, $"{found}; {EnoughBytes >> 30} GiB are needed", For,
                "Make room: 'df -h' shows where, 'dotnet nuget locals all --clear' empties a cache.")
            {
                IsRequired = true,
            };
    }

    /// <summary>The address without user, password and parameters, any of which may be a token.</summary>
    internal static string WithoutCredentials(Uri address)
        => Terminal.OneLine(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));

    private static string Meaning(string sdk) => sdk == "nuget" ? "the official packages" : "the source-compatible subset in sdk/";

    [GeneratedRegex("NU110[12]: Unable to find package Pulumi[^\r\n\\[]*", RegexOptions.None, 1000)]
    private static partial Regex Lacking();

    // "E https://…", "EM /usr/share/nuget", "D …": enabled ones, of the machine or of the user
    [GeneratedRegex("^E[A-Z]* +(?<source>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source();
}
