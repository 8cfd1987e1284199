using System.Diagnostics;
using Infra.CodeStudios;

namespace Tests.Infra.CodeStudios;

// Promise: each start script hands the port's prefix and address to its server, and keeps what users have changed. The servers are stand-ins that say their
// arguments.
public sealed class StartScriptTests : IDisposable
{
    private const string Prefix = "/code-studios/X/1";

    private readonly string _root = Directory.CreateTempSubdirectory("start-").FullName;

    public StartScriptTests()
    {
        foreach (var name in new[] { "studio-port", "start-jupyterlab", "start-vscode", "start-rstudio", "start-streamlit" })
        {
            // The places of an image lie below a folder of the test.
            Write($"bin/{name}", CodeStudioImage.Script(name).Text!.Replace("/opt/dataiku", _root, StringComparison.Ordinal)
                .Replace("/usr/lib/rstudio-server", $"{_root}/rstudio", StringComparison.Ordinal));
        }

        foreach (var server in new[] { "jupyterlab/bin/jupyter", "tools/code-server", "rstudio/bin/rserver", "env/bin/python" })
        {
            Write(server, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path.Combine(_root, server), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        Write("vscode/machine-settings.json", "machine");
        Write("vscode/launch.json", "launch");
        Write("vscode/extensions/a/package.json", "image's");
        Directory.CreateDirectory(Path.Combine(_root, "r-code-envs", "models"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void JupyterLab_AnswersBelowItsPrefix()
    {
        Start("start-jupyterlab", "8888", $"{_root}/settings").ShouldBe([
            "lab", "--no-browser", "--ServerApp.ip=0.0.0.0", "--ServerApp.port=8888", "--ServerApp.port_retries=0", $"--ServerApp.base_url={Prefix}/8888/",
            "--ServerApp.root_dir=/home/dataiku/workspace", "--ServerApp.allow_remote_access=True", "--IdentityProvider.token=",
        ]);
        Directory.Exists($"{_root}/settings/lab/user-settings").ShouldBeTrue();
    }

    [Fact]
    public void VisualStudioCode_KeepsWhatUsersChanged()
    {
        Write("extensions/a/package.json", "user's");
        Write("workspace/.vscode/launch.json", "user's");

        Start("start-vscode", "8080", $"{_root}/settings", $"{_root}/extensions", $"{_root}/machine", $"{_root}/workspace").ShouldBe([
            "--bind-addr", "0.0.0.0:8080", "--auth", "none", "--disable-telemetry", "--disable-update-check", "--user-data-dir", $"{_root}/settings",
            "--extensions-dir", $"{_root}/extensions", $"{_root}/workspace",
        ]);
        Read("extensions/a/package.json").ShouldBe("user's");
        Read("workspace/.vscode/launch.json").ShouldBe("user's");
        Read("settings/Machine/settings.json").ShouldBe("machine");
    }

    [Fact]
    public void RStudio_RunsAsTheUser_WithADatabaseOfItsOwn()
    {
        var said = Start("start-rstudio", "8787", $"{_root}/settings");
        var data = said.Single(argument => argument.StartsWith("--server-data-dir=", StringComparison.Ordinal)).Split('=')[1];

        said.ShouldContain($"--server-user={Environment.UserName}");
        said.ShouldContain($"--www-root-path={Prefix}/8787");
        said.ShouldContain("--www-address=0.0.0.0");
        File.ReadAllText(Path.Combine(data, "database.conf")).ShouldBe($"provider=sqlite\ndirectory={data}\n");
        File.ReadAllText(Path.Combine(data, "secure-cookie-key")).ShouldMatch("^[0-9a-f]{64}$");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(data, "secure-cookie-key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Streamlit_HasItsConfiguration()
    {
        Start("start-streamlit", "8181", $"{_root}/env", $"{_root}/app/streamlit/app.py").ShouldBe(["-m", "streamlit", "run", $"{_root}/app/streamlit/app.py"]);
        Read("home/.streamlit/config.toml").ShouldBe(
            $"""
            [server]
            headless = true
            address = "0.0.0.0"
            port = 8181
            baseUrlPath = "{Prefix[1..]}/8181"
            enableXsrfProtection = false
            enableCORS = false

            [browser]
            gatherUsageStats = false

            """);
    }

    private string[] Start(string script, params string[] arguments)
    {
        var port = arguments[0];
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(_root, "bin", script), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["PATH"] = $"{_root}/tools:{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = $"{_root}/home",
                ["TMPDIR"] = _root,
                [$"DKU_CODE_STUDIO_BROWSER_PATH_{port}"] = $"{Prefix}/{port}",
                [$"DKU_CODE_STUDIO_IS_PUBLIC_PORT_{port}"] = "1",
            },
        })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, said);
        return said.TrimEnd('\n').Split('\n');
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
        File.WriteAllText(Path.Combine(_root, path), text);
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_root, path));
}
