using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace Operate.Diagnosing;

/// <summary>A release of Helm, as <c>helm list</c> and <c>helm get values</c> show one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">Chart, version, status, revision and when, a line each.</param>
/// <param name="Values">What its user gave, as YAML.</param>
internal sealed record HelmRelease(string Name, string Summary, string Values);

/// <summary>Reads releases of Helm out of the Secrets that Helm keeps them in.</summary>
internal static class HelmReleases
{
    private const int MostBytes = 32 << 20;

    /// <summary>The newest revision of each; what cannot be read says so in its place.</summary>
    public static IEnumerable<HelmRelease> Latest(IEnumerable<V1Secret> secrets) =>
        secrets
            .GroupBy(secret => Label(secret, "name"), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
                Read(group.Key, group.MaxBy(secret => int.TryParse(Label(secret, "version"), CultureInfo.InvariantCulture, out var number) ? number : 0)!));

    // Type helm.sh/release.v1, data.release: base64 of base64 of gzip of
    // {"name":"rstudio-workbench","info":{"status":"deployed","last_deployed":"…"},"chart":{"metadata":{"name":"…","version":"0.22.0","appVersion":"…"}},
    //  "config":{…},"manifest":"…","version":3,"namespace":"posit-workbench"}  (helm, pkg/storage/driver/util.go)
    private static HelmRelease Read(string name, V1Secret secret)
    {
        try
        {
            var text = Encoding.ASCII.GetString(secret.Data?["release"] ?? []);
            using var zipped = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; plain.Length < MostBytes && (read = zipped.Read(buffer)) > 0;)
            {
                plain.Write(buffer, 0, read);
            }

            var release = JsonNode.Parse(Encoding.UTF8.GetString(plain.GetBuffer().AsSpan(0, (int)plain.Length))) as JsonObject ?? throw new JsonException();
            var (info, chart) = (release["info"], release["chart"]?["metadata"]);
            return new(
                name,
                $"chart: {chart?["name"]} {chart?["version"]}\napplication: {chart?["appVersion"]}\nstatus: {info?["status"]}\nrevision: {release["version"]}\n"
                + $"updated: {info?["last_deployed"]}\ndescription: {info?["description"]}\n",
                release["config"] is JsonObject { Count: > 0 } values ? ObjectText.OfValues(values) : "# The chart's own values: none were given\n");
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new(name, $"It cannot be read: {secret.Name()} is not what Helm 3 writes ({e.GetType().Name}).\n", "# See the summary beside it\n");
        }
    }

    private static string Label(V1Secret secret, string name) =>
        secret.Metadata.Labels?.TryGetValue(name, out var value) == true ? value : secret.Name();
}
