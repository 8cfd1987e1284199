using Infra.Accounts;
using Pulumi;

namespace Infra.Clusters;

/// <summary>An EKS cluster, made by this program or adopted: what IAM roles and access entries need to know of it.</summary>
public interface IEksCluster : ICluster, IVpcCluster, IApiServer, IIamRolesForServiceAccounts, IRegional
{
    AwsAccount Account { get; }

    Output<string> Arn { get; }

    /// <summary>Decides whether a principal is let in by an access entry or by the <c>aws-auth</c> config map.</summary>
    EksAuthenticationMode AuthenticationMode { get; }
}
