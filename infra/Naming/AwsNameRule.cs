namespace Infra.Naming;

/// <summary>What AWS demands of the name of one kind of resource.</summary>
/// <param name="Kind">The kind in AWS's words, for messages.</param>
/// <param name="MaximumLength">Longest name in characters.</param>
/// <param name="LowerCase">Capital letters are refused or folded.</param>
/// <param name="StartsWithLetter">A leading digit is refused.</param>
public sealed record AwsNameRule(string Kind, int MaximumLength, bool LowerCase, bool StartsWithLetter)
{
    /// <summary>EKS API reference, CreateCluster, <c>name</c>: 100 characters. A third of them is left for what is derived from the name.</summary>
    public static AwsNameRule EksCluster { get; } = new("EKS cluster", 64, LowerCase: false, StartsWithLetter: false);

    /// <summary>ElastiCache API reference, CreateReplicationGroup, <c>ReplicationGroupId</c>: 40 characters, a letter first, no two hyphens in a row, none at the end.</summary>
    public static AwsNameRule ReplicationGroup { get; } = new("ElastiCache replication group", 40, LowerCase: true, StartsWithLetter: true);

    /// <summary>RDS API reference, CreateDBInstance, <c>DBInstanceIdentifier</c>: 63 characters, a letter first, no two hyphens in a row, none at the end.</summary>
    public static AwsNameRule DatabaseInstance { get; } = new("RDS instance", 63, LowerCase: true, StartsWithLetter: true);
}
