using System.Collections.Immutable;
using System.Text.Json;
using Infra.Manifests;
using Pulumi;
using Pulumi.Kubernetes.Types.Outputs.Apps.V1;
using Pulumi.Kubernetes.Types.Outputs.Core.V1;
using Pulumi.Kubernetes.Types.Outputs.Meta.V1;

namespace Infra.InstalledPlatform;

/// <summary>A Deployment of the Platform that is patched: what the patch names and sets in it, checked against what a preview reads of it.</summary>
/// <param name="Args">What is patched in.</param>
/// <param name="Name">Name of the Deployment.</param>
/// <param name="Container">The container that the patch sets something in; under another name the API server would take it for a new one without image.</param>
/// <param name="ContainerKey">The setting that names the container.</param>
/// <param name="ReadsToken">Whether the container reads the registration token too.</param>
/// <param name="IsCron">Whether it must never run twice, see <see cref="CronStrategy"/>.</param>
internal sealed record PatchedDeployment(StudiosPatchArgs Args, string Name, string Container, string ContainerKey, bool ReadsToken, bool IsCron)
{
    public static PatchedDeployment Backend(StudiosPatchArgs args) =>
        new(args, args.Layout.BackendDeployment, args.Layout.BackendContainer, "backendContainer", ReadsToken: true, IsCron: false);

    public static PatchedDeployment Cron(StudiosPatchArgs args) =>
        new(args, args.Layout.CronDeployment, args.Layout.CronContainer, "cronContainer", ReadsToken: false, IsCron: true);

    /// <summary>The name of the Deployment; in an update it is given out after the check only.</summary>
    /// <param name="live">The Deployment as it is.</param>
    public Input<string> Checked(Pulumi.Kubernetes.Apps.V1.Deployment live)
    {
        var check = Output.Tuple(live.Spec, FieldOwners.Of(live), Args.Namespace.ToOutput(), Args.SigningKey.SecretName, Args.RegistrationToken.SecretName)
            .Apply(known => Require(known.Item1, known.Item2, known.Item3, known.Item4, known.Item5));
        // A preview stops at what the check throws, and must not hide the name where nothing could be read.
        return Pulumi.Deployment.Instance.IsDryRun ? Name : check;
    }

    private string Require(DeploymentSpec? live, FieldOwners owners, string namespaceName, string keySecret, string tokenSecret)
    {
        if (IsCron)
        {
            CronStrategy.Require(live?.Strategy?.Type, namespaceName, Name);
        }

        // A rehearsal without answers reads nothing.
        if (live?.Template?.Spec is not { Containers: { IsDefaultOrEmpty: false } containers } pod)
        {
            return Name;
        }

        var problems = containers.FirstOrDefault(container => container.Name == Container) is { } found
            ? Conflicts(found, pod, owners, keySecret, tokenSecret)
            :
            [
                $"it has no container '{Container}', only {string.Join(" and ", containers.Select(container => $"'{container.Name}'"))}: "
                    + $"set {Setting($"names.{ContainerKey}")} to the one that runs Seqera Platform.",
            ];
        var lines = problems.Select(problem => $"Deployment {namespaceName}/{Name}: {problem}").ToImmutableArray();
        return lines.IsEmpty ? Name : throw new RunException(string.Join('\n', lines));
    }

    private IEnumerable<string> Conflicts(Container found, PodSpec pod, FieldOwners owners, string keySecret, string tokenSecret)
    {
        IEnumerable<string?> all =
        [
            Variable(found, owners, PlatformStudios.PemVariable, entry => entry.ValueFrom is null, entry => entry.Value == Args.Layout.PemPath),
            ReadsToken
                ? Variable(
                    found,
                    owners,
                    PlatformStudios.TokenVariable,
                    entry => string.IsNullOrEmpty(entry.Value) && entry.ValueFrom is { ConfigMapKeyRef: null, FieldRef: null, ResourceFieldRef: null },
                    entry => entry.ValueFrom.SecretKeyRef is { } source && source.Name == tokenSecret && source.Key == Args.RegistrationToken.Key)
                : null,
            Volume(pod, owners, keySecret),
            Mount(found, owners),
        ];
        return all.OfType<string>();
    }

