using System.Collections.Immutable;

namespace Infra.CodeStudios;

/// <summary>Which environment a framework runs in.</summary>
public enum CodeEnvironmentMode
{
    /// <summary>One of its own, which the image brings.</summary>
    Generate,

    /// <summary>One of the template's blocks, which holds the framework.</summary>
    Dss,

    /// <summary>One at a path that other blocks have made.</summary>
    User,
}

/// <summary>Streamlit, and the app that it runs.</summary>
public sealed record Streamlit : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "streamlit";

    /// <summary>That of Dataiku's own sample of such a block; its documents name two others, which do not agree.</summary>
    public const int DefaultPort = 8181;

    /// <summary>The Python of the base image.</summary>
    public const string DefaultPythonVersion = "python3";

    public const string DefaultStartingFile = "__CODE_STUDIO_VERSIONED__/streamlit/app.py";

    public const bool DefaultUseInWebapps = true;

    private const string Generated = $"{CodeStudioImage.Root}/streamlit";
    private const string Requirements = "streamlit/requirements.txt";

    /// <summary>Which environment it runs in.</summary>
    public CodeEnvironmentMode CodeEnvMode { get; init; } = CodeEnvironmentMode.Generate;

    /// <summary>Python of a generated environment.</summary>
    public string PythonVersion { get; init; } = DefaultPythonVersion;

    /// <summary>What a generated environment starts from; empty for Streamlit alone.</summary>
    public ImmutableArray<string> PythonPackages { get; init; } = [];

    /// <summary>What a generated environment holds besides; it wins over <see cref="PythonPackages"/>.</summary>
    public ImmutableArray<string> PythonModules { get; init; } = [];

    /// <summary>Name of the environment of mode dss; empty for the first Python environment of an earlier block.</summary>
    public string DssCodeEnv { get; init; } = "";

    /// <summary>Path of the environment of mode user.</summary>
    public string UserCodeEnvPath { get; init; } = "";

    /// <summary>Where it answers.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The app; a template puts one there when a Code Studio is created.</summary>
    public string StartingFile { get; init; } = DefaultStartingFile;

    /// <summary>Whether webapps start it as well.</summary>
    public bool UseInWebapps { get; init; } = DefaultUseInWebapps;

    public override string Kind => KindName;

    public override bool IsUnique => true;

    public override bool IsLaunched => true;

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var state = CodeEnvMode == CodeEnvironmentMode.Generate ? Generate(before) : before;
        state = state
            .With("bin/start-streamlit", CodeStudioImage.Script("start-streamlit"))
            .With(ImageStatements.Copy("bin/start-streamlit", $"{CodeStudioImage.Bin}/start-streamlit"))
            .With(new StudioPort(Port, "Streamlit") { UseInWebapps = UseInWebapps, IsPrefixBound = true, ProxiedUrlSuffix = ProxiedUrlSuffixes.WithPrefix[0] })
            .WithReadiness($"http://localhost:{BlockChecks.Text(Port)}${{baseUrlPort{BlockChecks.Text(Port)}}}/_stcore/health");
        var path = before.Resolve(StartingFile);
        if (Zone(before) is { } zone)
        {
            var destination = path[(zone.Path.TrimEnd('/').Length + 1)..];
            // An app that an earlier block brings is the one to start with.
            state = state.StarterFiles.Any(file => file.Zone == zone.Zone && StarterAbove(file.Destination, destination))
                ? state
                : AddStarterFiles.Put(state, zone.Zone, destination, CodeStudioImage.Script("streamlit-app.py") with { IsExecutable = false });
        }

        var command = string.Join(' ', new[]
        {
            $"{CodeStudioImage.Bin}/start-streamlit", BlockChecks.Text(Port), EnvironmentPath(before) ?? Generated, path,
        }.Select(StudioPath.Quoted));
        return StudioProcesses.Add(state, "streamlit", command, UseInWebapps, Port);
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before) =>
    [
        .. BlockChecks.Port(Port, "port", before),
        .. BlockChecks.Path(StartingFile, "startingFile", before),
        .. BlockChecks.Requirements(PythonPackages, "pythonPackages"),
        .. BlockChecks.Requirements(PythonModules, "pythonModules"),
        .. CheckMode(before),
    ];

    private CodeStudioState Generate(CodeStudioState before)
    {
        var packages = CodeStudios.PythonPackages.Merge([$"streamlit=={CodeStudioPins.Streamlit}", .. PythonPackages], PythonModules);
        return CodeStudioImage.Install(before, ["python3", "python3-venv"])
            .With(Requirements, new ContextFile(string.Concat(packages.Select(package => $"{package}\n"))))
            .With(CodeStudios.PythonPackages.Environment(Requirements, Generated, before.Options, PythonVersion));
    }

    private string? EnvironmentPath(CodeStudioState before) => CodeEnvMode switch
    {
        CodeEnvironmentMode.Generate => Generated,
        CodeEnvironmentMode.User => before.Resolve(UserCodeEnvPath),
        _ => before.CodeEnvironments.FirstOrDefault(environment =>
            environment.Language == CodeLanguage.Python && (DssCodeEnv.Length == 0 || environment.Name == DssCodeEnv))?.Path,
    };

    private SyncedZone? Zone(CodeStudioState before) => before.Zones.FirstOrDefault(zone =>
        FileZones.WithStarterFiles.Contains(zone.Zone) && before.Resolve(StartingFile).StartsWith($"{zone.Path.TrimEnd('/')}/", StringComparison.Ordinal));

    private static bool StarterAbove(string starter, string destination) =>
        $"{destination}/".StartsWith($"{starter.TrimEnd('/')}/", StringComparison.Ordinal);

    private IEnumerable<BlockFault> CheckMode(CodeStudioState before)
    {
        if (CodeEnvMode == CodeEnvironmentMode.Dss && EnvironmentPath(before) is null)
        {
            var known = before.CodeEnvironments.Where(environment => environment.Language == CodeLanguage.Python)
                .Select(environment => environment.Name).ToList();
            yield return new(
                "dssCodeEnv",
                known.Count == 0 ? "needs a Python environment, and no earlier block adds one" : "names an environment that no earlier block adds",
                known.Count == 0 ? "given after a block codeEnvironment" : string.Join(", ", known),
                "put the block codeEnvironment before this one, or set codeEnvMode: generate", DssCodeEnv);
        }

        if (CodeEnvMode == CodeEnvironmentMode.User)
        {
            foreach (var fault in UserCodeEnvPath.Length == 0
                ? [new("userCodeEnvPath", "is missing beside codeEnvMode: user", "the path of an environment in the image",
                    "for example userCodeEnvPath: /opt/venv")]
                : BlockChecks.Path(UserCodeEnvPath, "userCodeEnvPath", before))
            {
                yield return fault;
            }
        }

        (string Field, bool Given)[] unread =
        [
            ("pythonPackages", CodeEnvMode != CodeEnvironmentMode.Generate && !PythonPackages.IsEmpty),
            ("pythonModules", CodeEnvMode != CodeEnvironmentMode.Generate && !PythonModules.IsEmpty),
            ("dssCodeEnv", CodeEnvMode != CodeEnvironmentMode.Dss && DssCodeEnv.Length > 0),
            ("userCodeEnvPath", CodeEnvMode != CodeEnvironmentMode.User && UserCodeEnvPath.Length > 0),
        ];
        foreach (var (field, _) in unread.Where(entry => entry.Given))
        {
            yield return new(
                field, $"is not read with codeEnvMode: {CodeEnvMode.ToString().ToLowerInvariant()}", "absent with that mode",
                $"remove {field}, or change codeEnvMode");
        }

        if (!PythonVersion.StartsWith(DefaultPythonVersion, StringComparison.Ordinal)
            || !PythonVersion[DefaultPythonVersion.Length..].All(character => char.IsAsciiDigit(character) || character == '.'))
        {
            yield return new(
                "pythonVersion", "is no Python 3", "python3, or python3.<minor> that other blocks install", $"pythonVersion: {DefaultPythonVersion}",
                PythonVersion);
        }
    }
}
