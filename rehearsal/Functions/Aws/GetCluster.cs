using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>An EKS cluster that exists already, with an endpoint and an issuer of the real form.</summary>
internal sealed class GetCluster : IFunction
{
    public string Token => "aws:eks/getCluster:getCluster";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (name, region) = (arguments.TextOf("name") ?? "", Answer.Region(arguments, context));
        var id = Digits.Hex($"eks/{region}/{name}", 32).ToUpperInvariant();
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(name)), ("name", Answer.Text(name)), ("clusterId", Answer.Text(name)), ("region", Answer.Text(region)), ("status", Answer.Text("ACTIVE")),
            ("arn", Answer.Text($"arn:aws:eks:{region}:{Answer.Account}:cluster/{name}")),
            ("endpoint", Answer.Text($"https://{id}.gr7.{region}.eks.amazonaws.com")),
            ("version", Answer.Text(KubernetesVersions.Default)), ("platformVersion", Answer.Text("eks.1")),
            ("roleArn", Answer.Text($"arn:aws:iam::{Answer.Account}:role/{name}-cluster")),
            ("certificateAuthorities", new ListProperty([Answer.Object(("data", Answer.Text(RehearsedCertificate.Base64)))])),
            ("identities", new ListProperty([Answer.Object(("oidcs", new ListProperty([Answer.Object(("issuer", Answer.Text($"https://oidc.eks.{region}.amazonaws.com/id/{id}")))])))])),
            ("accessConfigs", new ListProperty([Answer.Object(("authenticationMode", Answer.Text("API")), ("bootstrapClusterCreatorAdminPermissions", BooleanProperty.False))])),
            ("vpcConfig", Answer.Object(
                ("vpcId", Answer.Text($"vpc-{Digits.Hex(name, 17)}")), ("clusterSecurityGroupId", Answer.Text($"sg-{Digits.Hex(name, 17)}")),
                ("endpointPrivateAccess", BooleanProperty.True), ("endpointPublicAccess", BooleanProperty.True), ("publicAccessCidrs", Answer.List([])),
                ("securityGroupIds", Answer.List([])), ("subnetIds", Answer.List(Enumerable.Range(1, 3).Select(i => $"subnet-{Digits.Hex($"{name}/{i}", 17)}"))))),
            ("kubernetesNetworkConfigs", new ListProperty([Answer.Object(
                ("ipFamily", Answer.Text("ipv4")), ("serviceIpv4Cidr", Answer.Text("172.20.0.0/16")), ("serviceIpv6Cidr", Answer.Text("")), ("elasticLoadBalancings", new ListProperty([])))])));
    }
}
