using Infra.Manifests;
using Infra.Namespaces;
using Infra.Storage;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Tower;

/// <summary>A namespace in which Seqera Platform launches Nextflow: who launches, who runs, on which storage, within which bounds.</summary>
/// <remarks>Studios cannot run in it: they need a compute environment of another kind (Seqera docs 26.1, "Studios").</remarks>
public sealed class TowerComputeEnvironment : ComponentResource
{
    private const string Token = "platform:tower:TowerComputeEnvironment";

    /// <summary>Namespace of head jobs and tasks; resolves when it exists.</summary>
    [Output("namespace")]
    public Output<string> Namespace { get; private set; }

    /// <summary>Account of head jobs; resolves when it exists.</summary>
    [Output("headServiceAccount")]
    public Output<string> HeadServiceAccount { get; private set; }

    /// <summary>Account of tasks; resolves when it exists.</summary>
    [Output("computeServiceAccount")]
    public Output<string> ComputeServiceAccount { get; private set; }

    /// <summary>Token of the head account; null unless it was asked for.</summary>
    public LauncherToken? AccountToken { get; }

    /// <summary>The shared claim; null without one.</summary>
    public SharedClaim? Scratch { get; }

    public TowerComputeEnvironment(string name, TowerComputeEnvironmentArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var below = new ComponentResourceOptions { Parent = this };
        var space = new PlatformNamespace(
            $"{name}-namespace",
            new PlatformNamespaceArgs { NamespaceName = args.Namespace, Enforce = args.PodSecurity, Warn = args.PodSecurity, Protected = args.Protected },
            below);
        Namespace = space.NamespaceName;

        var launcher = new TowerLauncher(
            $"{name}-launcher",
            new TowerLauncherArgs
            {
                Namespace = Namespace,
                RoleName = args.RoleName,
                ServiceAccountName = args.HeadServiceAccount,
                ServiceAccountAnnotations = args.IdentityAnnotations,
                Users = args.Users,
                Groups = args.Groups,
                TokenEnabled = args.TokenEnabled,
            },
            below);
        HeadServiceAccount = launcher.ServiceAccountName;
        AccountToken = launcher.AccountToken;
        ComputeServiceAccount = MakeComputeAccount($"{name}-compute", args).Urn.Apply(_ => args.ComputeServiceAccount.Text);

        Scratch = args.Scratch?.Storage.Claim($"{name}-scratch", Claim(args.Scratch, args), below);
        if (args.Quota is not null || args.ContainerDefaults is not null || args.ContainerMaximum is not null)
        {
            new NamespaceLimits(
                $"{name}-limits",
                new NamespaceLimitsArgs
                {
                    Namespace = Namespace,
                    Quota = args.Quota,
                    ContainerDefaults = args.ContainerDefaults,
                    ContainerMaximum = args.ContainerMaximum,
                },
                below);
        }

        if (args.Isolated)
        {
            new PipelineIsolation(
                $"{name}-isolation", new PipelineIsolationArgs { Namespace = Namespace, MetadataServiceAllowed = args.MetadataServiceAllowed }, below);
        }

        RegisterOutputs();
    }

    private ServiceAccount MakeComputeAccount(string name, TowerComputeEnvironmentArgs args)
    {
        var metadata = new ObjectMetaArgs
        {
            Name = args.ComputeServiceAccount.Text,
            Namespace = Namespace,
            Labels = new Labels("tower-launcher", "compute").All,
        };
        if (args.IdentityAnnotations is { } annotations)
        {
            metadata.Annotations = annotations;
        }

        // Tasks run foreign code and have no business with the Kubernetes API; a cloud identity reaches them by a token of its own.
        return new ServiceAccount(
            name, new ServiceAccountArgs { Metadata = metadata, AutomountServiceAccountToken = false }, new CustomResourceOptions { Parent = this });
    }

    private SharedClaimArgs Claim(TowerScratch scratch, TowerComputeEnvironmentArgs args) => new()
    {
        ClaimName = scratch.ClaimName,
        Namespace = Namespace,
        Size = scratch.Size,
        Directory = scratch.Directory,
        Protected = args.Protected,
    };
}
