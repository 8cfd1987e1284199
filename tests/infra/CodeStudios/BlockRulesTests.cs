using Infra.CodeStudios;
using static Tests.Infra.CodeStudios.TemplateSamples;

namespace Tests.Infra.CodeStudios;

// Promise: every rule of Dataiku's facts is one problem, which names position, kind and field.
public sealed class BlockRulesTests
{
    private static readonly JupyterLab Jupyter = new();

    public static TheoryData<string, CodeStudioTemplate, string> Broken => new()
    {
        { "no synchronization", Only(Kubernetes, Jupyter with { SettingsPath = "/srv" }), "blocks: have no fileSynchronization" },
        { "no Kubernetes block", Only(Files, Jupyter), "blocks: have no kubernetesParameters" },
        { "two synchronizations", Only(Files, Files, Kubernetes, Jupyter),
            "blocks[1].fileSynchronization: is not the first block, and brings what every other one builds upon|"
                + "blocks[1].fileSynchronization: is in the template twice" },
        { "two Kubernetes blocks", Only(Files, Kubernetes, Kubernetes, Jupyter), "blocks[2].kubernetesParameters: is in the template twice" },
        { "an editor twice", Of(Jupyter, Jupyter with { Port = 9000 }), "blocks[3].jupyterLab: is in the template twice" },
        { "nothing to start", Of(Server(9000, "")),
            "blocks: bring nothing that could be started|"
                + "blocks[1].kubernetesParameters.readinessProbeUrl: is missing, and no block of an editor or framework brings one" },
        { "a port of privileges", Of(Jupyter with { Port = 1024 }), "blocks[2].jupyterLab.port: cannot be bound without privileges, or is none" },
        { "a port that is none", Of(Jupyter with { Port = 65536 }), "blocks[2].jupyterLab.port: cannot be bound without privileges, or is none" },
        { "a port twice", Of(Jupyter, Server(8888)), "blocks[3].entrypoint.exposedPort.port: is taken by an earlier block (JupyterLab)" },
        { "a port twice, in the Kubernetes block", Only(Files, new KubernetesParameters { ExposedPorts = [new(9000), new(9000)] }, Jupyter),
            "blocks[1].kubernetesParameters.exposedPorts[1].port: is taken by an earlier block" },
        { "a relay's port", Of(Jupyter, new StudioEntrypoint { Command = "serve", ExposedPort = new(9000) { ContainerPort = 80 } }),
            "blocks[3].entrypoint.exposedPort.containerPort: cannot be bound without privileges, or is none" },
        { "a relay that is the server", Of(Jupyter, new StudioEntrypoint { Command = "serve", ExposedPort = new(9000) { ContainerPort = 9000 } }),
            "blocks[3].entrypoint.exposedPort.containerPort: is the exposed port itself, which the server binds" },
        { "a suffix", Of(Jupyter, new StudioEntrypoint { Command = "serve", ExposedPort = new(9000) { ProxiedUrlSuffix = "$host" } }),
            "blocks[3].entrypoint.exposedPort.proxiedUrlSuffix: is nothing that a proxy can append to an address" },
        { "a suffix that ends the line",
            Of(Jupyter, new StudioEntrypoint { Command = "serve", ExposedPort = new(9000) { ProxiedUrlSuffix = "/; return 200" } }),
                "blocks[3].entrypoint.exposedPort.proxiedUrlSuffix: is nothing that a proxy can append to an address" },
        { "TCP without a port",
            Only(Files, new KubernetesParameters { ReadinessProbeUrl = "http://localhost:9000/" }, new StudioEntrypoint { Command = "serve" }),
                "blocks[1].kubernetesParameters.useTcpReadiness: asks the first exposed port, and no block exposes one" },
        { "HTTP with webapps", Only(Files, new KubernetesParameters { UseTcpReadiness = false }, new Streamlit()),
            "blocks[1].kubernetesParameters.useTcpReadiness: leaves webapps to a probe by HTTP, whose address differs from pod to pod" },
        { "no URL", Of(Server(9000)), "blocks[1].kubernetesParameters.readinessProbeUrl: is missing, and no block of an editor or framework brings one" },
        { "a URL without the prefix",
            Only(Files, new KubernetesParameters { UseTcpReadiness = false, ReadinessProbeUrl = "http://localhost:8888/api" }, Jupyter),
                "blocks[1].kubernetesParameters.readinessProbeUrl: lacks the prefix, below which alone the server of port 8888 answers" },
        { "a URL of elsewhere", Only(Files, new KubernetesParameters { ReadinessProbeUrl = "http://example.com/" }, Jupyter),
            "blocks[1].kubernetesParameters.readinessProbeUrl: is no address that a pod can be asked at" },
        { "another image", Of(Jupyter, Append("RUN true\nFROM debian")),
            "blocks[3].appendDockerfile.dockerfile: starts another image in line 2, and a template is one image" },
        { "no instruction", Of(Jupyter, Append("RUN true\nINSTALL jq")), "blocks[3].appendDockerfile.dockerfile: has no instruction of Dockerfiles in line 2" },
        { "no statement", Of(Jupyter, Append("# nothing\n")), "blocks[3].appendDockerfile.dockerfile: has no statement" },
        { "a secret in a layer", Of(Jupyter, Append("ENV DB_PASSWORD=hunter2")),
            "blocks[3].appendDockerfile.dockerfile: keeps a secret in a layer of the image in line 1, where everybody who pulls it can read it" },
        { "a file over one of ours", Of(Jupyter, Append("COPY Dockerfile /") with { Resources = [new("${template.resources}/a", "Dockerfile")] }),
            "blocks[3].appendDockerfile.resources[0].destination: is the place of a file that this program makes" },
        { "a resource of a node", Of(Jupyter, Append("COPY a /") with { Resources = [new("${dip.home}/a", "a")] }),
            "blocks[3].appendDockerfile.resources[0].source: is below ${dip.home}, a folder of a DSS node, and there is none here" },
        { "a resource outside", Of(Jupyter, Append("COPY a /") with { Resources = [new("${template.resources}/../a", "a")] }),
            "blocks[3].appendDockerfile.resources[0].source: is none of the template's resources" },
        { "a destination outside", Of(Jupyter, Append("COPY a /") with { Resources = [new("${template.resources}/a", "../a")] }),
            "blocks[3].appendDockerfile.resources[0].destination: leaves the folder that it is copied into" },
        { "a destination that is a pattern", Of(Jupyter, Append("COPY a /") with { Resources = [new("${template.resources}/a", "a*")] }),
            "blocks[3].appendDockerfile.resources[0].destination: has a character that a Dockerfile reads as a pattern or a variable" },
        { "a script outside", Of(Jupyter, Server(9000) with { Scripts = [new("${template.resources}/a", "/etc/a")] }),
            "blocks[3].entrypoint.scripts[0].destination: leaves the folder that it is copied into" },
        { "a negation", Only(new FileSynchronization { Exclusions = ["*.log", "!keep.log"] }, Kubernetes, Jupyter),
            "blocks[0].fileSynchronization.exclusions[1]: takes files in again, which the grammar here has not" },
        { "a relative path", Only(new FileSynchronization { Zones = [new(FileZone.UserVersioned, "home")] }, Kubernetes,
            Jupyter with { SettingsPath = "/srv" }), "blocks[0].fileSynchronization.zones[0].path: is no absolute path" },
        { "zones in each other",
            Only(new FileSynchronization { Zones = [new(FileZone.UserVersioned, "/srv/a"), new(FileZone.Recipes, "/srv/a/b")] }, Kubernetes, Jupyter),
                "blocks[0].fileSynchronization.zones[1].path: and that of userVersioned, /srv/a, lie in each other, so that one would hide the other" },
        { "a zone over the image", Only(new FileSynchronization { Zones = [new(FileZone.UserVersioned, "/opt")] }, Kubernetes, Jupyter),
            "blocks[0].fileSynchronization.zones[0].path: hides /opt/dataiku, which the image brings" },
        { "a script in a zone", Of(Jupyter, Server(9000) with { Scripts = [new("${template.resources}/a", "workspace/user-versioned/a")] }),
            "blocks[3].entrypoint.scripts[0].destination: lies in the zone userVersioned, which hides it in pods" },
        { "a start script in a zone", Of(new VisualStudioCode { StartScript = "__USER_VERSIONED__/bin" }),
            "blocks[2].visualStudioCode.startScript: lies in the zone userVersioned, which hides the script in pods" },
        { "environments that differ by case alone", Of(Jupyter, Python("Lab"), Python("lab")),
            "blocks[4].codeEnvironment.name: makes the folder /opt/dataiku/python-code-envs/lab, which that of an earlier block, Lab, is" },
        { "a file over our mark", Of(Jupyter, Append("COPY a /") with { Resources = [new("${template.resources}/a", ".code-studio")] }),
            "blocks[3].appendDockerfile.resources[0].destination: is the place of a file that this program makes" },
        { "a zone twice", Only(new FileSynchronization { Zones = [new(FileZone.UserVersioned, "/srv/a"), new(FileZone.UserVersioned, "/srv/b")] },
            Kubernetes, Jupyter), "blocks[0].fileSynchronization.zones[1].zone: is synced twice" },
        { "a part outside a zone", Only(new FileSynchronization { Zones = [new(FileZone.UserVersioned, "/srv/a", "../b")] }, Kubernetes, Jupyter),
            "blocks[0].fileSynchronization.zones[0].subpath: leaves the zone" },
        { "a token without its zone", Only(new FileSynchronization { Zones = [] }, Kubernetes, Jupyter),
            "blocks[2].jupyterLab.settingsPath: has the token __USER_VERSIONED__, and no earlier block syncs that zone" },
        { "a token that is none", Of(Jupyter with { SettingsPath = "__HOME__/x" }),
            "blocks[2].jupyterLab.settingsPath: has the token __HOME__, which there is not" },
        { "starter files of a project", Of(Jupyter, Starter(FileZone.Notebooks)),
            "blocks[3].starterFiles.zone: belongs to the project, whose files a template does not write" },
        { "starter files that nobody sees",
            Only(new FileSynchronization { Zones = [new(FileZone.UserVersioned, "/srv/a")] }, Kubernetes, Jupyter, Starter(FileZone.UserResources)),
                "blocks[3].starterFiles.zone: is not synced by this template, so that no pod would show the files" },
        { "a starter file twice", Of(Jupyter, Starter(FileZone.UserResources), Starter(FileZone.UserResources)),
            "blocks[4].starterFiles.files[0].destination: is written by an earlier block or file" },
        { "no starter files", Of(Jupyter, new AddStarterFiles { Zone = FileZone.UserResources }), "blocks[3].starterFiles.files: are none" },
        { "environments of one folder", Of(Jupyter, Python("a b"), Python("a.b")),
            "blocks[4].codeEnvironment.name: makes the folder /opt/dataiku/python-code-envs/a_b, which that of an earlier block, a b, is" },
        { "environments of one folder that is given", Of(Jupyter, Python("a"), Python("b") with { Directory = "a" }),
            "blocks[4].codeEnvironment.directory: makes the folder /opt/dataiku/python-code-envs/a, which that of an earlier block, a, is" },
        { "a folder of other characters", Of(Jupyter, Python("a") with { Directory = "../a" }),
            "blocks[3].codeEnvironment.directory: has characters that a folder of environments has not" },
        { "an option for a package", Of(Jupyter, Python("a", "--index-url=https://user:pw@example.com")),
            "blocks[3].codeEnvironment.packages[0]: is no requirement of pip" },
        { "code for a package", Of(Jupyter, R("a", "x\"); system(\"id")), "blocks[3].codeEnvironment.packages[0]: is no package of CRAN" },
        { "an action twice", Of(Jupyter, Action("add key"), Action("Add-Key")), "blocks[4].customAction.name: is that of an earlier action, add key" },
        { "an action without a command", Of(Jupyter, Action("a") with { Command = " " }), "blocks[3].customAction.command: is empty" },
        { "an action without a name", Of(Jupyter, Action("!")), "blocks[3].customAction.name: has no letter and no digit" },
        { "a relative command", Of(Jupyter, Server(9000, "./serve")),
            "blocks[3].entrypoint.command: starts a program by a path that depends on the folder it is started in" },
        { "a command of two lines", Of(Jupyter, Server(9000, "serve\nrm")), "blocks[3].entrypoint.command: has several lines" },
        { "an entrypoint that does nothing", Of(Jupyter, new StudioEntrypoint()),
            "blocks[3].entrypoint.command: is missing, and so is exposedPort: the block does nothing" },
        { "a mode without its environment", Of(new Streamlit { CodeEnvMode = CodeEnvironmentMode.User }),
            "blocks[2].streamlit.userCodeEnvPath: is missing beside codeEnvMode: user" },
        { "an environment that there is not", Of(Python("a"), new Streamlit { CodeEnvMode = CodeEnvironmentMode.Dss, DssCodeEnv = "b" }),
            "blocks[3].streamlit.dssCodeEnv: names an environment that no earlier block adds" },
        { "packages that nobody installs", Of(Python("a"), new Streamlit { CodeEnvMode = CodeEnvironmentMode.Dss, PythonModules = ["pandas"] }),
            "blocks[3].streamlit.pythonModules: is not read with codeEnvMode: dss" },
        { "a Python that is none", Of(new Streamlit { PythonVersion = "python3.11; id" }), "blocks[2].streamlit.pythonVersion: is no Python 3" },
        { "no location at the root", Of(Jupyter, new NginxServer { Port = 9000, Locations = [new("/a/") { Folder = "/srv" }] }),
            "blocks[3].nginx.locations: have none at /" },
        { "a folder beside another",
            Of(Jupyter, new NginxServer { Port = 9000, Locations = [new("/") { Folder = "/srv" }, new("/a") { Folder = "/srv/a" }] }),
                "blocks[3].nginx.locations[1].path: does not end with /, or is no prefix, so that files beside the folder would be given too" },
        { "a proxy without a port", Of(Jupyter, new NginxServer { Port = 9000, Locations = [new("/") { Mode = LocationMode.Proxy }] }),
            "blocks[3].nginx.locations[0].proxyPort: is missing, or no port of a server of the pod" },
        { "a proxy to itself", Of(Jupyter, new NginxServer { Port = 9000, Locations = [new("/") { Mode = LocationMode.Proxy, ProxyPort = 9000 }] }),
            "blocks[3].nginx.locations[0].proxyPort: is NGINX's own port" },
        { "lines that leave their location",
            Of(Jupyter, new NginxServer { Port = 9000, Locations = [new("/") { Mode = LocationMode.Custom, Custom = "} location /x {" }] }),
                "blocks[3].nginx.locations[0].custom: opens and closes braces that do not match" },
        { "a field of another mode", Of(Jupyter, new NginxServer { Port = 9000, Locations = [new("/") { Folder = "/srv", ProxyPort = 8888 }] }),
            "blocks[3].nginx.locations[0].proxyPort: is read with mode: proxy only" },
        { "an extension without a version", Of(new VisualStudioCode { AdditionalExtensions = ["ms-python.python"] }),
            "blocks[2].visualStudioCode.additionalExtensions[0]: does not say which version of which extension it is" },
        { "a version that is none", Of(new VisualStudioCode { CodeServerVersion = "latest" }), "blocks[2].visualStudioCode.codeServerVersion: is no version" },
        { "an option that is none", Of(Jupyter) with { Options = PackageOptions.None with { Pip = ["pandas"] } }, "pipOptions[0]: is no option" },
        { "a secret in an option", Of(Jupyter) with { Options = PackageOptions.None with { Pip = ["--index-url=https://user:pw@example.com/"] } },
            "pipOptions[0]: names a user in an address, and with it a secret in a layer of the image" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Rejects_(string what, CodeStudioTemplate template, string problems) => Problems(template).ShouldBe(problems.Split('|'), what);

    [Theory]
    [InlineData("\\!important")]
    [InlineData("# a comment")]
    [InlineData("**/__pycache__/")]
    [InlineData("/anchored/*.log")]
    public void Takes_AnExclusion(string pattern) => Problems(Only(new FileSynchronization { Exclusions = [pattern] }, Kubernetes, Jupyter)).ShouldBeEmpty();

    [Theory]
    [InlineData("RUN true \\\n  && FROM=x true")]
    [InlineData("RUN <<EOF\nFROM nowhere\nEOF")]
    [InlineData("# FROM debian\nRUN true")]
    [InlineData("run true")]
    [InlineData("ENV TOKEN_URL=https://example.com/token\nARG DB_PASSWORD")]
    [InlineData("USER root\nRUN true")]
    public void Takes_Statements(string dockerfile) => Problems(Of(Jupyter, Append(dockerfile))).ShouldBeEmpty();

    [Theory]
    [InlineData("/")]
    [InlineData("$request_uri")]
    [InlineData("/$request_uri")]
    [InlineData("$uri$is_args$args")]
    [InlineData("/app/")]
    public void Takes_ASuffix(string suffix) =>
        Problems(Of(Jupyter, new StudioEntrypoint { Command = "serve", ExposedPort = new(9000) { ProxiedUrlSuffix = suffix } })).ShouldBeEmpty();

    [Theory]
    [InlineData("pandas")]
    [InlineData("uvicorn[standard]>=0.30,<1")]
    [InlineData("numpy==2.* ; python_version >= '3.9'")]
    public void Takes_ARequirement(string requirement) => Problems(Of(Jupyter, Python("a", requirement))).ShouldBeEmpty();

    [Fact]
    public void AnEnvironmentTwice_IsTakenOnce()
    {
        Problems(Of(Jupyter, Python("a", "pandas"), Python("a", "pandas"))).ShouldBeEmpty();
        Dockerfile(Of(Jupyter, Python("a", "pandas"), Python("a", "pandas"))).ShouldBe(Dockerfile(Of(Jupyter, Python("a", "pandas"))));
    }

    [Fact]
    public void AWebapp_NeedsAServerThatItStarts()
    {
        Of(Jupyter).Build().WebappFault!.What.ShouldBe("have no entrypoint with useInWebapps and an exposed port, so that a webapp would start nothing");
        Of(new Streamlit()).Build().WebappFault.ShouldBeNull();
        Of(Jupyter, Server(9000) with { UseInWebapps = true }).Build().State.WebappProcesses.Select(process => process.Port).ShouldBe([9000]);
    }

    private static AddStarterFiles Starter(FileZone zone) => new() { Zone = zone, Files = [new("${template.resources}/a", "a")] };
}
