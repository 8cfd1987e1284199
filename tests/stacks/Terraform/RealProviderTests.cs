using System.Diagnostics;
using System.Text.Json.Nodes;
using Rehearsal.Rendering;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Terraform;

// Promise: whatever this program asks AWS and Google Cloud for passes the schema, the validation and the plan of the real Terraform provider that Pulumi's
// bridges. It runs where terraform is on the PATH and PLATFORM_TERRAFORM_PLUGINS names a folder with the provider, as `terraform providers mirror` writes it.
public sealed class RealProviderTests
{
    // Of version 6 of hashicorp/aws, which Pulumi bridges; a machine may have 5.100, the last one before.
    private static readonly string[] Newer = ["aws_cloudwatch_log_group.deletionProtectionEnabled", "aws_eks_cluster.deletionProtection"];

    public static TheoryData<string> AwsStacks => Stacks("platform:aws:", "Pulumi.prod.yaml", "stacks/examples/Pulumi.eks-dev.yaml");

    public static TheoryData<string> GoogleStacks =>
        Stacks("platform:gcp:", "stacks/examples/Pulumi.gke-prod.yaml", "stacks/examples/Pulumi.gke-dev.yaml");

    [RealProviderTheory("aws")]
    [MemberData(nameof(AwsStacks))]
    public Task EveryAwsResource_IsTaken(string path) => IsTaken("aws", path);

    [RealProviderTheory("google-beta")]
    [MemberData(nameof(GoogleStacks))]
    public Task EveryGoogleResource_IsTaken(string path) => IsTaken("gcp", path);

    [RealProviderTheory("aws")]
    [InlineData("aws")]
    public void EveryAwsType_HasACounterpart(string package) => Unnamed(package).ShouldBeEmpty();

    [RealProviderTheory("google-beta")]
    [InlineData("gcp")]
    public void EveryGoogleType_HasACounterpart(string package) => Unnamed(package).ShouldBeEmpty();

    private static IEnumerable<string> Unnamed(string package) => File.ReadAllLines(Path.Combine(Repository.Root, "sdk", "schema", "tokens.txt"))
        .Where(line => line.StartsWith($"{package}:", StringComparison.Ordinal) && char.IsUpper(line[line.LastIndexOf(':') + 1]))
        .Where(token => TerraformTypes.Of(token, TerraformProvider.Of(package).Resources.ContainsKey) is null);

    // As it will be with the Platform installed: there is all of it then.
    private static async Task IsTaken(string package, string path)
    {
        var (request, result, _) = await RehearsedStack.Of(StackMoment.IsEarly(path) ? StackMoment.Installed(path) : path);
        using var text = new StringWriter();
        PreviewJson.Write(text, request, result);
        var terraform = TerraformProvider.Of(package);
        var conversion = new TerraformConversion(terraform.Resources);
        var configuration = conversion.Convert(JsonNode.Parse(text.ToString())!["steps"]!.AsArray(), package);

        conversion.Problems.Where(problem => !Newer.Contains($"{problem.Type}.{problem.Property}")).ShouldBeEmpty();
        terraform.Complaints(configuration).ShouldBeEmpty();
    }

    private static TheoryData<string> Stacks(string concept, params string[] always) => RehearsedStack.Nightly
        ? [.. Settings.StackFilesTests.Files.Cast<object[]>().Select(row => (string)row[0])
            .Where(path => File.ReadAllText(Path.Combine(Repository.Root, path)).Contains(concept, StringComparison.Ordinal))]
        : [.. always];
}

/// <summary>A test that needs a Terraform provider, and says where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealProviderTheoryAttribute : TheoryAttribute
{
    public RealProviderTheoryAttribute(string provider)
    {
        if (TerraformProvider.Missing(provider) is { } missing)
        {
            Skip = missing;
        }
    }
}

/// <summary>A real Terraform provider of this machine.</summary>
internal sealed class TerraformProvider
{
    private const string Variable = "PLATFORM_TERRAFORM_PLUGINS";
    private const int LimitSeconds = 300;

