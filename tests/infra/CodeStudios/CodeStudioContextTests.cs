using System.Text.Json.Nodes;
using Infra.CodeStudios;
using Infra.Manifests;
using static Tests.Infra.CodeStudios.TemplateSamples;

namespace Tests.Infra.CodeStudios;

// Promise: the context of a template holds what its blocks say, pinned, and nothing runs as root once the image is built.
public sealed class CodeStudioContextTests
{
    [Fact]
    public void Dockerfile_OfANotebook() => Dockerfile(Only(
        new FileSynchronization { Zones = [new(FileZone.UserVersioned, "/home/dataiku/workspace/user-versioned")] }, Kubernetes, Python("a b", "pandas==2.2.3"),
        new JupyterLab())).ShouldBe(
        """
        # The Code Studio template sample, made by ./platform studio build-context.
        FROM docker.io/library/debian:bookworm-20260202-slim
        USER root
        WORKDIR /opt/dataiku
        RUN apt-get update \
         && apt-get install -y --no-install-recommends \
            'ca-certificates=*' \
            'curl=7.88.*' \
            'git=1:2.39.*' \
            'procps=2:4.0.*' \
            'python3=3.11.*' \
            'python3-venv=3.11.*' \
         && rm -rf /var/lib/apt/lists/*
        RUN groupadd --gid 500 dataiku \
         && useradd --uid 500 --gid 500 --create-home --home-dir /home/dataiku --shell /bin/bash dataiku \
         && mkdir -p /opt/dataiku /home/dataiku/workspace /home/dataiku/workspace/user-versioned \
         && chown -R 500:500 /home/dataiku
        COPY bin/supervise bin/studio-port /opt/dataiku/bin/
        COPY code-envs/python/a_b/requirements.txt /opt/dataiku/python-code-envs/a_b.requirements.txt
        RUN python3 -m venv /opt/dataiku/python-code-envs/a_b \
         && /opt/dataiku/python-code-envs/a_b/bin/pip install --no-cache-dir --requirement /opt/dataiku/python-code-envs/a_b.requirements.txt
        COPY jupyterlab/requirements.txt /opt/dataiku/jupyterlab.requirements.txt
        RUN python3 -m venv /opt/dataiku/jupyterlab \
         && /opt/dataiku/jupyterlab/bin/pip install --no-cache-dir --requirement /opt/dataiku/jupyterlab.requirements.txt
        COPY bin/start-jupyterlab /opt/dataiku/bin/start-jupyterlab
        COPY kernels/py-dku-venv-a_b/kernel.json /opt/dataiku/jupyter/kernels/py-dku-venv-a_b/kernel.json
        COPY processes.tsv /opt/dataiku/processes.tsv
        USER 500:500
        WORKDIR /home/dataiku
        ENV DKU_CODE_STUDIO_IS_PUBLIC_PORT_8888="1" \
            HOME="/home/dataiku" \
            JUPYTER_PATH="/opt/dataiku/jupyter"
        EXPOSE 8888
        ENTRYPOINT ["/opt/dataiku/bin/supervise"]

        """);

    [Fact]
    public void ANotebook_HasItsKernelsAndItsProcess()
    {
        var files = Files(Of(Python("a b", "pandas==2.2.3", "ipykernel==6.29.5"), R("models", "data.table"),
            new JupyterLab { Modules = ["jupyter-resource-usage==1.3.0"] }));

        files["code-envs/python/a_b/requirements.txt"].ShouldBe("ipykernel==6.29.5\npandas==2.2.3\n");
        files["jupyterlab/requirements.txt"].ShouldBe("ipykernel==6.30.1\njupyter-resource-usage==1.3.0\njupyterlab==4.4.10\n");
        files["processes.tsv"].ShouldBe(
            "jupyterlab\t0\t8888\t/opt/dataiku/bin/start-jupyterlab 8888 /home/dataiku/workspace/user-versioned/settings/jupyterlab\n");
        Json(files["kernels/py-dku-venv-a_b/kernel.json"]).ShouldBe(
            """{"argv":["/opt/dataiku/python-code-envs/a_b/bin/python","-m","ipykernel_launcher","-f","{connection_file}"],"""
            + """
            "display_name":"Python (a b)","language":"python"}
            """);
        Json(files["kernels/r-dku-venv-models/kernel.json"]).ShouldBe(
            """{"argv":["/usr/bin/R","--slave","-e","IRkernel::main()","--args","{connection_file}"],"display_name":"R (models)","language":"R","""
            + """
            "env":{"R_LIBS":"/opt/dataiku/r-code-envs/models"}}
            """);
        files["code-envs/r/models/packages.R"].ShouldContain("wanted <- c(\"data.table\")");
        files["code-envs/r/models/packages.R"].ShouldContain(CodeStudioPins.CranSnapshot);
    }

