using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Enumeration;
using Rehearsal.Comparing;
using Rehearsal.Wire;

namespace Rehearsal.Auditing;

/// <summary>What somebody may do in a cloud after a change: statements of policies, attachments, roles and members.</summary>
internal static class IamRules
{
    private static readonly FrozenSet<string> Owners = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "roles/owner", "roles/editor",
        "roles/iam.securityAdmin", "roles/resourcemanager.organizationAdmin", "roles/resourcemanager.projectIamAdmin", "AdministratorAccess",
        "IAMFullAccess", "PowerUserAccess", "AmazonEKSClusterAdminPolicy");

    /// <summary>Kinds that give somebody something that others declare, and the property that says what.</summary>
    private static readonly FrozenDictionary<string, string> Grants = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RolePolicyAttachment"] = "policyArn",
        ["UserPolicyAttachment"] = "policyArn",
        ["GroupPolicyAttachment"] = "policyArn",
        ["PolicyAttachment"] = "policyArn",
        ["AccessPolicyAssociation"] = "policyArn",
        ["PodIdentityAssociation"] = "roleArn",
        ["Permission"] = "action",
        ["Grant"] = "operations",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Wildcard(ResourceChange change) => !IsCloud(change) ? []
        : New(change).Where(statement => statement.IsUnlimited).Select(statement => statement.ToString()).Concat(Given(change).Where(IsOwner));

    public static IEnumerable<string> Widened(ResourceChange change)
    {
        if (!IsCloud(change) || change.Old is null || change.New is null)
        {
            return [];
        }
        var denied = Statements(change.New.Inputs()).Where(statement => !statement.Allows).ToArray();
        return New(change).Select(statement => statement.ToString())
            .Concat(Statements(change.Old.Inputs()).Where(statement => !statement.Allows && !Array.Exists(denied, now => now.Covers(statement)))
                .Select(statement => $"no longer refused: {statement}"))
            .Concat(Given(change));
    }

    public static IEnumerable<string> Granted(ResourceChange change)
    {
        if (!IsCloud(change) || change.Old is not null || change.New is null)
        {
            return [];
        }
        var allowed = New(change).Count(statement => statement.Allows);
        return Given(change).Concat(allowed == 0 ? [] : [$"{allowed} {(allowed == 1 ? "statement allows" : "statements allow")} something"]);
    }

    // Of an ARN its last part
    private static bool IsOwner(string given)
        => Owners.Contains(given.StartsWith("roles/", StringComparison.Ordinal) ? given : given[(given.LastIndexOf('/') + 1)..]);

    private static bool IsCloud(ResourceChange change) => change.IsReal && Types.Package(change.Type) is not ("kubernetes" or "random" or "tls");

    // Statements that allow something which no statement allowed before
    private static IEnumerable<Statement> New(ResourceChange change)
    {
        var before = Statements(change.Old.Inputs()).Where(statement => statement.Allows).ToArray();
        return Statements(change.New.Inputs()).Where(statement => statement.Allows && !Array.Exists(before, old => old.Covers(statement)));
    }

    private static IEnumerable<Statement> Statements(PropertyMap inputs)
        => inputs.Documents().SelectMany(document => document.Document.Maps("Statement")).Select(statement => new Statement(statement));

    // What is attached, and who becomes a member of what; only what was not so before
    private static IEnumerable<string> Given(ResourceChange change)
    {
        var (old, @new, kind) = (change.Old.Inputs(), change.New.Inputs(), Types.Kind(change.Type));
        if (Grants.TryGetValue(kind, out var property))
        {
            return @new.Texts(property).Except(old.Texts(property), StringComparer.Ordinal);
        }
        if (kind.Contains("IAM", StringComparison.Ordinal) && (kind.EndsWith("Member", StringComparison.Ordinal)
            || kind.EndsWith("Binding", StringComparison.Ordinal)
            || kind.EndsWith("IamMember", StringComparison.Ordinal)))
        {
            var role = @new.Text("role") ?? "a role that only a deployment knows";
            string[] members = [.. @new.Texts("members").Concat(@new.Texts("member"))];
            if (old.Text("role") == @new.Text("role"))
            {
                members = [.. members.Except(old.Texts("members").Concat(old.Texts("member")), StringComparer.Ordinal)];
                return members.Length == 0 && change.Old is not null ? [] : [role, .. members.Select(member => $"{member} as {role}")];
            }
            return [role, .. members.Select(member => $"{member} as {role}")];
        }
        return @new.Texts("managedPolicyArns").Except(old.Texts("managedPolicyArns"), StringComparer.Ordinal)
            .Concat(kind is "Role" or "IAMCustomRole" or "OrganizationsIAMCustomRole" ? @new.Texts("permissions")
                .Except(old.Texts("permissions"), StringComparer.Ordinal) : []);
    }

    /// <summary>One statement of a policy in the form of AWS.</summary>
    private sealed class Statement(PropertyMap statement)
    {
        private readonly ImmutableArray<string> _actions = [.. statement.Texts("Action")];
        private readonly ImmutableArray<string> _resources = [.. statement.Texts("Resource")];
        private readonly ImmutableArray<string> _principals = [.. Principals(statement.At("Principal"))];
        private readonly string _conditions = statement.Find("Condition")?.ToString() ?? "";
        private readonly string _excluded = string.Join('\n', new[] { "NotAction", "NotResource", "NotPrincipal" }.Select(key
            => statement.Find(key)?.ToString()));

        public bool Allows { get; } = statement.Text("Effect") != "Deny";

        /// <summary>Whether it lets everything be done, or everybody do it.</summary>
        public bool IsUnlimited => Allows && _conditions.Length == 0
            && (_actions.Any(action => action is "*" or "*:*") && (_resources.IsEmpty || _resources.Contains("*")) || _principals.Contains("*"));

        /// <summary>Whether all that the other one says follows from this one.</summary>
        public bool Covers(Statement other) => (_conditions.Length == 0 || _conditions == other._conditions) && _excluded == other._excluded
            && Cover(_actions, other._actions, ignoreCase: true) && Cover(_resources, other._resources, ignoreCase: false)
            && Cover(_principals, other._principals, ignoreCase: false);

        public override string ToString()
        {
            var who = _principals.IsEmpty ? "" : $"{string.Join(", ", _principals)}: ";
            var actions = _actions.IsEmpty ? "all but some actions" : string.Join(", ", _actions);
            return $"{who}{actions}{(_resources.IsEmpty ? "" : $" on {string.Join(", ", _resources)}")}{(_conditions.Length == 0 ? "" : " under conditions")}";
        }

        private static bool Cover(ImmutableArray<string> wide, ImmutableArray<string> narrow, bool ignoreCase)
            => narrow.All(text => wide.Any(pattern => pattern == "*" || FileSystemName.MatchesSimpleExpression(
                pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase)));

        // "*", {"AWS": "arn:…"}, {"Service": ["a", "b"]}
        private static IEnumerable<string> Principals(PropertyValue? value) => value is ObjectProperty kinds
            ? kinds.Properties.SelectMany(kind => Reading.Items(kind.Value).OfType<StringProperty>()).Select(text => text.Value)
            : Reading.Items(value).OfType<StringProperty>().Select(text => text.Value);
    }
}
