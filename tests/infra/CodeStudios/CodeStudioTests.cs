using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.CodeStudios;
using Infra.Manifests;
using Infra.Routing;
using Infra.Storage;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.CodeStudios;

// Promise: a Code Studio is one pod without privileges on claims of its own, in a namespace that nobody else's pods are in, and its webapp only reads.
public sealed class CodeStudioTests
{
    private static readonly StudioAccessList Owner = StudioAccessList.Of("alice@example.com", new StudioPermissions(false, ["data-scientists"]));

    [Fact]
    public async Task StudioAndWebapp_HaveTheseChildren() =>
        (await Deployed.Of(options => Make(options))).Lineages.ShouldBe([
            "platform:codeStudios:CodeStudio$kubernetes:core/v1:ConfigMap::sales-exclusions",
            "platform:codeStudios:CodeStudio$kubernetes:core/v1:ServiceAccount::sales-account",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioAccess$kubernetes:rbac.authorization.k8s.io/v1:Role::sales-access-role",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioAccess$kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::sales-access-binding",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioAccess::sales-access",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$kubernetes:apps/v1:Deployment::sales-studio",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$kubernetes:apps/v1:Deployment::sales-webapp",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$kubernetes:core/v1:Service::sales-studio-service",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$kubernetes:core/v1:Service::sales-webapp-service",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$kubernetes:networking.k8s.io/v1:NetworkPolicy::sales-studio-policy",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$kubernetes:networking.k8s.io/v1:NetworkPolicy::sales-webapp-policy",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$kubernetes:policy/v1:PodDisruptionBudget::sales-webapp-budget",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::sales-studio-routing-kept",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::sales-studio-routing-to-docs",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::sales-studio-routing-to-root",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::sales-webapp-routing-kept",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$platform:routing:HostRouting$kubernetes:networking.k8s.io/v1:Ingress::sales-webapp-routing-to-root",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$platform:routing:HostRouting::sales-studio-routing",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload$platform:routing:HostRouting::sales-webapp-routing",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload::sales-studio",
            "platform:codeStudios:CodeStudio$platform:codeStudios:StudioWorkload::sales-webapp",
            "platform:codeStudios:CodeStudio$platform:namespaces:PlatformNamespace$kubernetes:core/v1:Namespace::sales-namespace",
            "platform:codeStudios:CodeStudio$platform:namespaces:PlatformNamespace::sales-namespace",
            "platform:codeStudios:CodeStudio$platform:storage:SharedClaim$kubernetes:core/v1:PersistentVolumeClaim::sales-code-studio-versioned-claim",
            "platform:codeStudios:CodeStudio$platform:storage:SharedClaim$kubernetes:core/v1:PersistentVolumeClaim::sales-user-versioned-claim",
            "platform:codeStudios:CodeStudio$platform:storage:SharedClaim::sales-code-studio-versioned",
            "platform:codeStudios:CodeStudio$platform:storage:SharedClaim::sales-user-versioned",
            "platform:codeStudios:CodeStudio::sales",
        ]);

    [Fact]
    public async Task TheStudio_IsOnePodThatWritesItsZones()
    {
        var deployed = await Deployed.Of(options => Make(options));
        var spec = Spec(deployed, "sales-studio");

        spec["replicas"]!.GetValue<int>().ShouldBe(1);
        spec["strategy"]!["type"]!.GetValue<string>().ShouldBe("Recreate");
        Mounts(spec, "containers").ShouldBe([
            "code-studio-versioned at /home/dataiku/workspace/code",
            "project-lib-versioned/python at /home/dataiku/workspace/lib read-only",
            "user-versioned at /home/dataiku/workspace/user",
            "exclusions at /etc/code-studio read-only",
        ]);
        // The folder of a zone is made, and files laid, where the zone is mounted whole.
        Mounts(spec, "initContainers").ShouldBe(["exclusions at /etc/code-studio read-only", "code-studio-versioned at /zones/code_studio_versioned"]);
        Volumes(spec)
            .ShouldBe([
                "code-studio-versioned: code-studio-versioned",
                "project-lib-versioned: library",
                "user-versioned: user-versioned",
                "exclusions: exclusions",
            ]);
    }

    [Fact]
    public async Task TheWebapp_IsSeveralPodsThatReadThem_AndNothingOfTheUsers()
    {
        var spec = Spec(await Deployed.Of(options => Make(options)), "sales-webapp");

        spec["replicas"]!.GetValue<int>().ShouldBe(3);
        spec["strategy"].ShouldBeNull();
        Mounts(spec, "containers")
            .ShouldBe([
                "code-studio-versioned at /home/dataiku/workspace/code read-only",
                "project-lib-versioned/python at /home/dataiku/workspace/lib read-only",
                "user-versioned at /home/dataiku/workspace/user",
                "exclusions at /etc/code-studio read-only",
            ]);
        Volumes(spec)
            .ShouldBe(["code-studio-versioned: code-studio-versioned", "project-lib-versioned: library", "user-versioned: empty", "exclusions: exclusions"]);
        Pod(spec)["containers"]![0]!["ports"]!
            .AsArray()
            .Select(port => $"{port!["name"]} {port["containerPort"]}")
            .ShouldBe(["app-9000 9000", "admin-page-9001 9001"]);
    }

