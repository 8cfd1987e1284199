using System.Text.Json.Nodes;
using Operate.Commands;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Manifests;
using Rehearsal.Rendering;
using Rehearsal.StackFiles;
using Rehearsal.Wire;
using Tests.Operate.Support;
using Tests.Rehearsal.StackFiles;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Operate.Commands;

// Promise: what is adopted is what is there, and nothing is changed or written over on the way.
public sealed class AdoptCommandTests : IDisposable
{
    private const string Live = """
        config:
          platform:cluster: { existing: { context: kind-studios } }
          platform:redis: { inCluster: { memory: 1Gi } }
          platform:tower:
            environments:
              tower-nf:
                createNamespace: false
                users: [ci-user]
                scratch: { size: 10Gi, volume: { name: tower-storage, size: 10Gi } }
          platform:studios:
            platform: { url: https://platform.studio.test, version: 26.1.3 }
            connectUrl: https://connect.studio.test
            logLevel: debug
            proxy: { replicas: 3 }
            ssh: { workspaces: [12, 34], ownHost: { host: ssh.studio.test } }
            ingress: { nginx: {}, certificates: [ { tlsSecret: studios-tls, names: [connect.studio.test, '*.studio.test'] } ] }
        """;

    private static readonly string[] Generated = ["config-hash", "configMap.name", "secretName", "secretKeyRef.name", "configMapRef.name"];

    private readonly TemporaryFolder _folder = new();

