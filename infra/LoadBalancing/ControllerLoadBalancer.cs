using Infra.Accounts;
using Infra.Dns;
using Pulumi;
using Pulumi.Aws.LB;

namespace Infra.LoadBalancing;

/// <summary>An Application Load Balancer that the AWS Load Balancer Controller made for Ingresses.</summary>
public static class ControllerLoadBalancer
{
    /// <summary>What records point at. The zone of a load balancer's name follows from its region: it is known before the load balancer.</summary>
    /// <param name="account">Account and region of the load balancer.</param>
    /// <param name="dnsName">Name from the status of the Ingress.</param>
    public static RecordTarget TargetOf(AwsAccount account, Output<string> dnsName)
    {
        var zone = GetHostedZoneId.Invoke(
            new GetHostedZoneIdInvokeArgs { LoadBalancerType = "application", Region = account.Region.Name }, new InvokeOptions { Provider = account.Provider });
        return new RecordTarget.LoadBalancer(dnsName, zone.Apply(found => found.Id));
    }
}