    // Pod Security Standard restricted (Kubernetes documentation).
    [Theory]
    [InlineData("sales-studio")]
    [InlineData("sales-webapp")]
    public async Task NothingRunsAsRoot(string name)
    {
        var pod = Pod(Spec(await Deployed.Of(options => Make(options)), name));

        pod["securityContext"]!["runAsUser"]!.GetValue<int>().ShouldBe(CodeStudioPins.UserId);
        pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().ShouldBeTrue();
        pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().ShouldBe("RuntimeDefault");
        pod["automountServiceAccountToken"]!.GetValue<bool>().ShouldBeFalse();
        foreach (var container in pod["containers"]!.AsArray().Concat(pod["initContainers"]!.AsArray()))
        {
            var context = container!["securityContext"]!;
            context["allowPrivilegeEscalation"]!.GetValue<bool>().ShouldBeFalse();
            context["runAsNonRoot"]!.GetValue<bool>().ShouldBeTrue();
            context["capabilities"]!["drop"]!.AsArray().Select(capability => capability!.GetValue<string>()).ShouldBe(["ALL"]);
            container["image"]!.GetValue<string>().ShouldBe($"{StudioParts.Image}");
        }
    }

    [Fact]
    public async Task TheOwner_MayOpenIt_AndStopIt()
    {
        var deployed = await Deployed.Of(options => Make(options));

        Json(deployed, "sales-access-binding")["subjects"]!
            .AsArray()
            .Select(subject => $"{subject!["kind"]} {subject["name"]}")
            .ShouldBe(["User alice@example.com"]);
        Json(deployed, "sales-access-role")["rules"]!
            .AsArray()
            .Select(rule =>
                $"{Words(rule!["verbs"])} {Words(rule["resources"])} {Words(rule["resourceNames"])}")
            .ShouldBe([
                "get,list,watch events,pods,services ",
                "create,get pods/exec ",
                "get pods/log ",
                "create,get pods/portforward ",
                "get,list,watch deployments,replicasets ",
                "get,patch,update deployments/scale studio",
            ]);
    }

