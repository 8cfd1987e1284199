using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Dns;
using Infra.Encryption;
using Infra.Iam;
using Infra.LoadBalancing;
using Infra.Manifests;
using Infra.Networks;
using Infra.Routing;
using Infra.Tower;
using Pulumi;
using Tests.Support;

namespace Tests.Infra;

// Promise: a component makes these resources and no others, under these names: an engine finds what it made by them.
public sealed class AwsChildrenTests
{
    [Fact]
    public async Task AwsAccount_HasTheseChildren() =>
        (await Deployed.Of(options => AwsParts.Account(options))).Lineages.ShouldBe([
            "platform:accounts:AwsAccount$pulumi:providers:aws::aws-provider",
            "platform:accounts:AwsAccount::aws",
        ]);

    [Fact]
    public async Task VpcNetwork_HasTheseChildren() =>
        (
            await Deployed.Of(options => new VpcNetwork(
                "network",
                new VpcNetworkArgs
                {
                    Account = AwsParts.Account(),
                    Block = Ipv4Block.Parse("10.20.0.0/16"),
                    DisplayName = "studio-test",
                    InterfaceEndpoints = ["sts"],
                    Nat = NatStrategy.Single,
                    ZoneCount = 2,
                },
                options))
        ).Lineages.ShouldBe([
            "platform:networks:VpcNetwork$aws:ec2/defaultSecurityGroup:DefaultSecurityGroup::network-default-security-group",
            "platform:networks:VpcNetwork$aws:ec2/eip:Eip::network-nat-1-address",
            "platform:networks:VpcNetwork$aws:ec2/internetGateway:InternetGateway::network-internet",
            "platform:networks:VpcNetwork$aws:ec2/natGateway:NatGateway::network-nat-1",
            "platform:networks:VpcNetwork$aws:ec2/route:Route::network-private-1-default",
            "platform:networks:VpcNetwork$aws:ec2/route:Route::network-private-2-default",
            "platform:networks:VpcNetwork$aws:ec2/route:Route::network-public-default",
            "platform:networks:VpcNetwork$aws:ec2/routeTable:RouteTable::network-intra-routes",
            "platform:networks:VpcNetwork$aws:ec2/routeTable:RouteTable::network-private-1-routes",
            "platform:networks:VpcNetwork$aws:ec2/routeTable:RouteTable::network-private-2-routes",
            "platform:networks:VpcNetwork$aws:ec2/routeTable:RouteTable::network-public-routes",
            "platform:networks:VpcNetwork$aws:ec2/routeTableAssociation:RouteTableAssociation::network-intra-routes-association-1",
            "platform:networks:VpcNetwork$aws:ec2/routeTableAssociation:RouteTableAssociation::network-intra-routes-association-2",
            "platform:networks:VpcNetwork$aws:ec2/routeTableAssociation:RouteTableAssociation::network-private-1-routes-association-1",
            "platform:networks:VpcNetwork$aws:ec2/routeTableAssociation:RouteTableAssociation::network-private-2-routes-association-2",
            "platform:networks:VpcNetwork$aws:ec2/routeTableAssociation:RouteTableAssociation::network-public-routes-association-1",
            "platform:networks:VpcNetwork$aws:ec2/routeTableAssociation:RouteTableAssociation::network-public-routes-association-2",
            "platform:networks:VpcNetwork$aws:ec2/subnet:Subnet::network-intra-1",
            "platform:networks:VpcNetwork$aws:ec2/subnet:Subnet::network-intra-2",
            "platform:networks:VpcNetwork$aws:ec2/subnet:Subnet::network-private-1",
            "platform:networks:VpcNetwork$aws:ec2/subnet:Subnet::network-private-2",
            "platform:networks:VpcNetwork$aws:ec2/subnet:Subnet::network-public-1",
            "platform:networks:VpcNetwork$aws:ec2/subnet:Subnet::network-public-2",
            "platform:networks:VpcNetwork$aws:ec2/vpc:Vpc::network",
            "platform:networks:VpcNetwork$platform:networks:FlowLogs$aws:cloudwatch/logGroup:LogGroup::network-flow-logs-group",
            "platform:networks:VpcNetwork$platform:networks:FlowLogs$aws:ec2/flowLog:FlowLog::network-flow-logs",
            "platform:networks:VpcNetwork$platform:networks:FlowLogs$aws:iam/role:Role::network-flow-logs-role",
            "platform:networks:VpcNetwork$platform:networks:FlowLogs$aws:iam/rolePolicy:RolePolicy::network-flow-logs-policy",
            "platform:networks:VpcNetwork$platform:networks:FlowLogs::network-flow-logs",
            "platform:networks:VpcNetwork$platform:networks:VpcEndpoints$aws:ec2/vpcEndpoint:VpcEndpoint::network-endpoints-s3",
            "platform:networks:VpcNetwork$platform:networks:VpcEndpoints$aws:ec2/vpcEndpoint:VpcEndpoint::network-endpoints-sts",
            "platform:networks:VpcNetwork$platform:networks:VpcEndpoints$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::network-endpoints-security-group",
            "platform:networks:VpcNetwork$platform:networks:VpcEndpoints$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::network-endpoints-security-group-from-10.20.0.0-16-443",
            "platform:networks:VpcNetwork$platform:networks:VpcEndpoints$platform:networks:ServiceSecurityGroup::network-endpoints-security-group",
            "platform:networks:VpcNetwork$platform:networks:VpcEndpoints::network-endpoints",
            "platform:networks:VpcNetwork::network",
        ]);

