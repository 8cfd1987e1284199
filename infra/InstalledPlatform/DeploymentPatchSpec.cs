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

    public static DeploymentSpecPatchArgs Cron(StudiosPatchArgs args, Output<string> reads, Output<string> strategy) => new()
    {
        Strategy = new DeploymentStrategyPatchArgs { Type = strategy },
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
