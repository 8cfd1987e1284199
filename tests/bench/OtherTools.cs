namespace Bench;

/// <summary>The same resources by other tools, where they are on this machine; a row says what is missing, and counts neither way then.</summary>
/// <param name="runner">Runs this repository's side.</param>
/// <param name="terraformPlugins">A folder with Terraform providers; null where terraform is to find its own.</param>
internal sealed class OtherTools(Runner runner, string? terraformPlugins)
{
    private const int Resources = 1_000;
    private const int AwsResources = 300;

    public async IAsyncEnumerable<Budget> RunAsync()
    {
        yield return await NodeAsync();
        yield return await OfficialDotnetAsync();
        yield return await PulumiAsync();
        yield return await TerraformAsync();
    }

    private async Task<Budget> NodeAsync()
    {
        const string What = "bundled SDK against the official Node SDK, 1,000 resources, same engine";
        var install = await ProcessTree.TryRunAsync(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", $"{runner.Root}/tests/bench/node"]);
        if (install is not { ExitCode: 0 })
        {
            return Budget.Missing(What, install is null ? "no npm on the PATH" : "the npm packages cannot be had", "0.5x");
        }
        var node = await runner.RehearseAsync($"node {runner.Root}/tests/bench/node/index.js", Resources);
        return Budget.Compared(What, await runner.RehearseAsync(runner.StartProgram, Resources), node, 0.5);
    }

    private async Task<Budget> OfficialDotnetAsync()
    {
        const string What = "bundled SDK against the official .NET SDK, 1,000 resources, same program and engine";
        const string Limit = "0.6x; 0.7x memory";
        if (Environment.GetEnvironmentVariable("PulumiSdk") == "nuget")
        {
            return Budget.Missing(What, "this clone is built against the official SDK itself: PulumiSdk=bundled ./platform bench compares", Limit);
        }
        // Below the root, whose versions and properties it takes, and apart from what the bundled SDK's build of the same program left
        var folder = Directory.CreateDirectory(Path.Combine(runner.Root, ".platform", "bench-official"));
        foreach (var file in Directory.GetFiles(Path.Combine(runner.Root, "tests", "bench", "synthetic")))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
        }
        var build = await ProcessTree.RunAsync(
            ["dotnet", "build", Path.Combine(folder.FullName, "Synthetic.csproj"), "-c", "Release", "-p:PulumiSdk=nuget", "-v", "q", "-nologo"]);
        if (build.ExitCode != 0)
        {
            var lacks = build.Output.Contains("NU1101", StringComparison.Ordinal) || build.Output.Contains("NU1102", StringComparison.Ordinal);
            return Budget.Missing(
                What, lacks ? "the official Pulumi packages do not restore here" : $"the program cannot be built here: {build.LastLine}", Limit);
        }
        var theirs = await runner.RehearseAsync($"dotnet {folder.FullName}/bin/Release/net10.0/Synthetic.dll", Resources);
        return Budget.Compared(What, await runner.RehearseAsync(runner.StartProgram, Resources), theirs, 0.6, 0.7);
    }

    // The CLI with its own engine and the provider's plugin, on a backend in a folder
    private async Task<Budget> PulumiAsync()
    {
        const string What = "./platform preview against pulumi preview, the same program of 1,000 resources";
        const string Limit = "0.3x; 0.5x memory";
        var work = Directory.CreateTempSubdirectory("platform-pulumi-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(work.FullName, "Pulumi.yaml"), $"name: bench\nruntime:\n  name: dotnet\n  options:\n    binary: {runner.Program}\n");
            var variables = new Dictionary<string, string>
            {
                ["BENCH_RESOURCES"] = $"{Resources}",
                ["PULUMI_BACKEND_URL"] = $"file://{work.FullName}",
                ["PULUMI_CONFIG_PASSPHRASE"] = "bench",
                ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
            };
            if (await ProcessTree.TryRunAsync(["pulumi", "stack", "init", "dev", "--cwd", work.FullName, "--non-interactive"], variables) is not { } stack)
            {
                return Budget.Missing(What, "no pulumi on the PATH", Limit);
            }
            IReadOnlyList<string> preview = ["pulumi", "preview", "--stack", "dev", "--cwd", work.FullName, "--non-interactive", "--json"];
            var first = stack.ExitCode == 0 ? await ProcessTree.RunAsync(preview, variables) : stack;
            if (first.ExitCode != 0)
            {
                return Budget.Missing(What, $"pulumi cannot preview here: {first.LastLine}", Limit);
            }
            var theirs = await Runs.MeasureAsync(runner.Seldom, () => ProcessTree.RunAsync(preview, variables));
            return Budget.Compared(What, await runner.RehearseAsync(Resources), theirs, 0.3, 0.5);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private async Task<Budget> TerraformAsync()
    {
        const string What = "preview against terraform plan, the same 300 AWS resources";
        const string Limit = "0.15x";
        var work = Directory.CreateTempSubdirectory("platform-terraform-");
        try
        {
            File.Copy($"{runner.Root}/tests/bench/terraform/main.tf", Path.Combine(work.FullName, "main.tf"));
            string[] plugins = terraformPlugins is null ? [] : [$"-plugin-dir={terraformPlugins}"];
            var init = await ProcessTree.TryRunAsync(["terraform", $"-chdir={work.FullName}", "init", "-input=false", "-no-color", .. plugins]);
            if (init is not { ExitCode: 0 })
            {
                var provider = terraformPlugins is null ? "terraform cannot get its AWS provider here: --terraform-plugins names a folder that holds it"
                    : $"terraform finds no AWS provider in {terraformPlugins}";
                return Budget.Missing(What, init is null ? "no terraform on the PATH" : provider, Limit);
            }
            var theirs = await Runs.MeasureAsync(
                runner.Seldom, () => ProcessTree.RunAsync(["terraform", $"-chdir={work.FullName}", "plan", "-input=false", "-no-color", "-refresh=false"]));
            return Budget.Compared(What, await runner.RehearseAsync(AwsResources, "aws"), theirs, 0.15);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
