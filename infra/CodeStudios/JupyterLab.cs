using System.Collections.Immutable;

namespace Infra.CodeStudios;

/// <summary>JupyterLab, with a kernel for each code environment.</summary>
public sealed record JupyterLab : CodeStudioBlock, IShowsCodeEnvironments
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "jupyterLab";

    /// <summary>Jupyter's own; the documents of DSS name none.</summary>
    public const int DefaultPort = 8888;

    public const string DefaultSettingsPath = "__USER_VERSIONED__/settings/jupyterlab";

    private const string Environment = $"{CodeStudioImage.Root}/jupyterlab";
    private const string Requirements = "jupyterlab/requirements.txt";
    private const string Kernels = $"{CodeStudioImage.Root}/jupyter/kernels";

    /// <summary>Where it answers.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether webapps start it as well.</summary>
    public bool UseInWebapps { get; init; }

    /// <summary>Python packages beside it, such as its extensions.</summary>
    public ImmutableArray<string> Modules { get; init; } = [];

    /// <summary>Where the settings of its user are kept.</summary>
    public string SettingsPath { get; init; } = DefaultSettingsPath;

    public override string Kind => KindName;

    public override bool IsUnique => true;

    public override bool IsLaunched => true;

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var packages = PythonPackages.Merge([$"ipykernel=={CodeStudioPins.IpyKernel}", $"jupyterlab=={CodeStudioPins.JupyterLab}"], Modules);
        var state = CodeStudioImage.Install(before, ["python3", "python3-venv"])
            .With("bin/start-jupyterlab", CodeStudioImage.Script("start-jupyterlab"))
            .With(Requirements, new ContextFile(string.Concat(packages.Select(package => $"{package}\n"))))
            .With(PythonPackages.Environment(Requirements, Environment, before.Options))
            .With(ImageStatements.Copy("bin/start-jupyterlab", $"{CodeStudioImage.Bin}/start-jupyterlab"))
            .With(new StudioPort(Port, "JupyterLab") { UseInWebapps = UseInWebapps, IsPrefixBound = true, ProxiedUrlSuffix = ProxiedUrlSuffixes.WithPrefix[0] })
            .WithReadiness($"http://localhost:{BlockChecks.Text(Port)}${{baseUrlPort{BlockChecks.Text(Port)}}}/api");
        var command = $"{CodeStudioImage.Bin}/start-jupyterlab {BlockChecks.Text(Port)} {StudioPath.Quoted(before.Resolve(SettingsPath))}";
        return Show(StudioProcesses.Add(state with { Viewers = state.Viewers.Add(this) }, "jupyterlab", command, UseInWebapps, Port));
    }

    public CodeStudioState Show(CodeStudioState state) => state.CodeEnvironments.Aggregate(state, (shown, environment) =>
    {
        var file = $"kernels/{environment.KernelName}/kernel.json";
        return shown.Context.ContainsKey(file)
            ? shown
            : shown.With(file, new ContextFile(environment.KernelJson())).With(ImageStatements.Copy(file, $"{Kernels}/{environment.KernelName}/kernel.json"));
    });

    public override IEnumerable<BlockFault> Check(CodeStudioState before) =>
    [
        .. BlockChecks.Port(Port, "port", before),
        .. BlockChecks.Path(SettingsPath, "settingsPath", before),
        .. BlockChecks.Requirements(Modules, "modules"),
    ];
}

/// <summary>RStudio Server, open source.</summary>
public sealed record RStudioServer : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "rStudio";

    /// <summary>RStudio Server's own.</summary>
    public const int DefaultPort = 8787;

    public const string DefaultSettingsPath = "__USER_VERSIONED__/settings/rstudio";

    /// <summary>Where it answers.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether webapps start it as well.</summary>
    public bool UseInWebapps { get; init; }

    /// <summary>Where the settings of its user are kept.</summary>
    public string SettingsPath { get; init; } = DefaultSettingsPath;

    public override string Kind => KindName;

    public override bool IsUnique => true;

    public override bool IsLaunched => true;

    public override CodeStudioState Apply(CodeStudioState before)
    {
        const string Package = $"rstudio-server-{CodeStudioPins.RStudioServer}-amd64.deb";
        // The package starts a service and asks for an account of its own when it is installed; a container has no init to start it.
        var state = CodeStudioImage.Install(before, ["curl", "libclang-dev", "lsb-release", "psmisc", "r-base-core", "r-base-dev", "sudo"])
            .With("bin/start-rstudio", CodeStudioImage.Script("start-rstudio"))
            .With(new ImageLayer(
                $"""
                RUN curl --fail --silent --show-error --location --output /tmp/{Package} \
                    https://download2.rstudio.org/server/jammy/amd64/{Package} \
                 && echo "{CodeStudioPins.RStudioServerSha256}  /tmp/{Package}" > /tmp/rstudio.sha256 \
                 && sha256sum --check /tmp/rstudio.sha256 \
                 && apt-get update \
                 && apt-get install -y --no-install-recommends /tmp/{Package} \
                 && rm -rf /tmp/{Package} /tmp/rstudio.sha256 /var/lib/apt/lists/*
                """,
                AsRoot: true))
            .With(ImageStatements.Copy("bin/start-rstudio", $"{CodeStudioImage.Bin}/start-rstudio"))
            .With(new StudioPort(Port, "RStudio") { UseInWebapps = UseInWebapps })
            .WithReadiness($"http://localhost:{BlockChecks.Text(Port)}/");
        var command = $"{CodeStudioImage.Bin}/start-rstudio {BlockChecks.Text(Port)} {StudioPath.Quoted(before.Resolve(SettingsPath))}";
        return StudioProcesses.Add(state, "rstudio", command, UseInWebapps, Port);
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before) =>
    [
        .. BlockChecks.Port(Port, "port", before),
        .. BlockChecks.Path(SettingsPath, "settingsPath", before),
    ];
}
