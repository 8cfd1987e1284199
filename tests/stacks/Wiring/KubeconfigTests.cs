using Pulumi;
using Stacks.Wiring;

namespace Tests.Stacks.Wiring;

// Promise: the form gets the server and the authority of the context that the stack deploys to, and no message repeats the kubeconfig, which holds credentials.
public sealed class KubeconfigTests
{
    private const string Token = "marker-token";

    private const string Two = $$"""
        apiVersion: v1
        kind: Config
        current-context: first
        clusters:
          - { name: one, cluster: { server: "https://10.0.0.1:6443", certificate-authority-data: Y2VydGlmaWNhdGU= } }
          - { name: two, cluster: { server: "https://two.example.com", insecure-skip-tls-verify: true } }
          - { name: three, cluster: { server: "https://three.example.com", certificate-authority-data: "%%%" } }
          - { name: four, cluster: { proxy-url: "http://proxy" } }
        contexts:
          - { name: first, context: { cluster: one, user: admin } }
          - { name: second, context: { cluster: two, user: admin } }
          - { name: third, context: { cluster: three, user: admin } }
          - { name: fourth, context: { cluster: four, user: admin } }
          - { name: fifth, context: { cluster: gone, user: admin } }
          - { name: sixth, context: { user: admin } }
        users:
          - { name: admin, user: { token: {{Token}} } }
        """;

    [Fact]
    public void TheCurrentContext_IsRead() => Kubeconfig.Read(Two, null).ShouldBe(new Kubeconfig("https://10.0.0.1:6443", "certificate"));

    [Fact]
    public void ANamedContext_IsRead() => Kubeconfig.Read(Two, "second").ShouldBe(new Kubeconfig("https://two.example.com", null));

    [Theory]
    [InlineData(Two, "third", "has a cluster 'three' whose certificate-authority-data is not base64")]
    [InlineData(Two, "fourth", "has a cluster 'four' without a server")]
    [InlineData(Two, "fifth", "has no cluster 'gone', which the context 'fifth' names")]
    [InlineData(Two, "sixth", "has a context 'sixth' without a cluster")]
    [InlineData(Two, "seventh", "has no context 'seventh'")]
    [InlineData($"token: {Token}", null, "names no current context, and the stack file names none either")]
    [InlineData(Token, null, "is not a kubeconfig")]
    [InlineData($"[{Token}", null, "is not YAML")]
    [InlineData("", null, "is not a kubeconfig")]
    public void Rejects_AKubeconfigThatDoesNotSay(string text, string? context, string what) =>
        Should
            .Throw<RunException>(() => Kubeconfig.Read(text, context))
            .Message.ShouldBe($"The kubeconfig in platform:kubeconfig {what}: kubectl config view --raw --minify --flatten writes one that says everything.");

    [Fact]
    public void Rejects_AClusterWithoutAuthority_WhenItIsAskedFor() =>
        Should
            .Throw<RunException>(() => Kubeconfig.Read(Two, "second").RequireCertificateAuthority())
            .Message.ShouldBe(
                "The kubeconfig in platform:kubeconfig holds no certificate-authority-data: kubectl config view --raw --minify --flatten writes one that says everything.");
}
