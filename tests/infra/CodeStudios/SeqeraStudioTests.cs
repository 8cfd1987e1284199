using System.Collections.Immutable;
using Infra.CodeStudios;
using Infra.Manifests;

namespace Tests.Infra.CodeStudios;

// Promise: a studio of Seqera is the same image with connect-client around it, and one port leads to every server of the template.
public sealed class SeqeraStudioTests : IDisposable
{
    private static readonly SeqeraStudioOptions Options = new() { Name = "Sales \"app\"", Tool = "jupyter" };

    private readonly StudioTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheContext_IsAFolderOfARepository()
    {
        var plain = CodeStudioContext.Files("sales", StudioParts.Three, CodeStudioPins.BaseImage).Keys.Select(path => $".seqera/{path}");
        var files = SeqeraStudio.Files("sales", StudioParts.Three, CodeStudioPins.BaseImage, Options);

        files.Keys.Except(plain).ShouldBe([
            ".seqera/bin/seqera-start", ".seqera/bin/starter-files", ".seqera/seqera/exclusions", ".seqera/seqera/relay.tsv", ".seqera/seqera/zones.tsv",
            ".seqera/studio-config.yaml",
        ]);
        plain.Except(files.Keys).ShouldBeEmpty();
        files[".seqera/seqera/relay.tsv"].Text.ShouldBe("9000\t/\tkeep\n9001\t/9001\t/\n9002\t/9002\t/docs\n");
        files[".seqera/seqera/zones.tsv"].Text.ShouldStartWith("code_studio_versioned\t/home/dataiku/workspace/code\n");
        files[".seqera/seqera/exclusions"].Text.ShouldBe("/.code-studio/\nnode_modules/\n*.pyc\n");
    }

    [Fact]
    public void TheDockerfile_EndsAsTheVendorsDo()
    {
        var text = SeqeraStudio.Files("sales", StudioParts.Three, CodeStudioPins.BaseImage, Options)[".seqera/Dockerfile"].Text!;
        var plain = CodeStudioContext.Dockerfile("sales", StudioParts.Three, CodeStudioPins.BaseImage);

        text.Split('\n')[1..4].ShouldBe([
            "ARG CONNECT_CLIENT_VERSION=0.12.0",
            "FROM public.cr.seqera.io/platform/connect-client:${CONNECT_CLIENT_VERSION} AS connect",
            $"FROM {CodeStudioPins.BaseImage}",
        ]);
        text[text.IndexOf("USER root\nWORKDIR /workspace", StringComparison.Ordinal)..].ShouldBe(
            """
            USER root
            WORKDIR /workspace
            ARG CONNECT_CLIENT_VERSION
            LABEL io.seqera.connect.version="${CONNECT_CLIENT_VERSION}"
            COPY --from=connect /usr/bin/connect-client /usr/bin/connect-client
            RUN /usr/bin/connect-client --install \
             && /usr/bin/connect-client --setToolIdentifier jupyter
            RUN echo "deb http://deb.debian.org/debian bookworm-backports main" >/etc/apt/sources.list.d/backports.list \
             && apt-get update \
             && apt-get install -y --no-install-recommends --allow-downgrades btrfs-progs=6.14-1~bpo12+1 \
             && rm -rf /var/lib/apt/lists/*
            ENTRYPOINT ["/usr/bin/connect-client", "--entrypoint"]
            CMD ["/opt/dataiku/bin/seqera-start"]

            """.ReplaceLineEndings("\n"));
        // What the blocks made stands there as in the image of a pod.
        plain.Split('\n').Where(line => line.StartsWith("COPY", StringComparison.Ordinal)).ShouldBeSubsetOf(text.Split('\n'));
        text.ShouldNotContain($"ENTRYPOINT [\"{CodeStudioImage.Supervisor}\"]");
    }

