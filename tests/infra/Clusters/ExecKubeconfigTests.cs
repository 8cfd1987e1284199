using System.Text.Json.Nodes;
using Infra.Clusters;
using Tests.Support;

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

// Promise: the kubeconfig signs in through Google's plugin and holds no token; the DNS endpoint is checked against public authorities.
public sealed class GkeKubeconfigTests
{
    private const string User = """
        { "name": "studio", "user": { "exec": {
          "apiVersion": "client.authentication.k8s.io/v1beta1", "command": "gke-gcloud-auth-plugin", "interactiveMode": "Never", "provideClusterInfo": true,
          "installHint": "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin, or the package google-cloud-cli-gke-gcloud-auth-plugin."
        } } }
        """;

    [Fact]
    public void AnAddress_ComesWithItsAuthority() => Deployed.Json(GkeKubeconfig.Build("studio", "203.0.113.10", "QQ==")).ShouldBe(Deployed.Json(
        $$"""
        {
          "apiVersion": "v1", "kind": "Config", "current-context": "studio",
          "clusters": [{ "name": "studio", "cluster": { "server": "https://203.0.113.10", "certificate-authority-data": "QQ==" } }],
          "contexts": [{ "name": "studio", "context": { "cluster": "studio", "user": "studio" } }],
          "users": [{{User}}]
        }
        """));

    [Fact]
    public void ADnsName_ComesWithoutOne() => Deployed.Json(GkeKubeconfig.Build("studio", "gke-1.europe-west1.gke.goog", "")).ShouldBe(Deployed.Json(
        $$"""
        {
          "apiVersion": "v1", "kind": "Config", "current-context": "studio",
          "clusters": [{ "name": "studio", "cluster": { "server": "https://gke-1.europe-west1.gke.goog" } }],
          "contexts": [{ "name": "studio", "context": { "cluster": "studio", "user": "studio" } }],
          "users": [{{User}}]
        }
        """));
}
