using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Secrets;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.InstalledPlatform;

/// <summary>The fields of the two Deployments that read the signing key.</summary>
internal static class DeploymentPatchSpec
{
    /// <summary>Name of the volume, as in the vendor's manifests.</summary>
    public const string Volume = "cert-volume";

    public static DeploymentSpecPatchArgs Backend(StudiosPatchArgs args, Output<string> reads)
    {
        var container = Container(args.Layout.BackendContainer, args.Layout);
        container.Env.Add(new EnvVarPatchArgs
        {
            Name = PlatformStudios.TokenVariable,
            ValueFrom = new EnvVarSourcePatchArgs
            {
                SecretKeyRef = new SecretKeySelectorPatchArgs { Name = args.RegistrationToken.SecretName, Key = args.RegistrationToken.Key },
            },
        });
        return new() { Template = Template(container, args.SigningKey, reads) };
    }

    public static DeploymentSpecPatchArgs Cron(StudiosPatchArgs args, Output<string> reads) => new()
    {
        Strategy = new DeploymentStrategyPatchArgs { Type = CronStrategy.Recreate },
        Template = Template(Container(args.Layout.CronContainer, args.Layout), args.SigningKey, reads),
    };

    private static ContainerPatchArgs Container(string name, InstallLayout layout) => new()
    {
        Name = name,
        Env = { new EnvVarPatchArgs { Name = PlatformStudios.PemVariable, Value = layout.PemPath } },
        VolumeMounts = { new VolumeMountPatchArgs { Name = Volume, MountPath = layout.PemDirectory, ReadOnly = true } },
    };

    private static PodTemplateSpecPatchArgs Template(ContainerPatchArgs container, SecretKeyRef signingKey, Output<string> reads) => new()
    {
        Metadata = new ObjectMetaPatchArgs { Annotations = { [ConfigHash.Annotation] = reads } },
        Spec = new PodSpecPatchArgs
        {
            Containers = { container },
            Volumes =
            {
                new VolumePatchArgs
                {
                    Name = Volume,
                    // One key only: the chart's own volume shows the backend's whole Secret, database password included.
                    Secret = new SecretVolumeSourcePatchArgs
                    {
                        SecretName = signingKey.SecretName,
                        Items = { new KeyToPathPatchArgs { Key = signingKey.Key, Path = "oidc.pem" } },
                    },
                },
            },
        },
    };
}

/// <summary>How cron is replaced: the old pod must be gone before the new one starts, because two would run every job twice.</summary>
public static class CronStrategy
{
    /// <summary>The only strategy of Kubernetes that waits for the old pod's end.</summary>
    public const string Recreate = "Recreate";

    /// <summary>Lets a cron pass that has no rolling strategy, and tells what to do about one that has.</summary>
    /// <remarks>
    /// The API server refuses <c>Recreate</c> beside the numbers of a rolling update, which it fills in itself, and server-side apply cannot remove a field
    /// that
    /// nobody applied: only a patch of the whole strategy can (kubernetes/kubernetes#24198, pulumi/pulumi-kubernetes#2843).
    /// </remarks>
    /// <param name="current">Strategy of the Deployment as it is; null where it is unknown.</param>
    /// <param name="namespaceName">Namespace of the Platform.</param>
    /// <param name="deployment">Name of cron's Deployment.</param>
    public static string Require(string? current, string namespaceName, string deployment) => current is null or Recreate
        ? Recreate
        : throw new RunException(
            $"Deployment {namespaceName}/{deployment} replaces its pods by {current}, so that two crons would run for a while and do every job twice. It must "
                + $"be {Recreate}, which cannot be "
            + $"patched in from here. Run once: kubectl --namespace {namespaceName} patch deployment {deployment} --type json "
            + """--patch '[{"op": "replace", "path": "/spec/strategy", "value": {"type": "Recreate"}}]'""");
}

/// <summary>Hashes of exactly what backend and cron read of the things that Studios brings.</summary>
internal static class DeploymentReads
{
    public static (Output<string> Backend, Output<string> Cron) For(
        StudiosPatchArgs args,
        ImmutableSortedDictionary<string, string> variables,
        string? towerYaml)
    {
        var both = towerYaml is null
            ? ImmutableDictionary<string, string>.Empty
            : ImmutableDictionary.CreateRange([KeyValuePair.Create(TowerYaml.FileName, towerYaml)]);
        var key = args.SigningKey.Version.Apply(version => both.Add("signing-key", version));
        var configMap = (args.SshFingerprint ?? Output.Create("")).Apply(fingerprint =>
            variables.ToImmutableDictionary().Add(PlatformStudios.FingerprintVariable, fingerprint));
        var backend = Output.Tuple(key, configMap, args.RegistrationToken.Version).Apply(reads =>
            ConfigHash.Compute(reads.Item1.AddRange(reads.Item2).Add("registration-token", reads.Item3)));
        var cron = args.Layout.CronReadsBackendConfigMap
            ? Output.Tuple(key, configMap).Apply(reads => ConfigHash.Compute(reads.Item1.AddRange(reads.Item2)))
            : key.Apply(reads => ConfigHash.Compute(reads));
        return (backend, cron);
    }
}