    [Fact]
    public void TheFileOfThePlatform_SaysWhatIsAsked() => SeqeraStudio.Configuration(Options with
    {
        Description = "For: all",
        Cpu = 4,
        Gpu = 1,
        MemoryMiB = 16384,
        LifespanHours = 8,
        IsPrivate = true,
        Ssh = true,
        Variables = ImmutableSortedDictionary<string, string>.Empty.Add("DATA", "s3://b/x: y"),
    }).ShouldBe(
        """
        schemaVersion: "0.0.1"
        kind: "studio-config"
        session:
          name: "Sales \u0022app\u0022"
          description: "For: all"
          template:
            kind: "dockerfile"
            dockerfile: "Dockerfile"
          clone:
            enabled: false
          computeRequirements:
            awsBatch:
              cpu: 4
              gpu: 1
              memory: 16384
          environmentVariables:
            - name: "DATA"
              value: "s3://b/x: y"
          management:
            lifespanHours: 8
            isPrivate: true
        ssh:
          enabled: true

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void WithAnImage_NothingIsBuilt() => SeqeraStudio.Configuration(Options with { Image = ImageReference.Parse("registry.example.com/a:1") })
        .ShouldContain("  template:\n    kind: \"registry\"\n    registry: \"registry.example.com/a:1\"\n");

    [Fact]
    public void TheFirstPage_IsThatOfTheFirstPortWithATab() =>
        SeqeraStudio
            .MainPort(
                StudioParts.State(
                    new StudioEntrypoint
                    {
                        Command = "a",
                        ExposedPort = new StudioExposedPort(9000) { ExposeHtml = false },
                    },
                    StudioParts.Server("B", 9001, "/"))
            )!
            .Port.ShouldBe(9001);

    [Theory]
    [InlineData("", "")]
    [InlineData("/session/a1/", "/session/a1")]
    public async Task TheStart_LeadsOnePortToAll(string given, string prefix)
    {
        var (code, output, error) = await Start(("CONNECT_TOOL_PORT", "12345"), ("CONNECT_TOOL_PATH_PREFIX", given));

        code.ShouldBe(0, error);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe([
            $"DKU_CODE_STUDIO_BROWSER_PATH={prefix}",
            $"DKU_CODE_STUDIO_BROWSER_PATH_9000={prefix}",
            $"DKU_CODE_STUDIO_BROWSER_PATH_9001={prefix}/9001",
            $"DKU_CODE_STUDIO_BROWSER_PATH_9002={prefix}/9002",
            "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9000=0",
            "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9001=0",
            "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9002=0",
            $"relay\t1\t12345\tnginx -c {_folder.Path}/work/nginx.conf",
            "app\t1\t9000\tserve --port 9000",
        ]);
        var conf = _folder.Text("work/nginx.conf");
        conf.ShouldContain("    listen 0.0.0.0:12345;\n");
        conf.ShouldContain($"    location {prefix}/ {{\n      proxy_pass http://127.0.0.1:9000;\n    }}\n");
        conf.ShouldContain($"    location {prefix}/9001/ {{\n      proxy_pass http://127.0.0.1:9001/;\n    }}\n");
        conf.ShouldContain($"    location {prefix}/9002/ {{\n      proxy_pass http://127.0.0.1:9002/docs/;\n    }}\n");
        conf.ShouldContain($"    location = {prefix}/9001 {{\n      return 302 {prefix}/9001/$is_args$args;\n    }}\n");
        conf.ShouldContain("proxy_set_header Upgrade $http_upgrade;");
        conf.Contains("location =  ", StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task TheStart_LaysStarterFilesOnce()
    {
        _folder.Make("root/starter/code_studio_versioned/app.py", "x");
        _folder.Make("root/starter/code_studio_versioned/a.pyc", "x");
        (await Start(("CONNECT_TOOL_PORT", "1"))).Code.ShouldBe(0);
        _folder.Files("zone").ShouldBe([".code-studio/lock", ".code-studio/starter-files", "app.py"]);

        File.Delete(Path.Combine(_folder.Path, "zone/app.py"));
        (await Start(("CONNECT_TOOL_PORT", "1"))).Code.ShouldBe(0);
        _folder.Files("zone").ShouldNotContain("app.py");
    }

    [Theory]
    [InlineData("")]
    [InlineData("http")]
    public async Task WithoutItsPort_ItSaysSo(string port)
    {
        var (code, _, error) = await Start(("CONNECT_TOOL_PORT", port));

        code.ShouldBe(2);
        error.ShouldContain($"CONNECT_TOOL_PORT is '{port}'");
    }

    private Task<(int Code, string Output, string Error)> Start(params (string Name, string Value)[] variables)
    {
        _folder.Make("root/relay.tsv", "9000\t/\tkeep\n9001\t/9001\t/\n9002\t/9002\t/docs\n");
        _folder.Make("root/zones.tsv", $"code_studio_versioned\t{_folder.Path}/zone\n");
        _folder.Make("root/exclusions", StudioExclusions.Text(["*.pyc"]));
        _folder.Make("root/processes.tsv", "app\t1\t9000\tserve --port 9000\n");
        // In place of the supervisor: what it is told. The user is no root here, or is told that it is none.
        var supervise = _folder.Make("root/bin/supervise", "#!/usr/bin/env bash\nenv | grep ^DKU_CODE_STUDIO | sort\ncat \"$CODE_STUDIO_PROCESSES\"\n");
        var id = _folder.Make("bin/id", "#!/usr/bin/env bash\necho 1000\n");
        var starter = StudioParts.Script(_folder.Path, "root/bin/starter-files");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var program in new[] { supervise, id, starter })
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        var environment = variables.Append(("CODE_STUDIO_ROOT", $"{_folder.Path}/root")).Append(("CODE_STUDIO_WORK", $"{_folder.Path}/work"))
            .Append(("CODE_STUDIO_DATA", "/nowhere")).Append(("PATH", $"{_folder.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}"))
            .ToDictionary(entry => entry.Item1, entry => entry.Item2);
        return StudioParts.Bash(_folder.Path, environment, StudioParts.Script(_folder.Path, "seqera-start"));
    }
}