    public AdoptCommandTests() => _folder.Write("Pulumi.yaml", File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.yaml")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait(Long.Category, Long.Name)]
    public async Task WhatAnotherHandMadeAlike_IsImportedWhole_AndChangesNothing()
    {
        await using var server = await ApiServer.StartAsync();
        var objects = await PlannedAsync();
        objects.Count(server.TryAdd).ShouldBeGreaterThan(20);
        AddPlatform(server);

        var (exitCode, output, error) = await RunAsync(
            server, "adopt", "prod", "--context", "kind-studios", "-n", "seqera-platform", "-n", "tower-nf", "--json");

        error.ShouldBe("");
        exitCode.ShouldBe(ExitCodes.Success, output);
        var report = JsonNode.Parse(output)!;
        var imported = report["imported"]!.AsArray();
        // Names of Secrets and ConfigMaps follow their content, which every rehearsal makes anew
        imported.SelectMany(item => item!["differences"]!.AsArray().Select(difference => $"{item["id"]} {difference!["path"]}"))
            .Where(difference => !Generated.Any(difference.EndsWith)).ShouldBeEmpty();
        imported.Count.ShouldBeGreaterThan(15);
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "adopt.prod.import.json")))!;
        ShouldHoldTogether(file);
        var resources = file["resources"]!.AsArray();
        resources.Where(entry => entry!["id"] is not null).Select(entry => $"{entry!["id"]}")
            .ShouldBe(imported.Select(item => $"{item!["id"]}"), ignoreOrder: true);
        var redis = resources.Single(entry => $"{entry!["type"]}" == "kubernetes:apps/v1:StatefulSet" && $"{entry["id"]}" == "seqera-platform/connect-redis")!;
        $"{redis["provider"]}".ShouldBe("cluster-provider");
        File.ReadAllText(Path.Combine(_folder.Path, "adopt.prod.cluster.yaml")).ShouldNotContain("studios:");
        server.Requests.ShouldAllBe(request => request.StartsWith("GET "));
    }

    [Fact]
    [Trait(Long.Category, Long.Name)]
    public async Task WhatDiffers_IsTold_WithWhatIsMadeAnew()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var item in await PlannedAsync())
        {
            if ($"{item["kind"]}" == "Deployment" && $"{item["metadata"]!["name"]}" == "connect-proxy")
            {
                item["spec"]!["selector"]!["matchLabels"] = new JsonObject { ["app"] = "proxy" };
                item["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "registry.example.org/mirror/enterprise/studios/proxy:0.11.0";
                item["spec"]!["template"]!["spec"]!["containers"]![0]!["imagePullPolicy"] = "Always";
            }

            server.TryAdd(item);
        }

        AddPlatform(server);
        server.Forbidden.Add("networkpolicies");

        var (exitCode, output, _) = await RunAsync(server, "adopt", "prod", "--context", "kind-studios", "-n", "seqera-platform");

        exitCode.ShouldBe(ExitCodes.Failure);
        output.ShouldContain(" +- Deployment seqera-platform/connect-proxy\n");
        output.ShouldContain("selector.matchLabels");
        output.ShouldContain("(makes it anew)");
        output.ShouldContain("was not looked for: ");
        output.ShouldContain("pulumi import --stack prod --file adopt.prod.import.json --generate-code=false --protect=false");
        File.ReadAllText(Path.Combine(_folder.Path, "Pulumi.prod.yaml")).ShouldContain("imageRegistry: registry.example.org/mirror");
    }

    [Fact]
    public async Task NothingIsWrittenOver_AndNothingIsLeftBehind()
    {
        await using var server = await ApiServer.StartAsync();
        server.Add(StudioCluster.Namespace("empty"));
        _folder.Write("Pulumi.prod.yaml", "config: {}\n");
        (string[] Arguments, int ExitCode, string Says)[] cases =
        [
            (["prod", "-n", "empty"], 2, "Pulumi.prod.yaml is there already."),
            (["prod", "-n", "empty", "--keep", "--force"], 2, "Give one of the two."),
            (["other", "-n", "empty", "--keep"], 2, "Pulumi.other.yaml, which is not there."),
            (["a/b", "-n", "empty"], 2, "cannot be the name of a stack"),
            (["other"], 2, "--namespace"),
            (["other", "-n", "empty"], 1, "nothing in empty that this program knows"),
            (["other", "-n", "nowhere"], 1, "nowhere"),
            (["other", "-n", "empty", "--format", "xml"], 2, "xml"),
        ];
        foreach (var (arguments, exitCode, says) in cases)
        {
            var result = await RunAsync(server, ["adopt", .. arguments, "--context", "kind-studios"]);
            result.ExitCode.ShouldBe(exitCode, result.Error);
            result.Error.ShouldContain(says);
        }

        var elsewhere = await RunAsync(server, "adopt", "other", "--context", "another", "-n", "empty");
        elsewhere.ExitCode.ShouldBe(1);
        elsewhere.Error.ShouldContain("another");
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["Pulumi.prod.yaml", "Pulumi.yaml", "kubeconfig"], ignoreOrder: true);
    }

    // Every name that an entry refers to is there, once
    private static void ShouldHoldTogether(JsonNode file)
    {
        var table = file["nameTable"]!.AsObject().Select(entry => entry.Key).ToArray();
        var entries = file["resources"]!.AsArray().Select(entry => entry!.AsObject()).ToArray();
        var names = table.Concat(entries.Select(entry => $"{entry["name"]}")).ToArray();
        names.ShouldBeUnique();
        entries.SelectMany(entry => new[] { entry["parent"], entry["provider"] }).OfType<JsonNode>().Select(name => $"{name}").Distinct()
            .ShouldAllBe(name => names.Contains(name));
        entries.Where(entry => entry["id"] is null).ShouldAllBe(entry => (bool)entry["component"]! && !$"{entry["type"]}".StartsWith("kubernetes:"));
    }

    // As another hand would have made it: the objects of a stack without what only Pulumi knows of them
    private static async Task<List<JsonObject>> PlannedAsync()
    {
        using var folder = new TemporaryFolder();
        var project = ProjectFile.Read(Repository.Root);
        var config = StackConfig.Read(project, "live", StackFile.Read(folder.Write("Pulumi.live.yaml", Live), project.Name), (_, _) => null);
        var request = new RehearsalRequest
        {
            Program = new ProgramLaunch("dotnet", [typeof(global::Stacks.Platform).Assembly.Location], project.ProgramFolder, project.Folder),
            Project = project.Name,
            Stack = "live",
            Config = config.Values,
            SecretKeys = config.SecretKeys,
        };
        var rehearsed = await RehearsedStack.RunAsync(request);
        rehearsed.Result.Outcome.ShouldBe(RehearsalOutcome.Succeeded, string.Join('\n', rehearsed.Result.Diagnostics.Select(diagnostic => diagnostic.Message)));
        return [.. KubernetesObjects.Find(rehearsed.Result.Plan, showSecrets: false).Where(item => !item.IsPatch)
            .Select(item => JsonNode.Parse(PropertyJson.Text(new ObjectProperty(item.Body)))!.AsObject())];
    }

    private static void AddPlatform(ApiServer server)
    {
        foreach (var name in (string[])["backend", "cron"])
        {
            server.TryAdd(JsonNode.Parse($$$$"""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "{{{{name}}}}", "namespace": "seqera-platform" },
                 "spec": {"selector": {}, "template": {"spec": {"containers": [{"name": "backend", "image": "cr.seqera.io/private/nf-tower-enterprise/backend:v26.1.3",
                   "envFrom": [{"configMapRef": {"name": "tower-backend-cfg"}}] }] } } } }
                """)!.AsObject());
        }

        server.TryAdd(JsonNode.Parse("""
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "tower-backend-cfg", "namespace": "seqera-platform"}, "data": {
              "TOWER_SERVER_URL": "https://platform.studio.test", "TOWER_DATA_STUDIO_SSH_ALLOWED_WORKSPACES": "12,34", "TOWER_DATA_STUDIO_CONNECT_SSH_ADDRESS": "ssh.studio.test"}}
            """)!.AsObject());
        server.Add(StudioCluster.Namespace("seqera-platform"), StudioCluster.Namespace("tower-nf"));
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(ApiServer server, params string[] arguments)
    {
        var kubeconfig = _folder.Write("kubeconfig", server.Kubeconfig());
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KUBECONFIG"] = kubeconfig,
            ["PLATFORM_PROGRAM"] = typeof(global::Stacks.Platform).Assembly.Location,
            ["PLATFORM_TODAY"] = "2026-11-26",
        };
        var host = new CommandHost
        {
            Terminal = new Terminal(output, error, colouredOutput: false, colouredError: false),
            Input = TextReader.Null,
            Environment = name => environment.GetValueOrDefault(name),
            CurrentFolder = _folder.Path,
            OwnFolder = _folder.Path,
            Engine = () => new RehearsalHost { Run = WarmProgram.RunAsync },
        };
        var exitCode = await CommandLine.RunAsync(arguments, host, OperateCommands.Description, OperateCommands.All);
        return (exitCode, output.ToString(), error.ToString());
    }
}
