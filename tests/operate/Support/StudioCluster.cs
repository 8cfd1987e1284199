using k8s.Models;

namespace Tests.Operate.Support;

/// <summary>Objects as a cluster has them on which a stack with Studios, Workbench and a compute environment runs and is well.</summary>
internal static class StudioCluster
{
    public const string Studios = "seqera-platform";
    public const string Workbench = "posit-workbench";
    public const string Tower = "tower-nf";

    /// <summary>The moment at which everything is looked at.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Everything of the three namespaces.</summary>
    public static object[] All() =>
    [
        Namespace(Studios), Namespace(Workbench), Namespace(Tower),
        Deployment(Studios, "connect-proxy", Pod(Studios, "connect-proxy-7d9f8-abcde", "connect-proxy"), Ours("connect-proxy")),
        Pod(Studios, "connect-proxy-7d9f8-abcde", "connect-proxy"),
        Deployment(Studios, "backend", Pod(Studios, "backend-0", "backend"), App("backend")),
        Deployment(Studios, "cron", Pod(Studios, "cron-0", "cron"), App("cron")),
        StatefulSet(Studios, "connect-server", Ours("connect-server")),
        Pod(Studios, "connect-server-0", "connect-server"),
        Secret(Studios, "connect-redis", ("password", "redis-pass-1")),
        Claim(Studios, "redis-data"),
        Deployment(Workbench, "rstudio-workbench", Pod(Workbench, "rstudio-workbench-0", "rstudio-workbench"), Chart("rstudio-workbench")),
        Pod(Workbench, "rstudio-workbench-0", "rstudio-workbench", "posit/workbench:2026.08.1-ubuntu-24.04"),
        WorkbenchFiles(),
        Node("node-a", "docker.io/posit/workbench-session:R4.5.2", "docker.io/posit/workbench-session-init:2026.08.1"),
    ];

    public static Dictionary<string, string> Ours(string name) => new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = name,
        ["app.kubernetes.io/instance"] = "platform",
        ["app.kubernetes.io/part-of"] = "studio-platform",
        ["app.kubernetes.io/managed-by"] = "pulumi",
    };

    public static Dictionary<string, string> App(string name) => new(StringComparer.Ordinal) { ["app"] = name };

    public static Dictionary<string, string> Chart(string name) => new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = name,
        ["app.kubernetes.io/instance"] = name,
        ["helm.sh/chart"] = $"{name}-0.22.0",
        ["app.kubernetes.io/managed-by"] = "Helm",
    };

    public static V1Namespace Namespace(string name) =>
        new() { ApiVersion = "v1", Kind = "Namespace", Metadata = new() { Name = name }, Status = new() { Phase = "Active" } };

    public static V1Deployment Deployment(string space, string name, V1Pod pod, Dictionary<string, string> labels) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = new() { Name = name, NamespaceProperty = space, Generation = 3, Labels = labels },
        Spec = new()
        {
            Replicas = 1,
            Selector = new() { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { ["test/pod"] = name } },
            Template = new() { Metadata = new(), Spec = pod.Spec },
        },
        Status = new() { ObservedGeneration = 3, Replicas = 1, UpdatedReplicas = 1, ReadyReplicas = 1, AvailableReplicas = 1 },
    };

    public static V1StatefulSet StatefulSet(string space, string name, Dictionary<string, string> labels) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "StatefulSet",
        Metadata = new() { Name = name, NamespaceProperty = space, Generation = 1, Labels = labels },
        Spec = new()
        {
            Replicas = 1,
            ServiceName = name,
            Selector = new() { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { ["test/pod"] = name } },
            Template = new() { Metadata = new(), Spec = new() { Containers = [new() { Name = name }] } },
        },
        Status = new() { ObservedGeneration = 1, Replicas = 1, ReadyReplicas = 1, AvailableReplicas = 1, CurrentRevision = "a", UpdateRevision = "a" },
    };

    public static V1Pod Pod(string space, string name, string of, string image = "cr.seqera.io/public/connect:0.12.0") => new()
    {
        ApiVersion = "v1",
        Kind = "Pod",
        Metadata = new()
        {
            Name = name,
            NamespaceProperty = space,
            CreationTimestamp = Now.UtcDateTime.AddHours(-3),
            Labels = new Dictionary<string, string>(Ours(of), StringComparer.Ordinal) { ["test/pod"] = of },
        },
        Spec = new() { NodeName = "node-a", ServiceAccountName = of, Containers = [new() { Name = of, Image = image }] },
        Status = new()
        {
            Phase = "Running",
            Conditions = [new() { Type = "Ready", Status = "True" }],
            ContainerStatuses =
            [
                new()
                {
                    Name = of,
                    Image = image,
                    ImageID = "",
                    Ready = true,
                    RestartCount = 0,
                    State = new() { Running = new() { StartedAt = Now.UtcDateTime.AddHours(-3) } },
                },
            ],
        },
    };

    public static V1Secret Secret(string space, string name, params (string Key, string Value)[] data) => new()
    {
        ApiVersion = "v1",
        Kind = "Secret",
        Type = "Opaque",
        Metadata = new() { Name = name, NamespaceProperty = space, Labels = Ours("secret") },
        Data = data.ToDictionary(entry => entry.Key, entry => System.Text.Encoding.UTF8.GetBytes(entry.Value), StringComparer.Ordinal),
    };

    public static V1PersistentVolumeClaim Claim(string space, string name) => new()
    {
        ApiVersion = "v1",
        Kind = "PersistentVolumeClaim",
        Metadata = new() { Name = name, NamespaceProperty = space, Labels = Ours("storage") },
        Spec = new()
        {
            StorageClassName = "standard",
            VolumeName = "pvc-1",
            Resources = new() { Requests = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["storage"] = new("5Gi") } },
        },
        Status = new() { Phase = "Bound", Capacity = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["storage"] = new("5Gi") } },
    };

    public static V1ConfigMap WorkbenchFiles() => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new() { Name = "rstudio-workbench-config", NamespaceProperty = Workbench },
        Data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["rserver.conf"] =
                "www-port=8787\nlauncher-sessions-init-container-image-name=posit/workbench-session-init\n"
                + "launcher-sessions-init-container-image-tag=2026.08.1\n",
            ["jupyter.conf"] = "labs-enabled=1\n",
            ["vscode.conf"] = "enabled=1\n",
            ["positron.conf"] = "enabled=1\n",
            ["launcher.kubernetes.profiles.conf"] = "[*]\ndefault-container-image=posit/workbench-session:R4.5.2\n",
        },
    };

    public static V1Node Node(string name, params string[] images) => new()
    {
        ApiVersion = "v1",
        Kind = "Node",
        Metadata = new() { Name = name },
        Status = new()
        {
            Conditions = [new() { Type = "Ready", Status = "True", Reason = "KubeletReady" }],
            Images = [.. images.Select(image => new V1ContainerImage { Names = [image] })],
        },
    };

    public static Corev1Event Warning(string space, string kind, string name, string reason, string message, TimeSpan age, int count = 1) => new()
    {
        ApiVersion = "v1",
        Kind = "Event",
        Type = "Warning",
        Metadata = new() { Name = $"{name}.{reason.ToLowerInvariant()}", NamespaceProperty = space },
        InvolvedObject = new() { Kind = kind, Name = name, NamespaceProperty = space },
        Reason = reason,
        Message = message,
        Count = count,
        LastTimestamp = Now.UtcDateTime - age,
    };
}
