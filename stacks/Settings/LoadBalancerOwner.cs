namespace Stacks.Settings;

/// <summary>Who makes the load balancer in front of the platform.</summary>
public enum LoadBalancerOwner
{
    /// <summary>This stack: its address is known before anything runs on the cluster, and it shows in every preview.</summary>
    Stack,

    /// <summary>The AWS Load Balancer Controller, from Ingress objects; records follow the address in their status.</summary>
    Ingress,
}
