using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Routing;

namespace Infra.Workbench;

/// <summary>
/// The value <c>pod</c> of the chart: what the server's pod is told and given beyond what the chart mounts by itself. Secrets are named, never written.
/// </summary>
internal static class WorkbenchPod
{
    private const string DatabaseAuthority = "database-authority";
    private const string Directory = "directory";
    private const string DirectoryAuthority = "directory-authority";
    private const string ScimToken = "scim-token";

    // Until an upstream key takes Secrets (config.sssd.conf is written into the release's values), the directory from which the chart's own program copies
    // files to /etc/sssd/conf.d, owned by root and readable to it alone, is filled here (_helpers.tpl, rstudio-workbench.sssd.program).
    private const string ProvisioningDirectory = "/mnt/user-provisioning";

    /// <summary>The value.</summary>
    public static ImmutableDictionary<string, object> Value(WorkbenchPlan plan, WorkbenchObjects objects)
    {
        var environment = ImmutableArray.Create<object>(FromSecret("WORKBENCH_POSTGRES_PASSWORD", objects.DatabasePassword));
        if (objects.LicenseKey is { } key)
        {
            environment = environment.Add(FromSecret("RSW_LICENSE", key));
        }

        if (objects.ScimToken is { } token)
        {
            // Posit Workbench administration guide, "Managing Tokens", and rstudio/helm issue 497.
            environment = environment.Add(Spec.From(("name", "WORKBENCH_USER_SERVICE_AUTH_TOKEN_PATH"), ("value", $"/mnt/{ScimToken}/{token.Key}")));
        }

        var mounts = Mounts(objects).ToImmutableArray();
        return WorkbenchProfile.Given(
            ("env", environment),
            // The chart's checksums leave files of PAM out, and a file that is mounted alone never changes in a running pod.
            ("annotations", plan is { Rootless: false, SignIn.PamHash: { } hash } ? Spec.From((ConfigHash.Annotation, hash)) : null),
            ("runAsRoot", plan.Rootless ? (object)false : null),
            ("volumes", mounts.IsEmpty ? null : mounts.Select(mount => mount.Volume).ToImmutableArray<object>()),
            ("volumeMounts", mounts.IsEmpty ? null : mounts.Select(mount => mount.Mount).ToImmutableArray<object>()));
    }

    private static IEnumerable<(ImmutableDictionary<string, object> Volume, ImmutableDictionary<string, object> Mount)> Mounts(WorkbenchObjects objects)
    {
        if (objects.DatabaseAuthority is { } authority)
        {
            yield return (Secret(DatabaseAuthority, authority), Mount(DatabaseAuthority, WorkbenchValues.AuthorityDirectory));
        }

        if (objects.Directory is { } directory)
        {
            var sources = new[] { directory, objects.DirectoryBind }.OfType<SecretKeyName>().Select(file => (object)Spec.From(
                ("secret", Spec.From(("name", file.Name), ("items", Spec.List(Spec.From(("key", file.Key), ("path", file.Key))))))));
            yield return (
                Spec.From(("name", Directory), ("projected", Spec.From(("sources", sources.ToImmutableArray())))),
                Mount(Directory, ProvisioningDirectory));
        }

        if (objects.DirectoryAuthority is { } ldapAuthority)
        {
            yield return (Secret(DirectoryAuthority, ldapAuthority), Mount(DirectoryAuthority, WorkbenchDirectory.AuthorityDirectory));
        }

        if (objects.ScimToken is { } token)
        {
            yield return (Secret(ScimToken, token), Mount(ScimToken, $"/mnt/{ScimToken}"));
        }
    }

    private static ImmutableDictionary<string, object> FromSecret(string variable, SecretKeyName secret) => Spec.From(
        ("name", variable),
        ("valueFrom", Spec.From(("secretKeyRef", Spec.From(("name", secret.Name), ("key", secret.Key))))));

    private static ImmutableDictionary<string, object> Secret(string volume, SecretKeyName secret) =>
        Spec.From(("name", volume), ("secret", Spec.From(("secretName", secret.Name))));

    private static ImmutableDictionary<string, object> Mount(string volume, string path) =>
        Spec.From(("name", volume), ("mountPath", path), ("readOnly", true));
}
