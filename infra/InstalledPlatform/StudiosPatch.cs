using System.Collections.Immutable;
using Infra.Secrets;
using Infra.Versions;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Apps = Pulumi.Kubernetes.Apps.V1;

namespace Infra.InstalledPlatform;

/// <summary>The few fields of an installed Platform that Studios needs, held by server-side apply; the objects stay with their installer.</summary>
/// <remarks>
/// Destroying it gives the fields back, except for <c>tower.yml</c>: that file is one field, and giving it back would delete what the operator wrote in it.
/// </remarks>
public sealed class StudiosPatch : ComponentResource
{
    private const string Token = "platform:installedPlatform:StudiosPatch";

    /// <summary>What changes when the backend restarts; resolves before it is patched.</summary>
    [Output("backendReads")]
    public Output<string> BackendReads { get; private set; }

    /// <summary>What changes when cron restarts; resolves before it is patched.</summary>
    [Output("cronReads")]
    public Output<string> CronReads { get; private set; }

    public StudiosPatch(string name, StudiosPatchArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        var variables = args.Studios.Variables(VersionMatrix.Current);
        var towerYaml = args.Studios.TowerYaml(VersionMatrix.Current);
        List<Resource> files = [PatchVariables(name, args, variables)];
        if (towerYaml is not null)
        {
            files.Add(PatchTowerYaml(name, args, towerYaml));
        }

        var (backend, cron) = DeploymentReads.For(args, variables, towerYaml);
        BackendReads = backend;
        CronReads = cron;
        PatchDeployment(name, "backend", PatchedDeployment.Backend(args), DeploymentPatchSpec.Backend(args, backend), files);
        PatchDeployment(name, "cron", PatchedDeployment.Cron(args), DeploymentPatchSpec.Cron(args, cron), files);
        RegisterOutputs();
    }

    private ConfigMapPatch PatchVariables(string name, StudiosPatchArgs args, ImmutableSortedDictionary<string, string> variables)
    {
        InputMap<string> data = new();
        foreach (var (key, value) in variables)
        {
            data[key] = value;
        }

        if (args.SshFingerprint is { } fingerprint)
        {
            data[PlatformStudios.FingerprintVariable] = fingerprint;
        }

        return new ConfigMapPatch(
            $"{name}-variables",
            new ConfigMapPatchArgs { Metadata = Metadata(args, args.Layout.BackendConfigMap, args.TakeOver), Data = data },
            new CustomResourceOptions { Parent = this });
    }

    private ConfigMapPatch PatchTowerYaml(string name, StudiosPatchArgs args, string allowedWorkspaces)
    {
        var id = args.Namespace.Apply(namespaceName => $"{namespaceName}/{args.Layout.TowerYamlConfigMap}");
        var current = ConfigMap.Get($"{name}-current-tower-yml", id, new CustomResourceOptions { Parent = this });
        var text = current.Data.Apply(data => TowerYaml.WithAllowedWorkspaces(data?.GetValueOrDefault(TowerYaml.FileName), allowedWorkspaces));
        return new ConfigMapPatch(
            $"{name}-tower-yml",
            new ConfigMapPatchArgs
            {
                // Whatever another manager wrote is part of the text: taking the field over loses nothing.
                Metadata = Metadata(args, args.Layout.TowerYamlConfigMap, takeOver: true),
                Data = { [TowerYaml.FileName] = text },
            },
            new CustomResourceOptions { Parent = this, RetainOnDelete = true });
    }

    private void PatchDeployment(
        string name, string role, PatchedDeployment target, Pulumi.Kubernetes.Types.Inputs.Apps.V1.DeploymentSpecPatchArgs spec, List<Resource> files)
    {
        var namespaceName = target.Args.Namespace;
        var id = namespaceName.Apply(text => $"{text}/{target.Name}");
        var current = Apps.Deployment.Get($"{name}-current-{role}", id, new CustomResourceOptions { Parent = this });
        new Apps.DeploymentPatch(
            $"{name}-{role}",
            new Pulumi.Kubernetes.Types.Inputs.Apps.V1.DeploymentPatchArgs
            {
                Metadata = SettledPatch.Metadata(target.Checked(current), namespaceName, spec),
                Spec = spec,
            },
            // New pods read the ConfigMaps when they start: those must be right by then, and nothing in the Deployment refers to what is in them.
            SettledPatch.Options(this, files));
    }

    private static ObjectMetaPatchArgs Metadata(StudiosPatchArgs args, string objectName, bool takeOver)
    {
        var metadata = new ObjectMetaPatchArgs
        {
            Name = objectName,
            Namespace = args.Namespace,
            Annotations = { [FieldManager.Annotation] = FieldManager.Name },
        };
        if (takeOver)
        {
            metadata.Annotations[FieldManager.Force] = "true";
        }

        return metadata;
    }
}

/// <summary>Which Platform is told what.</summary>
public sealed class StudiosPatchArgs : ResourceArgs
{
    /// <summary>Namespace of the Platform.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Names of its objects.</summary>
    public required InstallLayout Layout { get; init; }

    /// <summary>What it must know.</summary>
    public required PlatformStudios Studios { get; init; }

    /// <summary>The token that connect-proxy registers itself with.</summary>
    public required SecretKeyRef RegistrationToken { get; init; }

    /// <summary>The key that signs OIDC tokens.</summary>
    public required SecretKeyRef SigningKey { get; init; }

    /// <summary>Fingerprint of connect-proxy's SSH key. Default none, as without SSH.</summary>
    public Output<string>? SshFingerprint { get; init; }

    /// <summary>Take fields over that another field manager holds with another value, instead of failing. Default false.</summary>
    /// <remarks>Of the Deployments the preview itself refuses them: their patches force, since a new one follows each old one.</remarks>
    public bool TakeOver { get; init; }
}
