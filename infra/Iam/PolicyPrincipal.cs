using System.Collections.Immutable;

namespace Infra.Iam;

/// <summary>Who a resource policy or trust policy speaks about.</summary>
public sealed record PolicyPrincipal
{
    private PolicyPrincipal(string kind, ImmutableArray<string> identifiers)
    {
        Kind = kind;
        Identifiers = identifiers;
    }

    /// <summary><c>AWS</c>, <c>Service</c> or <c>Federated</c>.</summary>
    public string Kind { get; }

    public ImmutableArray<string> Identifiers { get; }

    public static PolicyPrincipal Service(params ImmutableArray<string> names) => new("Service", names);

    /// <summary>Accounts, users and roles by ARN.</summary>
    public static PolicyPrincipal Aws(params ImmutableArray<string> arns) => new("AWS", arns);

    /// <summary>An identity provider by ARN.</summary>
    public static PolicyPrincipal Federated(string providerArn) => new("Federated", [providerArn]);
}
