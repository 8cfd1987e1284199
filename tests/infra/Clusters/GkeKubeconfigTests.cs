using Infra.Clusters;
using Tests.Support;

namespace Tests.Infra.Clusters;

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
