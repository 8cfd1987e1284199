using System.Diagnostics;
using Rehearsal.Programs;
using Tests.Rehearsal.StackFiles;
using Tests.Support;
using Xunit.Abstractions;

namespace Tests.Rehearsal.Programs;

// Promise: the runner tells Pulumi's Python SDK what the engine says, runs the program inside a stack, and ends as the official host ends. A module that
// records what it is told stands for the SDK, which no feed of this build has.
[Trait(Long.Category, Long.Name)]
public sealed class PythonRunnerTests(ITestOutputHelper output) : IDisposable
{
    private const string Settings =
        "settings {'monitor': 'host:1', 'engine': 'host:2', 'project': 'shop', 'stack': 'dev', 'parallel': 7, 'dry_run': True, 'organization': 'acme'}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("print('config', pulumi.runtime.config); print('in stack', pulumi.runtime.in_stack, __name__)", 0,
        "SETTINGS\nconfig ({'shop:size': '3'}, ['shop:key'])\nin stack True __main__")]
    [InlineData("import helper; print(helper.word)", 0, "SETTINGS\nfrom beside")]
    [InlineData("import sys; print(sys.argv)", 0, "SETTINGS\n['main.py', 'one']")]
    [InlineData("raise pulumi.RunError('no such size')", 32, "SETTINGS\nerror: no such size")]
    [InlineData("raise ValueError('oh')", 32, "SETTINGS\nerror: Program failed with an unhandled exception:")]
    public void TheRunner_ConfiguresTheSdk_AndRunsTheProgramInAStack(string program, int exit, string said)
    {
        if (new Machine(Environment.GetEnvironmentVariable).Find("python3") is not { } python)
        {
            output.WriteLine("not run: there is no python3");
            return;
        }
        WriteSdk();
        _folder.Write("helper.py", "word = 'from beside'");
        _folder.Write("main.py", $"import pulumi\n{program}\n");

        var (code, lines, _) = Run(python, "main.py", "one");

        lines.Replace(Settings, "SETTINGS", StringComparison.Ordinal).ShouldStartWith(said);
        code.ShouldBe(exit);
    }

    [Fact]
    public void TheRunner_SaysWhatIsMissing_WithoutTheSdk()
    {
        if (new Machine(Environment.GetEnvironmentVariable).Find("python3") is not { } python)
        {
            output.WriteLine("not run: there is no python3");
            return;
        }
        var (code, _, errors) = Run(python, "main.py");

        code.ShouldBe(1);
        errors.ShouldContain("cannot import the package 'pulumi': No module named 'pulumi'. Install the program's packages: ");
    }

    private void WriteSdk()
    {
        _folder.Write("pulumi/__init__.py", """
            class RunError(Exception):
                pass
            """);
        _folder.Write("pulumi/log.py", "def error(message):\n    print('error:', message)\n");
        // An SDK of before root_directory
        _folder.Write("pulumi/runtime.py", """
            import json, os
            import pulumi.log
            config = None
            in_stack = False
            def get_config_env():
                return json.loads(os.environ["PULUMI_CONFIG"])
            def get_config_secret_keys_env():
                return json.loads(os.environ["PULUMI_CONFIG_SECRET_KEYS"])
            def set_all_config(values, secrets):
                global config
                config = (values, secrets)
            def Settings(monitor, engine, project, stack, parallel, dry_run, organization=None):
                return dict(monitor=monitor, engine=engine, project=project, stack=stack, parallel=parallel, dry_run=dry_run, organization=organization)
            def configure(settings):
                print("settings", settings)
            async def run_in_stack(program):
                global in_stack
                in_stack = True
                program()
            """);
    }

    private (int Code, string Output, string Error) Run(string python, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", PythonStart.Runner, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PULUMI_MONITOR"] = "host:1", ["PULUMI_ENGINE"] = "host:2", ["PULUMI_PROJECT"] = "shop", ["PULUMI_STACK"] = "dev",
                ["PULUMI_PARALLEL"] = "7", ["PULUMI_DRY_RUN"] = "true", ["PULUMI_ORGANIZATION"] = "acme", ["PULUMI_ROOT_DIRECTORY"] = "/",
                ["PULUMI_CONFIG"] = """{"shop:size": "3"}""", ["PULUMI_CONFIG_SECRET_KEYS"] = """["shop:key"]""",
            },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text, error.Result);
    }
}
