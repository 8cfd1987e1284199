namespace Infra.Iam;

/// <summary>What an IAM principal is.</summary>
public enum IamPrincipalKind
{
    User,

    Role,
}