    private string? Variable(Container found, FieldOwners owners, string name, Func<EnvVar, bool> sameForm, Func<EnvVar, bool> same)
    {
        var entry = found.Env.IsDefault ? null : found.Env.FirstOrDefault(variable => variable.Name == name);
        return entry is null || (sameForm(entry) && same(entry))
            ? null
            : Conflict(
                $"the variable {name} of container '{Container}' has another value",
                owners.Others("f:containers", FieldOwners.Key("name", Container), "f:env", FieldOwners.Key("name", name)),
                sameForm(entry));
    }

    private string? Volume(PodSpec pod, FieldOwners owners, string keySecret)
    {
        var entry = pod.Volumes.IsDefault ? null : pod.Volumes.FirstOrDefault(volume => volume.Name == DeploymentPatchSpec.Volume);
        return entry is null || entry.Secret is { Items: { IsDefault: false, Length: 1 } items } secret && secret.SecretName == keySecret
            && items[0].Key == Args.SigningKey.Key
            ? null
            : Conflict(
                $"the volume '{DeploymentPatchSpec.Volume}' shows something else than '{Args.SigningKey.Key}' of the Secret '{keySecret}'",
                owners.Others("f:volumes", FieldOwners.Key("name", DeploymentPatchSpec.Volume)),
                entry.Secret is not null);
    }

    private string? Mount(Container found, FieldOwners owners)
    {
        var entry = found.VolumeMounts.IsDefault ? null : found.VolumeMounts.FirstOrDefault(mount => mount.MountPath.TrimEnd('/') == Args.Layout.PemDirectory);
        return entry is null || (entry.Name == DeploymentPatchSpec.Volume && string.IsNullOrEmpty(entry.SubPath))
            ? null
            : Conflict(
                $"container '{Container}' mounts the volume '{entry.Name}' at {entry.MountPath}",
                owners.Others("f:containers", FieldOwners.Key("name", Container), "f:volumeMounts", FieldOwners.Key("mountPath", entry.MountPath)),
                entry.MountPath == Args.Layout.PemDirectory && string.IsNullOrEmpty(entry.SubPath));
    }

    // Never the value: it may be a token that somebody wrote in the open.
    private string? Conflict(string what, string? others, bool canBeTakenOver) => (others, Args.TakeOver && canBeTakenOver) switch
    {
        (null, _) or (_, true) => null,
        _ when canBeTakenOver => $"{what}, set by {others}. Remove it there, or set {Setting("takeOver")}: true to put the one of this program in its place.",
        _ => $"{what}, set by {others} in a form that nothing can be put in the place of. Remove it there.",
    };

    private static string Setting(string key) => $"platform:studios.platform.{key}";
}

/// <summary>Who holds which field of an object's pod template, as the API server notes it (server-side apply, <c>FieldsV1</c>).</summary>
internal sealed class FieldOwners
{
    // { "f:spec": { "f:template": { "f:spec": { "f:containers": { "k:{\"name\":\"backend\"}": { "f:env": { "k:{\"name\":\"A\"}": { … } } } } } } } }
    private static readonly string[] PodSpec = ["f:spec", "f:template", "f:spec"];

    private readonly ImmutableArray<ManagedFieldsEntry> _entries;

    private FieldOwners(ObjectMeta? metadata) => _entries = metadata is { ManagedFields: { IsDefault: false } entries } ? entries : [];

    /// <summary>The owners of a Deployment's fields; nobody is known where only its spec can be read.</summary>
    public static Output<FieldOwners> Of(Pulumi.Kubernetes.Apps.V1.Deployment live) =>
        Planned.Or(live.Metadata.Apply(metadata => new FieldOwners(metadata)), new FieldOwners(null));

    /// <summary>The step of a path into a list: the entry with a key.</summary>
    public static string Key(string name, string value) => $"k:{{\"{name}\":{JsonSerializer.Serialize(value)}}}";

    /// <summary>Who else holds a field of the pod template, for a sentence; null when only this program does.</summary>
    public string? Others(params ReadOnlySpan<string> path)
    {
        string[] whole = [.. PodSpec, .. path];
        var holders = _entries.Where(entry => Holds(entry.FieldsV1, whole)).Select(entry => entry.Manager).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var others = holders.Where(holder => !FieldManager.IsOurs(holder)).ToImmutableArray();
        return others.IsEmpty ? holders.IsEmpty ? "somebody else" : null : string.Join(" and ", others.Select(holder => $"'{holder}'"));
    }

    private static bool Holds(JsonElement fields, string[] path)
    {
        foreach (var step in path)
        {
            if (fields.ValueKind != JsonValueKind.Object || !fields.TryGetProperty(step, out fields))
            {
                return false;
            }
        }

        return true;
    }
}
