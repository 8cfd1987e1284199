using System.Text.Json.Nodes;
using Infra.Clusters;

namespace Tests.Infra.Clusters;

// Promise: the kubeconfig needs the AWS CLI and nothing of the machine it was made on.
public sealed class EksKubeconfigTests
{
    [Fact]
    public void Kubeconfig_GetsATokenAtEveryUse() => JsonNode.DeepEquals(
        JsonNode.Parse(EksKubeconfig.Build("studio-test", "https://api.example.com", "Q0E=", "eu-west-1", roleArn: null)),
        JsonNode.Parse("""
            {
              "apiVersion": "v1", "kind": "Config", "current-context": "studio-test",
              "clusters": [{ "name": "studio-test", "cluster": { "server": "https://api.example.com", "certificate-authority-data": "Q0E=" } }],
              "contexts": [{ "name": "studio-test", "context": { "cluster": "studio-test", "user": "studio-test" } }],
              "users": [{ "name": "studio-test", "user": { "exec": {
                "apiVersion": "client.authentication.k8s.io/v1beta1", "command": "aws", "interactiveMode": "Never",
                "args": ["--region", "eu-west-1", "eks", "get-token", "--cluster-name", "studio-test", "--output", "json"]
              } } }]
            }
            """)).ShouldBeTrue();

    [Fact]
    public void ARole_IsAssumedFirst() => EksKubeconfig.Build("c", "e", "a", "r", "arn:aws:iam::123456789012:role/deploy")
        .ShouldContain("\"--output\",\"json\",\"--role-arn\",\"arn:aws:iam::123456789012:role/deploy\"]");

    [Fact]
    public void StrangeNames_CannotBreakOut() =>
        JsonNode.Parse(EksKubeconfig.Build("a\"b", "e", "a", "r", null))!["current-context"]!.GetValue<string>().ShouldBe("a\"b");
}
