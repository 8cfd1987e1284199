namespace Infra.LoadBalancing;

/// <summary>Order of the rules of a listener: a load balancer takes the first one that fits, and a wildcard fits the exact hosts beside it too.</summary>
public static class ListenerPriorities
{
    /// <summary>Largest priority of Elastic Load Balancing.</summary>
    public const int Last = 50_000;

    /// <summary>Wildcard rules lie in the last hundred.</summary>
    public const int FirstWildcard = Last - 99;

    /// <summary>Host names that one rule may compare; the default quota of condition values for a rule.</summary>
    public const int HostsPerRule = 5;

    /// <summary>The priority of a route's wildcard rule: in the order of the routes, behind every exact one.</summary>
    public static int OfWildcard(int priority) => FirstWildcard + (priority % (Last - FirstWildcard + 1));
}
