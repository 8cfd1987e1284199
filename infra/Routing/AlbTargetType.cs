namespace Infra.Routing;

/// <summary>How an Application Load Balancer reaches pods.</summary>
public enum AlbTargetType
{
    /// <summary>Pod addresses; needs the Amazon VPC CNI and no node ports.</summary>
    Ip,

    /// <summary>Node ports.</summary>
    Instance,
}