    private static readonly Dictionary<string, Lazy<TerraformProvider>> Known = new(StringComparer.Ordinal)
    {
        ["aws"] = new(() => new("aws", "aws")),
        ["gcp"] = new(() => new("google-beta", "gcp")),
    };

    private readonly JsonObject _settings;

    private TerraformProvider(string provider, string package)
    {
        Name = provider;
        // No call is made: everything is new, and nothing is looked up.
        JsonObject options = package == "aws"
            ? new()
            {
                ["region"] = "eu-west-1",
                ["access_key"] = "none",
                ["secret_key"] = "none",
                ["skip_credentials_validation"] = true,
                ["skip_metadata_api_check"] = true,
                ["skip_region_validation"] = true,
                ["skip_requesting_account_id"] = true,
            }
            : new() { ["project"] = "example-research", ["region"] = "europe-west1", ["access_token"] = "none" };
        _settings = new JsonObject
        {
            ["terraform"] = new JsonObject { ["required_providers"] = new JsonObject { [provider] = new JsonObject { ["source"] = $"hashicorp/{provider}" } } },
            ["provider"] = new JsonObject { [provider] = options },
        };
        var folder = Folder(new JsonObject());
        Resources = JsonNode.Parse(Run(folder, "providers", "schema", "-json").Output)!["provider_schemas"]!.AsObject().First().Value![
            "resource_schemas"
        ]!.AsObject();
    }

    public string Name { get; }

    /// <summary>Its resource types with their schemas.</summary>
    public JsonObject Resources { get; }

    public static TerraformProvider Of(string package) => Known[package].Value;

    /// <summary>Why it cannot be asked; null if it can.</summary>
    public static string? Missing(string provider)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "terraform"))))
        {
            return "terraform is not on the PATH: what the real providers say is not asked.";
        }

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } plugins
            && Directory.Exists(plugins) && Directory.EnumerateDirectories(plugins, provider, SearchOption.AllDirectories).Any()
                ? null
                : $"{Variable} names no folder with the provider {provider}: what it says is not asked.";
    }

    /// <summary>Errors and warnings of <c>terraform validate</c> and, if it has none, of <c>terraform plan</c>.</summary>
    public IReadOnlyList<string> Complaints(JsonObject configuration)
    {
        var folder = Folder(configuration);
        try
        {
            var validated = JsonNode.Parse(Run(folder, "validate", "-json").Output)!["diagnostics"]!.AsArray().Select(Sentence).ToList();
            return validated.Count > 0 ? validated : Planned(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Planned(string folder)
    {
        var (code, output) = Run(folder, "plan", "-json", "-refresh=false", "-lock=false", "-input=false");
        var complaints = output.Split('\n').Where(line => line.Contains("\"diagnostic\"", StringComparison.Ordinal))
            .Select(line => Sentence(JsonNode.Parse(line)!["diagnostic"])).ToList();
        return code == 0 || complaints.Count > 0 ? complaints : [output];
    }

    private static string Sentence(JsonNode? diagnostic) =>
        $"{diagnostic!["severity"]} {diagnostic["address"] ?? diagnostic["snippet"]?["context"]}: {diagnostic["summary"]} {diagnostic["detail"]}";

    private string Folder(JsonObject configuration)
    {
        var folder = Directory.CreateTempSubdirectory("terraform-").FullName;
        var whole = _settings.DeepClone().AsObject();
        foreach (var (key, value) in configuration)
        {
            whole[key] = value!.DeepClone();
        }

        File.WriteAllText(Path.Combine(folder, "main.tf.json"), whole.ToJsonString());
        Run(folder, "init", "-no-color", "-input=false", "-backend=false", $"-plugin-dir={Environment.GetEnvironmentVariable(Variable)}");
        return folder;
    }

    private static (int Code, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("terraform", arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        // Mirrors and caches of the machine are not the provider that was named.
        start.Environment.Remove("TF_CLI_CONFIG_FILE");
        start.Environment["CHECKPOINT_DISABLE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(LimitSeconds)))
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, output.Result + (process.ExitCode == 0 ? "" : error.Result));
    }
}
