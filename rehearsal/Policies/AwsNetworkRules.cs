using System.Collections.Immutable;
using Rehearsal.Auditing;

namespace Rehearsal.Policies;

/// <summary>Who reaches what on AWS: security groups, subnets, balancers, instances, the API server of EKS.</summary>
/// <remarks>Ids: Checkov 3.3, CIS Amazon EKS Benchmark 1.8.</remarks>
internal static class AwsNetworkRules
{
    private const string IngressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    private const string EgressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
    private const string Balancer = "aws:lb/loadBalancer:LoadBalancer";
    private const string Listener = "aws:lb/listener:Listener";
    private const string LaunchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
    private const string Instance = "aws:ec2/instance:Instance";
    private const string Cluster = "aws:eks/cluster:Cluster";

    // docs.aws.amazon.com, Elastic Load Balancing, Security policies: those with TLS 1.2 and later only
    private static readonly string[] ModernPolicies = ["ELBSecurityPolicy-TLS13-1-2", "ELBSecurityPolicy-TLS13-1-3", "ELBSecurityPolicy-FS-1-2",
        "ELBSecurityPolicy-TLS-1-2"];

    // docs.aws.amazon.com, EKS, Send control plane logs to CloudWatch Logs
    private static readonly string[] LogTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        PolicyRule.Of(
            "aws/open-ssh", Severity.High,
            "Everybody on the internet reaches the port of SSH.",
            "Name the addresses, or use Session Manager.",
            "Checkov CKV_AWS_24, CIS AWS 3.0 5.2",
            IngressRule,
            resource => Open(resource, 22)),
        PolicyRule.Of(
            "aws/open-rdp", Severity.High,
            "Everybody on the internet reaches the port of RDP.",
            "Name the addresses, or use Session Manager.",
            "Checkov CKV_AWS_25, CIS AWS 3.0 5.2",
            IngressRule,
            resource => Open(resource, 3389)),
        PolicyRule.Of(
            "aws/open-all-ports", Severity.High,
            "Everybody on the internet reaches every port.",
            "Name the ports.",
            "Checkov CKV_AWS_277",
            IngressRule,
            resource => resource["ipProtocol"].When(protocol => IsWorld(resource) && (protocol.Text is "-1" or "all"))),
        PolicyRule.Of(
            "aws/open-data-ports", Severity.High,
            "Everybody on the internet reaches the port of a database, a cache or a file system.",
            "Name a security group instead of addresses.",
            "",
            IngressRule,
            resource => new[] { 988, 2049, 3306, 5432, 6379 }.SelectMany(port => Open(resource, port)).Take(1)),
        PolicyRule.Of(
            "aws/rule-description", Severity.Low,
            "Nobody can tell what the rule is for.",
            "Give a description.",
            "Checkov CKV_AWS_23",
            $"{IngressRule}, {EgressRule}, aws:ec2/securityGroup:SecurityGroup",
            resource => resource["description"].IfAbsent()),
        PolicyRule.Of(
            "aws/default-security-group", Severity.Medium,
            "The network's default security group, which everything without one gets, lets traffic through.",
            "Make a DefaultSecurityGroup without rules.",
            "Checkov CKV2_AWS_12, CIS AWS 3.0 5.4",
            "aws:ec2/vpc:Vpc",
            (resource, plan) => plan.OfType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
                .Any(group => group["ingress"].IsAbsent && group["egress"].IsAbsent && group.State.Dependencies.Contains(resource.Urn)) ? []
                    : [resource["id"]]),
        PolicyRule.Of(
            "aws/flow-logs", Severity.Medium,
            "Nobody can tell afterwards who talked to whom.",
            "Make a FlowLog of the network.",
            "Checkov CKV2_AWS_11, CIS AWS 3.0 3.7",
            "aws:ec2/vpc:Vpc",
            (resource, plan) => plan.OfType("aws:ec2/flowLog:FlowLog").Any(log => log.State.Dependencies.Contains(resource.Urn)) ? [] : [resource["id"]]),
        PolicyRule.Of(
            "aws/public-addresses", Severity.Medium,
            "Whatever starts in the subnet gets an address of the internet.",
            "Remove mapPublicIpOnLaunch.",
            "Checkov CKV_AWS_130",
            "aws:ec2/subnet:Subnet",
            resource => resource["mapPublicIpOnLaunch"].IfTrue()),
        PolicyRule.Of(
            "aws/balancer-invalid-headers", Severity.Medium,
            "The balancer passes malformed headers on, by which requests are smuggled.",
            "Set dropInvalidHeaderFields: true.",
            "Checkov CKV_AWS_131",
            Balancer,
            resource => IsApplication(resource) ? resource["dropInvalidHeaderFields"].UnlessTrue() : []),
        PolicyRule.Of(
            "aws/balancer-protection", Severity.Low,
            "One wrong command takes the balancer, and its address, away.",
            "Set enableDeletionProtection: true.",
            "Checkov CKV_AWS_150",
            Balancer,
            resource => resource.State.Protect ? [] : resource["enableDeletionProtection"].UnlessTrue()),
        PolicyRule.Of(
            "aws/listener-tls", Severity.High,
            "The balancer answers without TLS.",
            "Let the listener redirect to HTTPS.",
            "Checkov CKV_AWS_2, Checkov CKV2_AWS_20",
            Listener,
            resource => resource["protocol"].When(
                protocol => protocol.Text == "HTTP" && resource["defaultActions"].Items.All(action => action["type"].Text != "redirect"))),
        PolicyRule.Of(
            "aws/listener-tls-version", Severity.High,
            "The balancer speaks versions of TLS that are broken.",
            "Set sslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06.",
            "Checkov CKV_AWS_103",
            Listener,
            resource => resource["protocol"].Text is "HTTPS" or "TLS"
                ? resource["sslPolicy"].When(
                    policy => !policy.IsUnknown && !ModernPolicies.Any(known => policy.Text?.StartsWith(known, StringComparison.Ordinal) == true)) : []),
        PolicyRule.Of(
            "aws/imds", Severity.High,
            "A request that a program is tricked into reads the credentials of the machine (IMDSv1).",
            "Set metadataOptions.httpTokens: required.",
            "Checkov CKV_AWS_79, CIS AWS 3.0 5.6",
            $"{LaunchTemplate}, {Instance}",
            resource => resource.At("metadataOptions", "httpTokens").When(tokens => !tokens.IsUnknown && tokens.Text != "required")),
        PolicyRule.Of(
            "aws/imds-hops", Severity.Medium,
            "Pods of the machine read its credentials.",
            "Set metadataOptions.httpPutResponseHopLimit: 1.",
            "Checkov CKV_AWS_341",
            LaunchTemplate,
            resource => resource.At("metadataOptions", "httpPutResponseHopLimit").When(hops => hops.Number > 1)),
        PolicyRule.Of(
            "aws/public-machine", Severity.Medium,
            "The machine has an address of the internet.",
            "Remove associatePublicIpAddress.",
            "Checkov CKV_AWS_88",
            $"{LaunchTemplate}, {Instance}",
            resource => resource["associatePublicIpAddress"].IfTrue() .Concat(resource["networkInterfaces"].Items
                .SelectMany(card => card["associatePublicIpAddress"].IfTrue()))),
        PolicyRule.Of(
            "aws/machine-disk", Severity.High,
            "A disk of the machine is not encrypted.",
            "Set encrypted: true.",
            "Checkov CKV_AWS_8, Checkov CKV_AWS_3",
            $"{Instance}, {LaunchTemplate}, aws:ebs/volume:Volume",
            Disks),
        PolicyRule.Of(
            "aws/node-ssh", Severity.High,
            "Nodes answer SSH for everybody.",
            "Remove remoteAccess, or name sourceSecurityGroupIds.",
            "Checkov CKV_AWS_100, CIS EKS 5.4.3",
            "aws:eks/nodeGroup:NodeGroup",
            resource => resource.At("remoteAccess", "ec2SshKey").When(
                key => !key.IsAbsent && !key.IsUnknown && resource.At("remoteAccess", "sourceSecurityGroupIds").IsAbsent)),
        PolicyRule.Of(
            "aws/eks-logs", Severity.Medium,
            "The control plane does not say who did what.",
            "Enable all five kinds of logs.",
            "Checkov CKV_AWS_37, CIS EKS 2.1.1",
            Cluster,
            resource => resource["enabledClusterLogTypes"].When(types => !types.IsUnknown && LogTypes.Except(types.Texts).Any())),
        PolicyRule.Of(
            "aws/eks-open", Severity.High,
            "The API server answers everybody on the internet.",
            "List publicAccessCidrs, or set endpointPublicAccess: false.",
            "Checkov CKV_AWS_38, CIS EKS 5.4.1",
            Cluster,
            resource => resource.At("vpcConfig", "publicAccessCidrs").When(
                ranges => resource.At("vpcConfig", "endpointPublicAccess").Flag != false && !ranges.IsUnknown
                    && (ranges.IsAbsent || ranges.Texts.Contains("0.0.0.0/0", StringComparer.Ordinal)))),
        PolicyRule.Of(
            "aws/eks-public", Severity.Low,
            "The API server has an address of the internet.",
            "Set endpointPublicAccess: false.",
            "Checkov CKV_AWS_39, CIS EKS 5.4.2",
            Cluster,
            resource => resource.At("vpcConfig", "endpointPublicAccess").When(open => !open.IsUnknown && open.Flag != false)),
        PolicyRule.Of(
            "aws/eks-secrets", Severity.High,
            "Secrets of the cluster are not encrypted with a key of your own.",
            "Set encryptionConfig with the resource secrets.",
            "Checkov CKV_AWS_58, CIS EKS 5.3.1",
            Cluster,
            resource => resource["encryptionConfig"].When(encryption => !encryption.IsUnknown && !encryption["resources"].Texts.Contains("secrets"))),
    ];

    private static bool IsApplication(PlannedResource resource) => resource["loadBalancerType"].Text is null or "application";

    private static bool IsWorld(PlannedResource rule) => rule["cidrIpv4"].Text == "0.0.0.0/0" || rule["cidrIpv6"].Text == "::/0";

    private static IEnumerable<PropertyPlace> Open(PlannedResource rule, int port)
    {
        var isAll = rule["ipProtocol"].Text is "-1" or "all";
        return IsWorld(rule) && !isAll && rule["fromPort"].Number <= port && rule["toPort"].Number >= port ? [rule["fromPort"]] : [];
    }

    private static IEnumerable<PropertyPlace> Disks(PlannedResource resource) => resource.Type switch
    {
        Instance => resource["rootBlockDevice"]["encrypted"].UnlessTrue().Concat(resource["ebsBlockDevices"].Items
            .SelectMany(disk => disk["encrypted"].UnlessTrue())),
        LaunchTemplate => resource["blockDeviceMappings"].Items.Select(disk => disk["ebs"]).Where(disk => !disk.IsAbsent)
            .SelectMany(disk => disk["encrypted"].UnlessTrue()),
        _ => resource["encrypted"].UnlessTrue(),
    };
}
