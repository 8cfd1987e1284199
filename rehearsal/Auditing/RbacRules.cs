using System.Collections.Immutable;
using Rehearsal.Comparing;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Auditing;

/// <summary>What somebody may do in a Kubernetes cluster after a change.</summary>
internal static class RbacRules
{
    private const string Unlimited = "cluster-admin";

    /// <summary>Annotations by which an account in the cluster gets an identity of the cloud.</summary>
    private static readonly string[] Identities =
        ["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id"];

    public static IEnumerable<string> Wildcard(ResourceChange change) => change.New is null || !change.IsReal ? []
        : NewRules(change).Where(rule => rule.IsUnlimited).Select(rule => rule.ToString())
            .Concat(change.New.Inputs().Text("roleRef.name") == Unlimited ? NewSubjects(change) : []);

    public static IEnumerable<string> Widened(ResourceChange change)
    {
        if (change.Old is null || change.New is null || !IsKubernetes(change))
        {
            return [];
        }
        var (old, @new) = (change.Old.Inputs(), change.New.Inputs());
        return NewRules(change).Select(rule => rule.ToString()).Concat(NewSubjects(change)).Concat(Identities
            .Select(annotation => (Annotation: annotation, Path: PropertyPath.Join("metadata.annotations", annotation)))
            .Where(identity => @new.At(identity.Path) is not null && !Differ.Same(old.At(identity.Path), @new.At(identity.Path)))
            .Select(identity => $"{identity.Annotation} names another identity"));
    }

    public static IEnumerable<string> Granted(ResourceChange change) => change.Kind != ChangeKind.Create || !IsKubernetes(change) ? []
        : NewRules(change).Select(rule => rule.ToString()).Concat(NewSubjects(change));

    private static bool IsKubernetes(ResourceChange change) => Types.Package(change.Type) == "kubernetes" && change.IsReal;

    private static IEnumerable<Allowed> NewRules(ResourceChange change)
    {
        if (!Types.Is(change.Type, "kubernetes", "Role", "ClusterRole", "RolePatch", "ClusterRolePatch"))
        {
            return [];
        }
        var before = Rules(change.Old.Inputs()).ToArray();
        return Rules(change.New.Inputs()).Where(rule => !Array.Exists(before, old => old.Covers(rule)));
    }

    private static IEnumerable<Allowed> Rules(PropertyMap inputs) => inputs.Maps("rules").Select(rule => new Allowed(rule));

    private static IEnumerable<string> NewSubjects(ResourceChange change)
    {
        if (!Types.Is(change.Type, "kubernetes", "RoleBinding", "ClusterRoleBinding", "RoleBindingPatch", "ClusterRoleBindingPatch"))
        {
            return [];
        }
        var (old, @new) = (change.Old.Inputs(), change.New.Inputs());
        var role = $"{@new.Text("roleRef.kind") ?? "role"} {@new.Text("roleRef.name") ?? "that only a deployment knows"}";
        var subjects = @new.Maps("subjects").Select(Subject);
        return (Differ.Same(old.At("roleRef"), @new.At("roleRef")) ? subjects.Except(old.Maps("subjects").Select(Subject), StringComparer.Ordinal) : subjects)
            .Select(subject => $"{subject} as {role}");
    }

    private static string Subject(PropertyMap subject)
        => $"{subject.Text("kind")} {(subject.Text("namespace") is { } place ? $"{place}/" : "")}{subject.Text("name") ?? "that only a deployment knows"}";

    /// <summary>One rule of a role.</summary>
    private sealed class Allowed(PropertyMap rule)
    {
        private readonly ImmutableArray<string> _verbs = [.. rule.Texts("verbs")];
        private readonly ImmutableArray<string> _groups = [.. rule.Texts("apiGroups")];
        private readonly ImmutableArray<string> _resources = [.. rule.Texts("resources"), .. rule.Texts("nonResourceURLs")];
        private readonly ImmutableArray<string> _names = [.. rule.Texts("resourceNames")];

        public bool IsUnlimited => _verbs.Contains("*") && _resources.Contains("*");

        public bool Covers(Allowed other) => Cover(_verbs, other._verbs) && Cover(_groups, other._groups) && Cover(_resources, other._resources)
            && (_names.IsEmpty || (!other._names.IsEmpty && Cover(_names, other._names)));

        public override string ToString() => $"{string.Join(", ", _verbs)} of {string.Join(", ", _resources)}"
            + $"{(_groups.All(string.IsNullOrEmpty) ? "" : $" in {string.Join(", ", _groups.Select(group => group.Length == 0 ? "core" : group))}")}"
            + $"{(_names.IsEmpty ? "" : $" named {string.Join(", ", _names)}")}";

        private static bool Cover(ImmutableArray<string> wide, ImmutableArray<string> narrow) => wide.Contains("*") || narrow.All(text => wide.Contains(text));
    }
}