    public static TheoryData<string?, StudioPermissions?, string> Lists => new()
    {
        { null, new StudioPermissions(true, []), "Group system:authenticated" },
        { null, new StudioPermissions(false, ["a", "b"]), "Group a, Group b" },
        { "alice", new StudioPermissions(true, []), "User alice" },
        { null, null, "" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Permissions_AreSubjects(string? owner, StudioPermissions? permissions, string expected)
    {
        var list = StudioAccessList.Of(owner, permissions);

        string.Join(", ", list.Users.Select(user => $"User {user}").Concat(list.Groups.Select(group => $"Group {group}"))).ShouldBe(expected);
        list.IsEmpty.ShouldBe(expected.Length == 0);
    }

    [Fact]
    public async Task OthersInTheCluster_ReachNothingPastTheController()
    {
        var deployed = await Deployed.Of(options => Make(options));
        Json(deployed, "sales-studio-policy")["spec"]!["ingress"]!.AsArray().Select(rule =>
            $"{rule!["ports"]![0]!["port"]} from {rule["from"]![0]!["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"]}")
            .ShouldBe(["9000 from traefik", "9001 from traefik", "9002 from traefik"]);

        var alone = await Deployed.Of(() => Make(null, args => args with { Edge = null, Webapp = null }));
        Json(alone, "sales-studio-policy")["spec"]!["ingress"].ShouldBeNull();
        alone.Has("sales-studio-routing").ShouldBeFalse();
        alone.Has("sales-webapp").ShouldBeFalse();
    }

    [Fact]
    public async Task AStoppedStudio_KeepsItsFilesAndItsWebapp()
    {
        var deployed = await Deployed.Of(() => Make(null, args => args with { Running = false, Protected = true }));

        Spec(deployed, "sales-studio")["replicas"]!.GetValue<int>().ShouldBe(0);
        Spec(deployed, "sales-webapp")["replicas"]!.GetValue<int>().ShouldBe(3);
        deployed.Has("sales-code-studio-versioned-claim").ShouldBeTrue();
        // Nothing stands behind its Service, for which Pulumi would wait.
        Json(deployed, "sales-studio-service")["metadata"]!["annotations"]!["pulumi.com/skipAwait"]!.GetValue<string>().ShouldBe("true");
    }

    [Fact]
    public async Task WhatTheStackFileSaysOfPods_WinsOverTheTemplate()
    {
        var state = StudioParts.State(
            new KubernetesParameters
            {
                Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("a", "template").Add("b", "template"),
                Labels = ImmutableSortedDictionary<string, string>.Empty.Add("team", "template"),
            },
            StudioParts.Server("App", 9000, "/"));
        var deployed = await Deployed.Of(() => new CodeStudio(
            "sales",
            new CodeStudioArgs
            {
                BrowserPath = "/s",
                DefaultClaim = new StudioClaim(Quantity.Parse("1Gi"), "shared"),
                Image = StudioParts.Image,
                Instance = KubernetesName.Parse("sales-app"),
                Namespace = KubernetesName.Parse("sales"),
                Pod = PodOptions.None with
                {
                    Annotations = ImmutableDictionary<string, string>.Empty.Add("a", "stack"),
                    Labels = ImmutableDictionary<string, string>.Empty.Add("team", "stack"),
                },
                State = state,
            }));

        var metadata = Spec(deployed, "sales-studio")["template"]!["metadata"]!;
        metadata["annotations"]!["a"]!.GetValue<string>().ShouldBe("stack");
        metadata["annotations"]!["b"]!.GetValue<string>().ShouldBe("template");
        metadata["labels"]!["team"]!.GetValue<string>().ShouldBe("stack");
        deployed.Has("sales-access").ShouldBeFalse();
    }

    [Fact]
    public void Actions_AreCommandsForItsUsers() => StudioCommands.Actions(
        StudioParts.State(
            new CustomAction { Name = "Make key", Command = "ssh-keygen" },
            new CustomAction { Name = "sync", Command = "rsync a b", Behaviour = ActionBehaviour.RunInBackground }), "ns").ShouldBe(
        new Dictionary<string, string>
        {
            ["Make key"] = "kubectl --namespace ns exec deployment/studio --container studio -- /opt/dataiku/actions/make-key",
            ["sync"] = "kubectl --namespace ns exec deployment/studio --container studio -- "
                + "bash -c 'nohup /opt/dataiku/actions/sync >/tmp/action-sync.log 2>&1 </dev/null &'",
        });

    [Fact]
    public void Addresses_AreThoseOfTheHost_OrOfOnesOwnMachine()
    {
        var launch = new StudioLaunch(StudioParts.Three, LaunchKind.Studio, "/s");

        StudioCommands.Addresses(launch, "studios.example.com").Values.ShouldBe(
            ["https://studios.example.com/s/9001/", "https://studios.example.com/s/9000/", "https://studios.example.com/s/9002/"]);
        StudioCommands.Addresses(launch, null).Values.ShouldBe(["http://localhost:9001/", "http://localhost:9000/s/9000/", "http://localhost:9002/docs"]);
        StudioCommands.PortForward(launch, "ns").ShouldBe("kubectl --namespace ns port-forward service/studio 9000 9001 9002");
    }

    private sealed record Wanted(StudioEdge? Edge, StudioWebapp? Webapp, bool Running, bool Protected);

    private static CodeStudio Make(ComponentResourceOptions? options, Func<Wanted, Wanted>? change = null)
    {
        var all = new Wanted(
            StudioParts.Edge(new IngressController.Nginx()) with { ControllerNamespace = "traefik" }, new StudioWebapp(3, "/w", PodOptions.None), true, false);
        var wanted = change?.Invoke(all) ?? all;
        return new CodeStudio(
            "sales",
            new CodeStudioArgs
            {
                Access = Owner,
                BrowserPath = "/s",
                Claims = ImmutableSortedDictionary<FileZone, StudioClaim>.Empty.Add(
                    FileZone.ProjectLibVersioned,
                    new StudioClaim(Quantity.Parse("1Gi"), "library")),
                DefaultClaim = new StudioClaim(Quantity.Parse("5Gi")),
                Edge = wanted.Edge,
                Image = StudioParts.Image,
                Instance = KubernetesName.Parse("sales-app"),
                Namespace = KubernetesName.Parse("code-studio-sales"),
                Protected = wanted.Protected,
                Running = wanted.Running,
                State = StudioParts.State(
                    StudioParts.Server("App", 9000, "$request_uri", isWebapp: true), StudioParts.Server("Admin page", 9001, "/", isWebapp: true),
                    StudioParts.Server("Docs", 9002, "/docs"),
                    new AddStarterFiles { Zone = FileZone.CodeStudioVersioned, Files = [new TemplateResource("${template.resources}/app.py", "app/app.py")] }),
                Storage = new ExistingClassStorage("nfs-rwx"),
                Webapp = wanted.Webapp,
            },
            options);
    }

    private static string Words(JsonNode? list) => string.Join(',', list?.AsArray() ?? []);

    private static JsonNode Json(Deployed deployed, string name) => JsonNode.Parse(deployed.Inputs(name))!;

    private static JsonNode Spec(Deployed deployed, string name) => Json(deployed, name)["spec"]!;

    private static JsonNode Pod(JsonNode spec) => spec["template"]!["spec"]!;

    private static string[] Mounts(JsonNode spec, string containers) => [.. Pod(spec)[containers]![0]!["volumeMounts"]!.AsArray().Select(mount =>
        $"{mount!["name"]}{(mount["subPath"] is { } path ? $"/{path}" : "")} at {mount["mountPath"]}{(mount["readOnly"] is null ? "" : " read-only")}")];

    private static string[] Volumes(JsonNode spec) => [.. Pod(spec)["volumes"]!.AsArray().Select(volume =>
        $"{volume!["name"]}: {volume["persistentVolumeClaim"]?["claimName"] ?? volume["configMap"]?["name"] ?? (volume["emptyDir"] is null ? "?" : "empty")}")];
}