    [Fact]
    public async Task EncryptionKey_HasTheseChildren() =>
        (
            await Deployed.Of(options => new EncryptionKey("key", new EncryptionKeyArgs { Account = AwsParts.Account(), Description = "Data" }, options))
        ).Lineages.ShouldBe([
            "platform:encryption:EncryptionKey$aws:kms/alias:Alias::key-alias",
            "platform:encryption:EncryptionKey$aws:kms/key:Key::key",
            "platform:encryption:EncryptionKey::key",
        ]);

    [Fact]
    public async Task EksCluster_HasTheseChildren() =>
        (await Deployed.Of(options => new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account(), autoscaler: true), options))).Lineages.ShouldBe([
            "platform:clusters:EksCluster$platform:clusters:DefaultStorageClass$kubernetes:storage.k8s.io/v1:StorageClass::cluster-storage",
            "platform:clusters:EksCluster$platform:clusters:DefaultStorageClass::cluster-storage",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-network-eks-pod-identity-agent",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-network-kube-proxy",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-network-vpc-cni",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-aws-ebs-csi-driver",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-aws-efs-csi-driver",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-coredns",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-metrics-server",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:eks/addon:Addon::cluster-services-snapshot-controller",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/role:Role::cluster-network-vpc-cni-role",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/role:Role::cluster-services-aws-ebs-csi-driver-role",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/role:Role::cluster-services-aws-efs-csi-driver-role",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/rolePolicy:RolePolicy::cluster-services-aws-ebs-csi-driver-encryption-policy",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-network-vpc-cni-policy",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-services-aws-ebs-csi-driver-policy",
            "platform:clusters:EksCluster$platform:clusters:EksAddons$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-services-aws-efs-csi-driver-policy",
            "platform:clusters:EksCluster$platform:clusters:EksAddons::cluster-network",
            "platform:clusters:EksCluster$platform:clusters:EksAddons::cluster-services",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:cloudwatch/logGroup:LogGroup::cluster-logs",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:eks/accessEntry:AccessEntry::cluster-administrator-deploy-25f372",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:eks/accessPolicyAssociation:AccessPolicyAssociation::cluster-administrator-deploy-25f372-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:eks/cluster:Cluster::cluster",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/openIdConnectProvider:OpenIdConnectProvider::cluster-oidc",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/role:Role::cluster-role",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicy:RolePolicy::cluster-encryption-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicy:RolePolicy::cluster-log-group-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-cluster-policy",
            "platform:clusters:EksCluster$platform:clusters:EksControlPlane::cluster",
            "platform:clusters:EksCluster$platform:clusters:EksNodeGroups$aws:ec2/launchTemplate:LaunchTemplate::cluster-nodes-general-template",
            "platform:clusters:EksCluster$platform:clusters:EksNodeGroups$aws:eks/nodeGroup:NodeGroup::cluster-nodes-general",
            "platform:clusters:EksCluster$platform:clusters:EksNodeGroups$aws:iam/role:Role::cluster-nodes-role",
            "platform:clusters:EksCluster$platform:clusters:EksNodeGroups$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-nodes-amazonec2containerregistrypullonly",
            "platform:clusters:EksCluster$platform:clusters:EksNodeGroups$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-nodes-amazoneksworkernodepolicy",
            "platform:clusters:EksCluster$platform:clusters:EksNodeGroups$aws:iam/rolePolicyAttachment:RolePolicyAttachment::cluster-nodes-amazonssmmanagedinstancecore",
            "platform:clusters:EksCluster$platform:clusters:EksNodeGroups::cluster-nodes",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$kubernetes:helm.sh/v3:Release::cluster-load-balancers",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:iam:ServiceAccountRole$aws:eks/podIdentityAssociation:PodIdentityAssociation::cluster-load-balancers-identity-association-aws-load-balancer-controller",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:iam:ServiceAccountRole$aws:iam/role:Role::cluster-load-balancers-identity-role",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:iam:ServiceAccountRole$aws:iam/rolePolicy:RolePolicy::cluster-load-balancers-identity-policy",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:iam:ServiceAccountRole::cluster-load-balancers-identity",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:loadBalancing:WebhookCertificate$tls:index/certRequest:CertRequest::cluster-load-balancers-webhook-request",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:loadBalancing:WebhookCertificate$tls:index/locallySignedCert:LocallySignedCert::cluster-load-balancers-webhook",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:loadBalancing:WebhookCertificate$tls:index/privateKey:PrivateKey::cluster-load-balancers-webhook-authority-key",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:loadBalancing:WebhookCertificate$tls:index/privateKey:PrivateKey::cluster-load-balancers-webhook-key",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:loadBalancing:WebhookCertificate$tls:index/selfSignedCert:SelfSignedCert::cluster-load-balancers-webhook-authority",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController$platform:loadBalancing:WebhookCertificate::cluster-load-balancers-webhook",
            "platform:clusters:EksCluster$platform:loadBalancing:LoadBalancerController::cluster-load-balancers",
            "platform:clusters:EksCluster$platform:scaling:ClusterAutoscaler$kubernetes:helm.sh/v3:Release::cluster-autoscaler",
            "platform:clusters:EksCluster$platform:scaling:ClusterAutoscaler$platform:iam:ServiceAccountRole$aws:eks/podIdentityAssociation:PodIdentityAssociation::cluster-autoscaler-identity-association-cluster-autoscaler",
            "platform:clusters:EksCluster$platform:scaling:ClusterAutoscaler$platform:iam:ServiceAccountRole$aws:iam/role:Role::cluster-autoscaler-identity-role",
            "platform:clusters:EksCluster$platform:scaling:ClusterAutoscaler$platform:iam:ServiceAccountRole$aws:iam/rolePolicy:RolePolicy::cluster-autoscaler-identity-policy",
            "platform:clusters:EksCluster$platform:scaling:ClusterAutoscaler$platform:iam:ServiceAccountRole::cluster-autoscaler-identity",
            "platform:clusters:EksCluster$platform:scaling:ClusterAutoscaler::cluster-autoscaler",
            "platform:clusters:EksCluster$pulumi:providers:kubernetes::cluster-provider",
            "platform:clusters:EksCluster$pulumi:providers:kubernetes::cluster-system",
            "platform:clusters:EksCluster::cluster",
        ]);

    [Fact]
    public async Task AdoptedEksCluster_HasTheseChildren() =>
        (await Deployed.Of(options => AwsParts.Adopted(options))).Lineages.ShouldBe([
            "platform:clusters:AdoptedEksCluster$pulumi:providers:kubernetes::adopted-provider",
            "platform:clusters:AdoptedEksCluster::adopted",
        ]);

    [Fact]
    public async Task PlatformLoadBalancer_HasTheseChildren() =>
        (
            await Deployed.Of(options =>
                new PlatformLoadBalancer(
                    "edge",
                    new PlatformLoadBalancerArgs
                    {
                        CertificateArn = "arn:certificate",
                        ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")],
                        Cluster = AwsParts.Adopted(),
                    },
                    options
                ).Route("route", Route(), options))
        ).Lineages.ShouldBe([
            "platform:loadBalancing:LoadBalancerRoute$aws:lb/listenerRule:ListenerRule::route-1",
            "platform:loadBalancing:LoadBalancerRoute$aws:lb/listenerRule:ListenerRule::route-wildcard",
            "platform:loadBalancing:LoadBalancerRoute$aws:lb/targetGroup:TargetGroup::route",
            "platform:loadBalancing:LoadBalancerRoute$kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding::route-binding",
            "platform:loadBalancing:LoadBalancerRoute::route",
            "platform:loadBalancing:PlatformLoadBalancer$aws:lb/listener:Listener::edge-http",
            "platform:loadBalancing:PlatformLoadBalancer$aws:lb/listener:Listener::edge-https",
            "platform:loadBalancing:PlatformLoadBalancer$aws:lb/loadBalancer:LoadBalancer::edge",
            "platform:loadBalancing:PlatformLoadBalancer$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::edge-to-pods-8081",
            "platform:loadBalancing:PlatformLoadBalancer$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::edge-at-pods-8081",
            "platform:loadBalancing:PlatformLoadBalancer$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::edge-security-group",
            "platform:loadBalancing:PlatformLoadBalancer$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::edge-security-group-from-0.0.0.0-0-443",
            "platform:loadBalancing:PlatformLoadBalancer$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::edge-security-group-from-0.0.0.0-0-80",
            "platform:loadBalancing:PlatformLoadBalancer$platform:networks:ServiceSecurityGroup::edge-security-group",
            "platform:loadBalancing:PlatformLoadBalancer::edge",
        ]);

    [Fact]
    public async Task SshFrontBalancer_HasTheseChildren() =>
        (
            await Deployed.Of(options => new SshFrontBalancer(
                "front",
                new SshFrontBalancerArgs
                {
                    ClientBlocks = [Ipv4Block.Parse("0.0.0.0/0")],
                    Cluster = AwsParts.Adopted(),
                    Namespace = "seqera",
                    NodePort = 30222,
                    Port = 2222,
                    Service = "proxy-ssh",
                    Web = new PlatformLoadBalancer(
                        "edge",
                        new PlatformLoadBalancerArgs
                        {
                            CertificateArn = "arn:certificate",
                            ClientBlocks = [],
                            Cluster = AwsParts.Adopted(),
                        }),
                },
                options))
        ).Lineages.ShouldBe([
            "platform:loadBalancing:SshFrontBalancer$aws:lb/listener:Listener::front-http-listener",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/listener:Listener::front-https-listener",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/listener:Listener::front-ssh-listener",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/loadBalancer:LoadBalancer::front",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroup:TargetGroup::front-http",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroup:TargetGroup::front-https",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroup:TargetGroup::front-ssh",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroupAttachment:TargetGroupAttachment::front-http-balancer",
            "platform:loadBalancing:SshFrontBalancer$aws:lb/targetGroupAttachment:TargetGroupAttachment::front-https-balancer",
            "platform:loadBalancing:SshFrontBalancer$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::front-to-http",
            "platform:loadBalancing:SshFrontBalancer$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::front-to-https",
            "platform:loadBalancing:SshFrontBalancer$aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::front-to-ssh",
            "platform:loadBalancing:SshFrontBalancer$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::front-at-http",
            "platform:loadBalancing:SshFrontBalancer$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::front-at-https",
            "platform:loadBalancing:SshFrontBalancer$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::front-at-ssh",
            "platform:loadBalancing:SshFrontBalancer$kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding::front-ssh-binding",
            "platform:loadBalancing:SshFrontBalancer$platform:networks:ServiceSecurityGroup$aws:ec2/securityGroup:SecurityGroup::front-security-group",
            "platform:loadBalancing:SshFrontBalancer$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::front-security-group-from-0.0.0.0-0-2222",
            "platform:loadBalancing:SshFrontBalancer$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::front-security-group-from-0.0.0.0-0-443",
            "platform:loadBalancing:SshFrontBalancer$platform:networks:ServiceSecurityGroup$aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::front-security-group-from-0.0.0.0-0-80",
            "platform:loadBalancing:SshFrontBalancer$platform:networks:ServiceSecurityGroup::front-security-group",
            "platform:loadBalancing:SshFrontBalancer::front",
        ]);

    [Fact]
    public async Task Route53Delegation_HasTheseChildren() =>
        (
            await Deployed.Of(options => new Route53Delegation(
                "delegation",
                new Route53DelegationArgs
                {
                    Domain = DomainName.Parse("studios.example.com"),
                    NameServers = Output.Create(ImmutableArray.Create("ns-1.example.net.")),
                    Parent = DomainName.Parse("example.com"),
                },
                options))
        ).Lineages.ShouldBe(["platform:dns:Route53Delegation$aws:route53/record:Record::delegation", "platform:dns:Route53Delegation::delegation"]);

    [Fact]
    public async Task EksLauncherAccess_HasTheseChildren() =>
        (
            await Deployed.Of(options => new EksLauncherAccess(
                "access",
                new EksLauncherAccessArgs
                {
                    AccessMethods = [EksAccessMethod.AccessEntry, EksAccessMethod.AwsAuth],
                    Cluster = new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account(), EksAuthenticationMode.ApiAndConfigMap)),
                    ExternalId = "seqera-1",
                    PrincipalArn = "arn:aws:iam::123456789012:role/tower",
                },
                options))
        ).Lineages.ShouldBe([
            "platform:tower:EksLauncherAccess$aws:eks/accessEntry:AccessEntry::access-entry",
            "platform:tower:EksLauncherAccess$aws:iam/role:Role::access-role",
            "platform:tower:EksLauncherAccess$aws:iam/rolePolicy:RolePolicy::access-policy",
            "platform:tower:EksLauncherAccess$platform:tower:AwsAuthMapping$kubernetes:core/v1:ConfigMap::access-mapping-present",
            "platform:tower:EksLauncherAccess$platform:tower:AwsAuthMapping$kubernetes:core/v1:ConfigMapPatch::access-mapping-patch",
            "platform:tower:EksLauncherAccess$platform:tower:AwsAuthMapping::access-mapping",
            "platform:tower:EksLauncherAccess::access",
        ]);

    [Fact]
    public async Task EksFusionRole_HasTheseChildren() =>
        (
            await Deployed.Of(options => new EksFusionRole(
                "fusion",
                new EksFusionRoleArgs
                {
                    Cluster = AwsParts.Adopted(),
                    Identity = WorkloadIdentity.PodIdentity,
                    Namespace = "tower-nf",
                    ServiceAccounts = [KubernetesName.Parse("tower-launcher-sa")],
                    WorkBuckets = ["example-work"],
                },
                options))
        ).Lineages.ShouldBe([
            "platform:tower:EksFusionRole$platform:iam:ServiceAccountRole$aws:eks/podIdentityAssociation:PodIdentityAssociation::fusion-identity-association-tower-launcher-sa",
            "platform:tower:EksFusionRole$platform:iam:ServiceAccountRole$aws:iam/role:Role::fusion-identity-role",
            "platform:tower:EksFusionRole$platform:iam:ServiceAccountRole$aws:iam/rolePolicy:RolePolicy::fusion-identity-policy",
            "platform:tower:EksFusionRole$platform:iam:ServiceAccountRole::fusion-identity",
            "platform:tower:EksFusionRole::fusion",
        ]);

    private static LoadBalancerRouteArgs Route() =>
        new()
        {
            Namespace = "seqera",
            PodPort = 8081,
            Priority = 100,
            Routes = new HostRoutes([DomainName.Parse("connect.example.com")], DomainName.Parse("*.example.com"), "connect-proxy", 80),
        };
}
