using System.Collections.Immutable;
using Infra.CodeStudios;
using Infra.Manifests;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>The Code Studios of a template on the cluster.</summary>
public sealed record CodeStudioKubernetesSettings
{
    [Setting(
        "The image that was built from the template, by digest: another build rolls its pods.",
        Example = "registry.example.com/code-studios/jupyter:3f9c21@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public required ImageReference Image { get; init; }

    [Setting(
        "Secret of type kubernetes.io/dockerconfigjson with which nodes pull it, in each namespace; into those that this stack makes somebody has to copy it.",
        Absent = "nodes need none",
        Example = "registry")]
    [Form(Form.KubernetesSubdomain)]
    public string? ImagePullSecret { get; init; }

    [Setting("The Code Studios, each under a name of its own, and in a namespace of its own.", Example = "{ alice: { owner: alice@example.com } }")]
    [Entry(Form.KubernetesEntry)]
    [Fewest(1)]
    public required ImmutableSortedDictionary<string, CodeStudioSettings> Studios { get; init; }

    [Setting("The pods of the studios.")]
    public PodSettings Pod { get; init; } = new();

    [Setting(
        "Further environment variables, not secret; ${K8S_POD_NAME}, ${K8S_POD_NAMESPACE}, ${K8S_POD_ID} and ${K8S_NODE_NAME} stand for those of the pod.",
        Example = "{ MLFLOW_TRACKING_URI: https://mlflow.example.com }")]
    [Entry(Form.EnvironmentVariable)]
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    [Setting("Size of the claims of zones; elastic file systems take it as a label only.")]
    [Least("1Gi")]
    public Quantity ClaimSize { get; init; } = Quantity.Parse("10Gi");

    [Setting(
        "Keep others away from all but the ports, and the pods away from the node's credentials. The network plugin has to enforce network policies.")]
    public bool NetworkPolicy { get; init; } = CodeStudioArgs.DefaultIsolated;

    [Setting("Traffic that the pods may start besides: to nodes, which some network plugins leave out of every block of addresses.")]
    public ImmutableArray<EgressSettings> Egress { get; init; } = [];
}

/// <summary>One Code Studio.</summary>
public sealed record CodeStudioSettings
{
    [Setting(
        "Who may open it with kubectl, by the name that the cluster knows the person by.", Absent = "whoever may use the template",
        Example = "alice@example.com")]
    [Form(Form.RbacSubject)]
    public string? Owner { get; init; }

    [Setting("Whether it runs; false keeps its files and its webapp.")]
    public bool Running { get; init; } = true;

    [Setting("Namespace of its pods and claims, and of nothing else.", Absent = "code-studio-<template>-<name>", Example = "code-studio-alice")]
    [Form(Form.KubernetesNamespace)]
    public KubernetesName? Namespace { get; init; }

    [Setting("Make the namespace. False where it exists, as for claims that exist in it.")]
    public bool CreateNamespace { get; init; } = CodeStudioArgs.DefaultCreatesNamespace;

    [Setting(
        "Prefix of its ports in a browser; the number of the port follows. With ${K8S_POD_NAME} each pod has its own, and no ingress leads there.",
        Absent = "/code-studios/<template>/<name>",
        Example = "/code-studios/research/alice")]
    [Form(Form.BrowserPath)]
    public string? PathPrefix { get; init; }

    [Setting("Claims of single zones, where they are not all of claimSize.")]
    public ImmutableArray<CodeStudioClaimSettings> Claims { get; init; } = [];

    [Setting("The webapp of its files: what the template's blocks mark with useInWebapps.", Absent = "none")]
    public CodeStudioWebappSettings? Webapp { get; init; }

    /// <summary>The namespace in effect.</summary>
    internal KubernetesName NamespaceIn(string template, string name) =>
        Namespace ?? KubernetesName.Join(KubernetesName.Parse("code-studio"), KubernetesName.Parse(template), KubernetesName.Parse(name));

    /// <summary>The prefix in effect.</summary>
    internal string PathIn(string template, string name) => PathPrefix ?? $"/code-studios/{template}/{name}";
}

/// <summary>The webapp of a Code Studio.</summary>
public sealed record CodeStudioWebappSettings
{
    [Setting("Pods; a visitor stays at one of them.")]
    [Range(1, 50)]
    public int Replicas { get; init; } = 1;

    [Setting("Prefix of its ports in a browser.", Absent = "/web-apps-backends/<template>/<name>", Example = "/sales")]
    [Form(Form.BrowserPath)]
    public string? PathPrefix { get; init; }

    [Setting("Its pods.")]
    public PodSettings Pod { get; init; } = new();

    /// <summary>The prefix in effect.</summary>
    internal string PathIn(string template, string name) => PathPrefix ?? $"/web-apps-backends/{template}/{name}";
}

/// <summary>The claim of a zone.</summary>
public sealed record CodeStudioClaimSettings
{
    [Setting("The zone.")]
    public required FileZone Zone { get; init; }

    [Setting("Size of the claim.", Absent = "claimSize", Example = "200Gi")]
    [Least("1Gi")]
    public Quantity? Size { get; init; }

    [Setting(
        "A claim of the namespace that exists, with ReadWriteMany, as for files that several Code Studios share; no claim is made then.",
        Absent = "one is made",
        Example = "project-library"
    )]
    [Form(Form.KubernetesSubdomain)]
    public string? ExistingClaim { get; init; }
}
