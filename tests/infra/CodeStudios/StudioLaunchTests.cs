using System.Collections.Immutable;
using Infra.CodeStudios;

namespace Tests.Infra.CodeStudios;

// Promise: a pod finds its prefix, its ports and itself in variables that Kubernetes can expand, and is asked where something answers.
public sealed class StudioLaunchTests
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;

    [Fact]
    public void AStudio_IsToldThis() => Lines(new StudioLaunch(StudioParts.Three, LaunchKind.Studio, "/code-studios/t/s").Variables(None)).ShouldBe([
        "K8S_NODE_NAME from spec.nodeName",
        "K8S_POD_ID from metadata.uid",
        "K8S_POD_NAME from metadata.name",
        "K8S_POD_NAMESPACE from metadata.namespace",
        "CODE_STUDIO_LAUNCH=studio",
        "DKU_CODE_STUDIO_BROWSER_PATH=/code-studios/t/s",
        "DKU_CODE_STUDIO_BROWSER_PATH_9000=/code-studios/t/s/9000",
        "DKU_CODE_STUDIO_BROWSER_PATH_9001=/code-studios/t/s/9001",
        "DKU_CODE_STUDIO_BROWSER_PATH_9002=/code-studios/t/s/9002",
        "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9000=1",
        "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9001=1",
        "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9002=1",
    ]);

    // The prefix of DSS's webapps ends in the name of the pod, and what refers to a variable stands after it.
    [Fact]
    public void AWebapp_HasItsPodInItsPrefix()
    {
        var launch = new StudioLaunch(StudioParts.Three, LaunchKind.Webapp, "/web-apps-backends/t/s_${K8S_POD_NAME}");

        launch.HasPathPerPod.ShouldBeTrue();
        Lines(launch.Variables(None))[4..].ShouldBe([
            "CODE_STUDIO_LAUNCH=webapp",
            "DKU_CODE_STUDIO_BROWSER_PATH=/web-apps-backends/t/s_$(K8S_POD_NAME)",
            "DKU_CODE_STUDIO_BROWSER_PATH_9000=/web-apps-backends/t/s_$(K8S_POD_NAME)/9000",
            "DKU_CODE_STUDIO_BROWSER_PATH_9001=/web-apps-backends/t/s_$(K8S_POD_NAME)/9001",
            "DKU_CODE_STUDIO_BROWSER_PATH_9002=/web-apps-backends/t/s_$(K8S_POD_NAME)/9002",
            "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9000=1",
            "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9001=1",
            "DKU_CODE_STUDIO_IS_PUBLIC_PORT_9002=0",
        ]);
        launch.Ports.Select(port => port.Port).ShouldBe([9000, 9001]);
    }

    [Fact]
    public void TheOperatorsVariables_ReferToThePod() =>
        Lines(new StudioLaunch(StudioParts.State(), LaunchKind.Studio, "/s").Variables(None.Add("WHO", "${K8S_POD_NAMESPACE}/${K8S_POD_NAME}")))
            .ShouldContain("WHO=$(K8S_POD_NAMESPACE)/$(K8S_POD_NAME)");

    [Theory]
    [InlineData("${K8S_POD_NAME}", "$(K8S_POD_NAME)")]
    [InlineData("a${K8S_NODE_NAME}b${K8S_POD_ID}", "a$(K8S_NODE_NAME)b$(K8S_POD_ID)")]
    // Whatever else has a dollar means it.
    [InlineData("${HOME}", "$${HOME}")]
    [InlineData("$(K8S_POD_NAME)", "$$(K8S_POD_NAME)")]
    [InlineData("$$", "$$$$")]
    [InlineData("100 $", "100 $$")]
    [InlineData("$${K8S_POD_NAME}", "$$$(K8S_POD_NAME)")]
    [InlineData("", "")]
    public void AValue_IsWrittenForKubernetes(string value, string expected)
    {
        PodVariables.Expanded(value).ShouldBe(expected);
        Expand(expected, name => $"<{name}>").ShouldBe(
            PodVariables.Fields.Aggregate(value, (text, field) => text.Replace($"${{{field.Name}}}", $"<{field.Name}>", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, "http://localhost:9001${baseUrlPort9001}/health", LaunchKind.Studio, "/s", "9000")]
    [InlineData(false, "http://localhost:9001${baseUrlPort9001}/health", LaunchKind.Studio, "/s", "9001 HTTP /s/9001/health")]
    [InlineData(false, "https://localhost:9001${baseUrl}", LaunchKind.Studio, "/s", "9001 HTTPS /s")]
    [InlineData(false, "http://localhost:9002/docs?x=1", LaunchKind.Studio, "/s", "9002 HTTP /docs?x=1")]
    [InlineData(false, "http://127.0.0.1:9002", LaunchKind.Studio, "/s", "9002 HTTP /")]
    // Nobody knows the address of a pod with a path of its own, and pods of a webapp had one each in DSS.
    [InlineData(false, "http://localhost:9001${baseUrl}", LaunchKind.Studio, "/s_${K8S_POD_NAME}", "9000")]
    [InlineData(false, "http://localhost:9001/", LaunchKind.Webapp, "/s", "9000")]
    public void Readiness_IsAskedThere(bool tcp, string url, LaunchKind kind, string prefix, string expected)
    {
        var parameters = new KubernetesParameters { UseTcpReadiness = tcp, ReadinessProbeUrl = url };
        var state = StudioParts.State(
            parameters, StudioParts.Server("A", 9000, "/", isWebapp: true), StudioParts.Server("B", 9001, "/"), StudioParts.Server("C", 9002, "/"));

        var probe = new StudioLaunch(state, kind, prefix).Readiness!;

        (probe.Path is { } path ? $"{probe.Port} {probe.Scheme} {path}" : $"{probe.Port}").ShouldBe(expected);
    }

    [Fact]
    public void WithoutAPort_NobodyAsks() => new StudioLaunch(StudioParts.State(), LaunchKind.Studio, "/s").Readiness.ShouldBeNull();

    [Theory]
    [InlineData("JupyterLab", 8888, "jupyterlab-8888")]
    [InlineData("VS Code", 8080, "vs-code-8080")]
    [InlineData("Experiments of the lab", 10000, "experimen-10000")]
    [InlineData("A very-long one", 9000, "a-very-lon-9000")]
    [InlineData("a b-c d e-----f", 9000, "a-b-c-d-e-9000")]
    [InlineData("12", 9000, "port-9000")]
    [InlineData("", 65535, "port-65535")]
    [InlineData("123456789012a", 9000, "port-9000")]
    [InlineData("Überblick", 9000, "berblick-9000")]
    public void APort_HasAName(string label, int port, string expected)
    {
        var name = PortNames.Of(new StudioPort(port, label));

        name.ShouldBe(expected);
        name.Length.ShouldBeLessThanOrEqualTo(15);
    }

    // Kubernetes' own rule (third_party/forked/golang/expansion): $$ is a dollar, $(NAME) a variable, any other dollar itself.
    private static string Expand(string text, Func<string, string> value)
    {
        var made = "";
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index..].StartsWith("$$", StringComparison.Ordinal))
            {
                made += '$';
                index++;
            }
            else if (text[index..].StartsWith("$(", StringComparison.Ordinal) && text.IndexOf(')', index) is var end and > 0)
            {
                made += value(text[(index + 2)..end]);
                index = end;
            }
            else
            {
                made += text[index];
            }
        }

        return made;
    }

    private static string[] Lines(ImmutableArray<LaunchVariable> variables) =>
        [.. variables.Select(variable => variable.FieldPath is { } field ? $"{variable.Name} from {field}" : $"{variable.Name}={variable.Value}")];
}
