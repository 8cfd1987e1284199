using System.Collections.Immutable;

namespace Rehearsal.Auditing;

/// <summary>Every rule of an audit; which changes meet one is said in the file of its subject.</summary>
internal static class Rules
{
    public static readonly ImmutableArray<Rule> All =
    [
        new("stateful-deleted", Severity.Critical, "Something that holds data is deleted",
            "What it holds is gone with it, and only a backup brings it back.", StatefulRules.Deleted),
        new("stateful-replaced", Severity.Critical, "Something that holds data is replaced",
            "The new one begins empty, and what the old one holds is gone unless it is copied before.", StatefulRules.Replaced),
        new("protected-gone", Severity.High, "Something protected is deleted or replaced",
            "Somebody marked it so that it stays, and Pulumi refuses until that mark is taken away.", StatefulRules.ProtectedGone),
        new("stateful-forgotten", Severity.Medium, "Something that holds data is no longer managed",
            "It stays where it is and goes on costing, and nobody keeps it up from here on.", StatefulRules.Forgotten),
        new("unknown-gone", Severity.Medium, "Something of a kind that is not known here is deleted or replaced",
            "Whether it holds anything nobody here can tell: look it up.", StatefulRules.UnknownGone),
        new("public-exposure", Severity.Critical, "Something becomes reachable for everybody",
            "Whoever finds the address can try it, and scanners find it within minutes.", ExposureRules.Public),
        new("network-widened", Severity.High, "More can be reached over the network",
            "A connection that was refused before is let through.", ExposureRules.Network),
        new("iam-wildcard", Severity.Critical, "A permission of a cloud without limits is granted",
            "Who holds it can do everything, also what nobody thought of.", IamRules.Wildcard),
        new("iam-widened", Severity.High, "Permissions of a cloud grow",
            "Somebody may do what was refused before.", IamRules.Widened),
        new("iam-granted", Severity.Medium, "New permissions of a cloud are granted",
            "Check that who gets them needs all of them.", IamRules.Granted),
        new("rbac-wildcard", Severity.Critical, "A permission of a cluster without limits is granted",
            "Who holds it can do everything in the cluster, read every Secret included.", RbacRules.Wildcard),
        new("rbac-widened", Severity.High, "Permissions of a cluster grow",
            "Somebody may do what the API server refused before.", RbacRules.Widened),
        new("rbac-granted", Severity.Medium, "New permissions of a cluster are granted",
            "Check that who gets them needs all of them.", RbacRules.Granted),
        new("pod-privileges-widened", Severity.High, "Containers get more rights on their node",
            "Who breaks out of the container has the node and what else runs there.", WorkloadRules.Privileges),
        new("protection-removed", Severity.High, "A protection against loss is taken away",
            "The next mistake deletes what this one could not.", WeakenedRules.Protection),
        new("encryption-weakened", Severity.High, "Encryption is taken away or weakened",
            "Data can be read on its way or at rest by who could not before.", WeakenedRules.Encryption),
        new("logging-removed", Severity.Medium, "Logs are taken away",
            "What happens from here on cannot be looked up afterwards.", WeakenedRules.Logging),
        new("secrecy-removed", Severity.High, "An output is no longer kept as a secret",
            "It stands in the open in the state, and whoever reads the stack's outputs sees it.", SecretRules.SecrecyRemoved),
        new("key-rotated", Severity.Medium, "A key or certificate is made anew",
            "What was signed or trusted with the old one is no longer accepted.", SecretRules.Key),
        new("secret-rotated", Severity.Medium, "A secret changes",
            "Whoever uses the old value is refused until it has the new one.", SecretRules.Secret),
        new("workload-replaced", Severity.High, "A workload or its address is replaced",
            "It is gone until the new one runs: all its pods stop, or its address changes.", WorkloadRules.Replaced),
        new("single-replica-downtime", Severity.Medium, "The only replica goes down",
            "There is no second one that answers while it restarts.", WorkloadRules.Downtime),
        new("version-changed", Severity.Medium, "The version of a service changes",
            "Most services cannot go back to the version before.", WorkloadRules.Version),
        new("chart-changed", Severity.Low, "A chart changes", "Read its release notes: charts rename values and resources.", WorkloadRules.Chart),
        new("image-changed", Severity.Low, "Another image runs", "Other software runs from here on: check where it comes from.", WorkloadRules.Image),
        new("restarted", Severity.Low, "Something restarts", "Connections end and come back.", WorkloadRules.Restarted),
    ];
}

/// <summary>Words by which the rules know types: package, module and kind, with a star for any text.</summary>
internal static class Types
{
    /// <summary>The last part of a type token: <c>StatefulSet</c>.</summary>
    public static string Kind(string type) => type[(type.LastIndexOf(':') + 1)..];

    public static string Package(string type) => type.Split(':', 2)[0];

    /// <summary>Whether a type is of a package and has one of these kinds.</summary>
    public static bool Is(string type, string package, params ReadOnlySpan<string> kinds) => Package(type) == package && kinds.Contains(Kind(type));
}
