using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Infra.Compose;
using Tests.Support;

namespace Tests.Infra.Compose;

// Promise: the host's program is one that bash takes, it holds no secret, formats no disk that was written to, and starts nothing where a port is taken.
[UnsupportedOSPlatform("windows")]
[Trait(Long.Category, Long.Name)]
public sealed class HostScriptTests
{
    [Fact]
    public async Task BothPrograms_AreWhatAShellTakes()
    {
        (await RunAsync(Script().Text(), "-n")).ShouldBe((0, "", ""));
        (await RunAsync(string.Join('\n', Commands()).Replace("{{ secretVersion }}", "v1", StringComparison.Ordinal), "-n")).ShouldBe((0, "", ""));
    }

    // Systems Manager looks for parameters in the whole text.
    [Fact]
    public void TheDocument_HasTwoParameters_AndNothingThatLooksLikeOne()
    {
        var document = Script().Document();

        JsonNode.Parse(document)!["parameters"]!.AsObject().Select(parameter => parameter.Key).ShouldBe(["secretVersion", "files"]);
        document.Split("{{").Skip(1).Select(part => part[..part.IndexOf("}}", StringComparison.Ordinal)].Trim()).ShouldBe(["files", "secretVersion"]);
    }

    [Theory]
    [InlineData("has {{ braces }}", "holds {{, which Systems Manager takes for a parameter of its own")]
    [InlineData("a\nEND-OF-FILE\nb", "holds the line END-OF-FILE")]
    [InlineData("END-OF-FILE is no line here { {", null)]
    public void Problem_SaysWhatCannotBeInIt(string text, string? problem) => HostScript.Problem(text).ShouldBe(problem);

    [Fact]
    public void AnotherFile_IsAnotherHash_AndTheSameIsTheSame()
    {
        var script = Script();

        script.Hash.ShouldBe(Script().Hash);
        (script with { Files = script.Files.SetItem("tower.yml", "mail: {}\n") }).Hash.ShouldNotBe(script.Hash);
        (script with { Tools = new("5.1.0", "0") }).Hash.ShouldNotBe(script.Hash);
        (script with { Place = script.Place with { DataGiB = 200 } }).Hash.ShouldNotBe(script.Hash);
    }

