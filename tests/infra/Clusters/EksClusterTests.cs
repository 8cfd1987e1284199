using System.Collections.Immutable;
using Infra.Clusters;
using Infra.Networks;
using Tests.Support;

namespace Tests.Infra.Clusters;

// Promise: an EKS cluster is closed, recorded and encrypted unless a stack says otherwise, and nothing starts before what it needs.
public sealed class EksClusterTests
{
    [Fact]
    public async Task ControlPlane_IsPrivate_RecordedAndEncrypted()
    {
        var deployed = await Deployed.Of(() => new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account())));

        deployed.Inputs("cluster").ShouldBe(Deployed.Json("""
            {
              "accessConfig": { "authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": false },
              "bootstrapSelfManagedAddons": false, "deletionProtection": false,
              "enabledClusterLogTypes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
              "encryptionConfig": { "provider": { "keyArn": "arn:key" }, "resources": ["secrets"] },
              "kubernetesNetworkConfig": { "ipFamily": "ipv4", "serviceIpv4Cidr": "172.20.0.0/16" },
              "name": "studio-test", "roleArn": "arn:aws:test:eu-west-1:123456789012:cluster-role",
              "upgradePolicy": { "supportType": "EXTENDED" }, "version": "1.35",
              "vpcConfig": { "endpointPrivateAccess": true, "endpointPublicAccess": false, "subnetIds": ["subnet-1", "subnet-2"] },
              "zonalShiftConfig": { "enabled": true }
            }
            """));
        deployed.Inputs("cluster-logs").ShouldBe(Deployed.Json(
            """{ "deletionProtectionEnabled": false, "kmsKeyId": "arn:key", "name": "/aws/eks/studio-test/cluster", "retentionInDays": 365 }"""));
        deployed.Inputs("cluster-oidc").ShouldBe(Deployed.Json("""{ "clientIdLists": ["sts.amazonaws.com"], "url": "https://oidc.example.com/id/1" }"""));
        deployed.Inputs("cluster-administrator-deploy-25f372-policy").ShouldBe(Deployed.Json("""
            {
              "accessScope": { "type": "cluster" }, "clusterName": "studio-test",
              "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", "principalArn": "arn:aws:iam::123456789012:role/deploy"
            }
            """));
    }

    [Fact]
    public async Task Nodes_AreEncrypted_AndTheirMetadataStaysTheirs()
    {
        var deployed = await Deployed.Of(() => new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account())));

        deployed
            .Inputs("cluster-nodes-general-template")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "blockDeviceMappings": [{ "deviceName": "/dev/xvda", "ebs": { "deleteOnTermination": "true", "encrypted": "true", "volumeSize": 80, "volumeType": "gp3" } }],
                      "description": "EKS node group general",
                      "metadataOptions": { "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1, "httpTokens": "required" },
                      "monitoring": { "enabled": true },
                      "tagSpecifications": [
                        { "resourceType": "instance", "tags": { "Name": "cluster-nodes-general", "stack": "test" } },
                        { "resourceType": "volume", "tags": { "Name": "cluster-nodes-general", "stack": "test" } },
                        { "resourceType": "network-interface", "tags": { "Name": "cluster-nodes-general", "stack": "test" } }
                      ],
                      "updateDefaultVersion": true
                    }
                    """));
        deployed
            .Inputs("cluster-nodes-general")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "amiType": "AL2023_x86_64_STANDARD", "capacityType": "ON_DEMAND", "clusterName": "studio-test", "instanceTypes": ["m7i.large"], "labels": { "a": "b" },
                      "launchTemplate": { "id": "cluster-nodes-general-template_id", "version": "1" }, "nodeRepairConfig": { "enabled": true },
                      "nodeRoleArn": "arn:aws:test:eu-west-1:123456789012:cluster-nodes-role", "scalingConfig": { "desiredSize": 2, "maxSize": 3, "minSize": 1 },
                      "subnetIds": ["subnet-1", "subnet-2"], "taints": [{ "effect": "NO_SCHEDULE", "key": "workload", "value": "pipelines" }],
                      "updateConfig": { "maxUnavailablePercentage": 33 }, "version": "1.35"
                    }
                    """));
    }

    [Fact]
    public async Task Addons_ArePinned_AndHaveARoleOfTheirOwn()
    {
        var deployed = await Deployed.Of(() => new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account())));

        deployed
            .Inputs("cluster-services-aws-ebs-csi-driver")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "addonName": "aws-ebs-csi-driver", "addonVersion": "v1.66.0-eksbuild.1", "clusterName": "studio-test",
                      "podIdentityAssociations": [{ "roleArn": "arn:aws:test:eu-west-1:123456789012:cluster-services-aws-ebs-csi-driver-role", "serviceAccount": "ebs-csi-controller-sa" }],
                      "resolveConflictsOnCreate": "OVERWRITE", "resolveConflictsOnUpdate": "PRESERVE"
                    }
                    """));
        deployed.Inputs("cluster-network-vpc-cni").ShouldContain("\"configurationValues\": \"{\\u0022enableNetworkPolicy\\u0022:\\u0022true\\u0022}\"");
        deployed.Inputs("cluster-storage").ShouldBe(Deployed.Json("""
            {
              "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "allowVolumeExpansion": true,
              "metadata": { "annotations": { "storageclass.kubernetes.io/is-default-class": "true" }, "name": "gp3" },
              "parameters": { "encrypted": "true", "kmsKeyId": "arn:key", "type": "gp3" },
              "provisioner": "ebs.csi.aws.com", "reclaimPolicy": "Delete", "volumeBindingMode": "WaitForFirstConsumer"
            }
            """));
    }

    [Fact]
    public async Task TheKubeconfig_IsSecret_AndNamesTheClusterByItsArn()
    {
        EksCluster? cluster = null;
        var deployed = await Deployed.Of(() => cluster = new EksCluster("cluster", AwsParts.Cluster(AwsParts.Account())));

        (await Pulumi.Output.IsSecretAsync(cluster!.Kubeconfig)).ShouldBeTrue();
        (await Deployed.ValueOf(cluster.CertificateAuthority)).ShouldBe("-----BEGIN-TEST-----\n");
        (await Deployed.ValueOf(cluster.OidcIssuer)).ShouldBe("oidc.example.com/id/1");
        (await Deployed.ValueOf(cluster.NodeSecurityGroupId)).ShouldBe("sg-nodes");
        deployed.Inputs("cluster-provider").ShouldContain("\"clusterIdentifier\": \"arn:aws:test:eu-west-1:123456789012:cluster\"");
    }

    [Fact]
    public async Task Administrators_MayComeFromNamedAddresses()
    {
        var account = AwsParts.Account;
        var deployed = await Deployed.Of(() => new EksControlPlane("plane", Plane(account(), EksAuthenticationMode.ApiAndConfigMap)));

        deployed.Inputs("plane").ShouldContain("\"publicAccessCidrs\": [\n      \"203.0.113.0/24\"\n    ]");
        deployed.Inputs("plane").ShouldContain("\"endpointPublicAccess\": true");
        deployed.Inputs("plane").ShouldContain("\"authenticationMode\": \"API_AND_CONFIG_MAP\"");
        deployed.Inputs("plane").ShouldContain("\"deletionProtection\": true");
    }

    [Fact]
    public async Task Rejects_AClusterWithoutAccessEntries() =>
        (await Deployed.Refusal(() => new EksControlPlane("plane", Plane(AwsParts.Account(), EksAuthenticationMode.ConfigMap)))).ShouldContain(
            "Cluster 'studio-test' would have no access entries: its authentication mode must be api or apiAndConfigMap.");

    private static EksClusterArgs Plane(global::Infra.Accounts.AwsAccount account, EksAuthenticationMode mode) => new()
    {
        Account = account,
        AdministratorArns = [],
        AuthenticationMode = mode,
        ClusterName = "studio-test",
        Endpoint = new EksEndpointAccess([Ipv4Block.Parse("203.0.113.0/24")]),
        InstanceTags = ImmutableDictionary<string, string>.Empty,
        KeyArn = "arn:key",
        LogRetentionInDays = 30,
        Network = AwsParts.Network(),
        Pools = [],
        Protected = true,
        ServiceBlock = Ipv4Block.Parse("172.20.0.0/16"),
        SupportAfterStandard = EksSupport.Standard,
        Version = EksVersion.Find("1.36")!,
    };
}