    [Fact]
    public void AnEditor_HasARunConfigurationForEachEnvironment()
    {
        var files = Files(Of(Python("a"), new VisualStudioCode(), Python("b")));
        var launch = JsonNode.Parse(files["vscode/launch.json"])!["configurations"]!.AsArray();

        launch.Select(configuration => (string?)configuration!["python"])
            .ShouldBe(["/opt/dataiku/python-code-envs/a/bin/python", "/opt/dataiku/python-code-envs/b/bin/python"]);
        launch.Select(configuration => (string?)configuration!["type"]).Distinct().ShouldBe(["debugpy"]);
        JsonNode.Parse(files["vscode/machine-settings.json"])!["python.defaultInterpreterPath"]!.GetValue<string>()
            .ShouldBe("/opt/dataiku/python-code-envs/a/bin/python");
    }

    [Fact]
    public void Nginx_FrontsServersAndFolders() => Files(Of(new VisualStudioCode(), new NginxServer
    {
        Locations =
        [
            new("/") { Folder = "__CODE_STUDIO_VERSIONED__/site" },
            new("/code/") { Mode = LocationMode.Proxy, ProxyPort = 8080, ProxyPath = "/", Websocket = true, SubFilters = [new("href=\"/", "href=\"")] },
            new("= x") { Match = LocationMatch.Regex, Mode = LocationMode.Custom, Custom = "return 204;" },
        ],
    }))["nginx/nginx.conf"].ShouldEndWith(
        """
            index index.html;
            location / {
              alias /home/dataiku/workspace/code_studio-versioned/site/;
            }
            location /code/ {
              proxy_pass http://127.0.0.1:8080/;
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-Proto $scheme;
              proxy_read_timeout 1h;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection $connection_upgrade;
              proxy_set_header Accept-Encoding "";
              sub_filter_once off;
              sub_filter "href=\"/" "href=\"";
            }
            location ~ "= x" {
              return 204;
            }
          }
        }

        """);

    // An operator's statements that end as root, elsewhere and in another shell: the next layer and the pod are as if they had not.
    [Fact]
    public void WhatAnAppendLeavesBehind_IsPutRight()
    {
        var dockerfile = Dockerfile(Of(Append("USER root\nWORKDIR /srv\nSHELL [\"/bin/bash\", \"-c\"]\nRUN make"), Append("RUN id"), new JupyterLab()));

        dockerfile.ShouldContain(
            """
            USER 500:500
            WORKDIR /home/dataiku
            USER root
            WORKDIR /srv
            SHELL ["/bin/bash", "-c"]
            RUN make
            SHELL ["/bin/sh", "-c"]
            USER 500:500
            WORKDIR /home/dataiku
            RUN id
            USER root
            WORKDIR /opt/dataiku

            """.TrimEnd('\n'));
    }

    [Fact]
    public void AnAppend_FindsResourcesAndZones() => Dockerfile(Of(Append("COPY __TEMPLATE_RESOURCES__/a __USER_VERSIONED__/a"), new JupyterLab()))
        .ShouldContain("COPY template-resources/a /home/dataiku/workspace/user-versioned/a\n");

    [Fact]
    public void APathWithBlanks_IsOneWord() => Dockerfile(Of(new JupyterLab(), new AddStarterFiles
    {
        Zone = FileZone.UserVersioned,
        Files = [new("${template.resources}/a", "my notes.md")],
    })).ShouldContain("""COPY ["starter/user_versioned/my notes.md", "/opt/dataiku/starter/user_versioned/my notes.md"]""");

    [Fact]
    public void AnotherImage_IsWhereItStarts() =>
        Dockerfile(Of(new JupyterLab()) with { BaseImage = ImageReference.Parse("registry.example.com/base/debian:12") })
            .ShouldContain("FROM registry.example.com/base/debian:12\n");

    [Fact]
    public void OptionsOfPackageManagers_AreUsed()
    {
        var template = Of(Python("a"), R("b"),
            new JupyterLab()) with
        { Options = new(["--prefer-binary"], ["--system-site-packages"], "https://cran.example.com") };

        Dockerfile(template).ShouldContain("RUN python3 -m venv --system-site-packages /opt/dataiku/python-code-envs/a");
        Dockerfile(template).ShouldContain("bin/pip install --no-cache-dir --prefer-binary --requirement");
        Files(template)["code-envs/r/b/packages.R"].ShouldContain("repos = c(CRAN = \"https://cran.example.com\")");
    }

    // A version outside of the one file of pins would be raised by nobody.
    [Fact]
    public void Pins_StandInOneFile() =>
        Files(Of(Python("a"), R("b"), new VisualStudioCode(), new JupyterLab(), new RStudioServer(), new Streamlit()))["Dockerfile"]
        .Split('\n').Where(line => line.StartsWith("    '", StringComparison.Ordinal)).Distinct()
        .ShouldAllBe(line => line.Trim(' ', '\\', '\'').Contains('='));

    private static Dictionary<string, string> Files(CodeStudioTemplate template) =>
        CodeStudioContext.Files("sample", template.Build().State, template.BaseImage).Where(file => file.Value.Text is not null)
            .ToDictionary(file => file.Key, file => file.Value.Text!);

    private static string Json(string text) =>
        JsonNode.Parse(text)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
