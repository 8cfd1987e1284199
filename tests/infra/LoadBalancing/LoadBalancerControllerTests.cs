using Infra.LoadBalancing;
using Pulumi;
using Tests.Support;

namespace Tests.Infra.LoadBalancing;

// Promise: previews of the controller are quiet because its certificate lives in the state, and its key is never shown.
public sealed class LoadBalancerControllerTests
{
    [Fact]
    public async Task TheRelease_IsPinned_AndTakesNothingFromInstanceMetadata()
    {
        var deployed = await Deployed.Of(() => new LoadBalancerController("controller", new LoadBalancerControllerArgs { Cluster = AwsParts.Adopted() }));

        deployed
            .Inputs("controller")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "chart": "aws-load-balancer-controller", "compat": "true", "name": "aws-load-balancer-controller", "namespace": "kube-system",
                      "repositoryOpts": { "repo": "https://aws.github.io/eks-charts" }, "timeout": 600, "version": "3.5.0",
                      "values": {
                        "clusterName": "shared", "createIngressClassResource": true, "defaultTargetType": "ip", "enableServiceMutatorWebhook": false, "ingressClass": "alb",
                        "podDisruptionBudget": { "maxUnavailable": 1 }, "region": "eu-west-1", "replicaCount": 2,
                        "resources": { "limits": { "memory": "256Mi" }, "requests": { "cpu": "100m", "memory": "256Mi" } },
                        "serviceAccount": { "create": true, "name": "aws-load-balancer-controller" }, "vpcId": "vpc-1",
                        "webhookTLS": {
                          "caCert": "certificate-of-controller-webhook-authority", "cert": "certificate-of-controller-webhook",
                          "key": "-----BEGIN PRIVATE KEY-----\ncontroller-webhook-key\n-----END PRIVATE KEY-----\n"
                        }
                      }
                    }
                    """));
        deployed
            .Inputs("controller-identity-association-aws-load-balancer-controller")
            .ShouldBe(
                Deployed.Json(
                    """
                    {
                      "clusterName": "shared", "namespace": "kube-system", "roleArn": "arn:aws:test:eu-west-1:123456789012:controller-identity-role",
                      "serviceAccount": "aws-load-balancer-controller"
                    }
                    """));
    }

    [Fact]
    public async Task TheWebhooksKey_IsSecret()
    {
        WebhookCertificate? certificate = null;
        await Deployed.Of(() => certificate = new WebhookCertificate("webhook", "service", "kube-system"));

        (await Output.IsSecretAsync(certificate!.PrivateKeyPem)).ShouldBeTrue();
    }
}
