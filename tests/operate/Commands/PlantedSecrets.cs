using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using Tests.Operate.Support;

namespace Tests.Operate.Commands;

/// <summary>The secrets that a diagnosis must not hold, where they are planted, and in which forms they are looked for.</summary>
public sealed partial class DiagnoseCommandTests
{
    private void Plant()
    {
        var (redis, cookie, output, config, variable, annotation, happened, values, url) =
            (Planted[0], Planted[1], Planted[2], Planted[3], Planted[4], Planted[5], Planted[6], Planted[7], Planted[8]);
        _environment["PULUMI_ACCESS_TOKEN"] = config;
        _folder.Write("outputs.json", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["studios"] = new { connectUrl = "https://connect.example.com", registrationTokenSecret = "platform-oidc-token" },
            ["towerEnvironments"] = new { main = new { token = output, @namespace = "tower-nf" } },
        }));
        _server.Add(
            StudioCluster.Secret(StudioCluster.Studios, "connect-redis", ("password", redis)),
            StudioCluster.Secret(StudioCluster.Studios, "annotated", ("value", annotation), ("event", happened)),
            StudioCluster.Secret(StudioCluster.Studios, "url", ("url-password", url)),
            StudioCluster.Secret(StudioCluster.Workbench, "cookie", ("secure-cookie-key", cookie)),
            Release(
                new JsonObject
                {
                    ["replicas"] = 2,
                    ["launcherPem"] = new JsonObject { ["existingSecret"] = "pem" },
                    ["pod"] = new JsonObject { ["adminPassword"] = values },
                }),
            StudioCluster.Warning(StudioCluster.Studios, "Pod", "connect-proxy-7d9f8-abcde", "Unhealthy", $"probe said {happened}", TimeSpan.FromMinutes(1)));
        var pod = StudioCluster.Pod(StudioCluster.Studios, "connect-proxy-7d9f8-abcde", "connect-proxy");
        pod.Metadata.Annotations = new Dictionary<string, string> { ["note"] = $"made with {Convert.ToBase64String(Encoding.UTF8.GetBytes(annotation))}" };
        pod.Spec.Containers[0].Env = [new() { Name = "SOME_API_KEY", Value = variable }];
        pod.Status.ContainerStatuses[0].RestartCount = 1;
        pod.Status.ContainerStatuses[0].LastState = new() { Terminated = new() { ExitCode = 2, Reason = "Error", Message = $"panic: {redis}" } };
        _server.Add(pod);
        var nested = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot:{redis}")) })));
        _server.Logs["seqera-platform/connect-proxy-7d9f8-abcde/connect-proxy"] =
            $"connecting to redis://:{Uri.EscapeDataString(redis)}@redis:6379\nconfig {JsonSerializer.Serialize(redis)}\nauths {nested}\n"
            + $"GET https://user:{url}@connect.example.com/\nenvironment PULUMI={config} cookie={cookie} token {output}\n";
        _server.Logs["seqera-platform/connect-proxy-7d9f8-abcde/connect-proxy/previous"] = $"panic: SOME_API_KEY={variable} and {redis}\n";
        _server.Logs["posit-workbench/rstudio-workbench-0/rstudio-workbench"] =
            $"secure-cookie-key {Convert.ToBase64String(Encoding.UTF8.GetBytes($"key={cookie}"))}\n{values} is adminPassword={values}\n".Replace(
                $"{values} is ",
                "",
                StringComparison.Ordinal);
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return JsonSerializer.Serialize(secret).Trim('"');
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret));
        for (var offset = 0; offset < 3; offset++)
        {
            var bytes = Encoding.UTF8.GetBytes(secret);
            yield return Convert.ToBase64String([.. new byte[offset], .. bytes])[((offset * 8 + 5) / 6)..((offset + bytes.Length) * 8 / 6)];
        }
    }

    private static V1Secret Release(JsonObject values)
    {
        var release = new JsonObject
        {
            ["name"] = "rstudio-workbench",
            ["version"] = 3,
            ["info"] = new JsonObject { ["status"] = "deployed" },
            ["chart"] = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = "rstudio-workbench",
                    ["version"] = "0.22.0",
                    ["appVersion"] = "2026.08.1",
                },
            },
            ["config"] = values,
        };
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes(release.ToJsonString()));
        }

        return new V1Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Type = "helm.sh/release.v1",
            Metadata = new()
            {
                Name = "sh.helm.release.v1.rstudio-workbench.v3",
                NamespaceProperty = StudioCluster.Workbench,
                Labels = new Dictionary<string, string> { ["name"] = "rstudio-workbench", ["version"] = "3", ["owner"] = "helm" },
            },
            Data = new Dictionary<string, byte[]> { ["release"] = Encoding.ASCII.GetBytes(Convert.ToBase64String(zipped.ToArray())) },
        };
    }
}