    // With programs in place of the real ones, in a folder of its own: what the host does on a first day, a second, and where something is wrong.
    [Fact]
    public async Task TheHost_WritesItsFiles_AndStartsWhatChanged()
    {
        using var host = new StandIn(Script());

        var first = await host.RunAsync("v1");

        first.ShouldBe((0, "", ""));
        host.Read("tower.env").ShouldBe("A='of the document'\nTOWER_JWT_SECRET=made\n");
        host.Read("data-studios.env").ShouldBe("B=1\nCONNECT_OIDC_CLIENT_REGISTRATION_TOKEN=made\n");
        host.Read("data-studios-rsa.pem").ShouldBe("key\n");
        host.Read("tower.yml").ShouldBe("tower: {}\n");
        host.Mode("tower.env").ShouldBe("600");
        host.Mode("data-studios-rsa.pem").ShouldBe("600");
        host.Calls.ShouldContain("mkfs.xfs -q DEVICE");
        host.Calls.ShouldContain("aws secretsmanager get-secret-value --secret-id arn:made --version-id v1 --query SecretString --output text");
        host.Calls.ShouldContain("docker login --username robot$x --password-stdin cr.seqera.io");
        host.Calls.ShouldContain("docker compose --project-name seqera up --detach --no-deps --force-recreate backend cron");
        host.Calls.ShouldAllBe(call => !call.Contains("made up", StringComparison.Ordinal) && !call.Contains("licence", StringComparison.Ordinal));

        host.Forget();
        (await host.RunAsync("")).ShouldBe((0, "", ""));
        host.Calls.ShouldNotContain("mkfs.xfs -q DEVICE");
        host.Calls.ShouldContain("aws secretsmanager get-secret-value --secret-id arn:made --query SecretString --output text");
        host.Calls.ShouldContain("docker compose --project-name seqera up --detach --remove-orphans");
        host.Calls.ShouldNotContain("docker compose --project-name seqera up --detach --no-deps --force-recreate backend cron");

        host.TakePort();
        host.Forget();
        (await host.RunAsync("")).ShouldBe((1, "", "Port 8000 of this host is taken by another program.\n"));
        host.Calls.ShouldAllBe(call => !call.StartsWith("docker compose", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheHost_StopsWhereTheOperatorsSecretLacksSomething()
    {
        using var host = new StandIn(Script() with { GivenVariables = ["TOWER_MISSING"] });

        (await host.RunAsync("v1")).ShouldBe((1, "", "The secret arn:given has no TOWER_MISSING.\n"));
        host.Calls.ShouldAllBe(call => !call.StartsWith("docker compose", StringComparison.Ordinal));
    }

    private static string[] Commands() =>
        [.. JsonNode.Parse(Script().Document())!["mainSteps"]![0]!["inputs"]!["runCommand"]!.AsArray().Select(line => (string)line!)];

    private static HostScript Script() => new(
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
        {
            ["data-studios.env"] = "B=1\n",
            ["tower.env"] = "A='of the document'\n",
            ["tower.yml"] = "tower: {}\n",
        }),
        new HostPlace("eu-west-1", "vol-0123", "arn:made", "arn:given", 100),
        ComposePlugin.Default,
        "cr.seqera.io",
        ["TOWER_LICENSE"],
        [8000, 7070, 9090]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string script, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["--noprofile", "--norc", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>A folder that stands for the host's root, with programs that note how they are called.</summary>
    private sealed class StandIn : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("host-").FullName;
        private readonly string _program;

        public StandIn(HostScript script)
        {
            var device = At("disk");
            using (var disk = File.Create(device))
            {
                disk.SetLength(1 << 25);
            }

            foreach (var folder in (string[])["etc", "run", "bin", "plugin"])
            {
                Directory.CreateDirectory(At(folder));
            }

            File.WriteAllText(At("etc/fstab"), "");
            Directory.CreateDirectory(At("values"));
            foreach (var (name, value) in new[]
            {
                ("tower.env", "TOWER_JWT_SECRET=made\n"), ("data-studios.env", "CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN=made\n"),
                ("data-studios-rsa.pem", "key\n"),
                ("registryUser", "robot$x"), ("registryPassword", "made up"), ("TOWER_LICENSE", "licence"),
            })
            {
                File.WriteAllText(At($"values/{name}"), value);
            }

            // A disk is a file here, and so it is no block device.
            _program = script.Text()
                .Replace("/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123", device, StringComparison.Ordinal)
                .Replace("[ -b ", "[ -f ", StringComparison.Ordinal).Replace("[ ! -b ", "[ ! -f ", StringComparison.Ordinal)
                .Replace("/srv/studio-platform", At("srv"), StringComparison.Ordinal).Replace("/etc/", At("etc/"), StringComparison.Ordinal)
                .Replace("/run/", At("run/"), StringComparison.Ordinal).Replace("/usr/local/lib/docker/cli-plugins", At("plugin"), StringComparison.Ordinal);
            Tool("dnf");
            Tool("curl", "touch \"${@: -2:1}\"");
            Tool("sha256sum", "cat > /dev/null");
            Tool("mountpoint", $"[ -e {At("mounted")} ]");
            Tool("mount", $"touch {At("mounted")}");
            Tool("mkfs.xfs", $"printf written > {device}");
            Tool("xfs_growfs");
            Tool("systemctl");
            Tool("cmp", $"exec {Find("cmp")} \"$@\"");
            Tool("aws", "echo {}");
            Tool("flock");
            // --exit-status --raw-output --join-output --arg name NAME FILTER
            Tool("jq", $"cat \"{At("values")}/$6\" 2> /dev/null");
            Tool("docker", "[ \"$1\" != login ] || cat > /dev/null");
            Tool("ss", $"case \"$*\" in *8000*) [ ! -e {At("taken")} ] || echo LISTEN ;; esac");
        }

        public string[] Calls => File.Exists(At("calls"))
            ? [.. File.ReadAllLines(At("calls")).Select(call => call.Replace(At("disk"), "DEVICE", StringComparison.Ordinal))]
            : [];

        public Task<(int Code, string Output, string Error)> RunAsync(string version) =>
            HostScriptTests.RunAsync($"export PATH={At("bin")}:$PATH\nset -- {version}\n{_program}");

        public string Read(string name) => File.ReadAllText(At($"srv/platform/{name}"));

        public string Mode(string name) => Convert.ToString((int)File.GetUnixFileMode(At($"srv/platform/{name}")), 8);

        public void Forget() => File.Delete(At("calls"));

        public void TakePort() => File.WriteAllText(At("taken"), "");

        public void Dispose() => Directory.Delete(_root, recursive: true);

        private string At(string path) => Path.Combine(_root, path);

        private static string Find(string tool) =>
            Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);

        private void Tool(string name, string script = "true")
        {
            File.WriteAllText(At($"bin/{name}"), $"#!/bin/bash\necho \"{name} $*\" >> {At("calls")}\n{script}\n");
            File.SetUnixFileMode(At($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
