using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Versions;
using YamlDotNet.RepresentationModel;

namespace Infra.Compose;

/// <summary>The vendor's <c>docker-compose.yml</c> as it stands in a folder: whether Data Studios can be laid over it.</summary>
public static partial class VendorComposeFile
{
    // The services and networks that docker-compose.override.yml speaks of.
    private static readonly string[] Services = ["backend", "cron", "redis"];
    private static readonly string[] Networks = ["backend", "frontend"];

    /// <summary>Refuses a file of another version, one without the vendor's services, and one in which something else takes a port.</summary>
    /// <exception cref="FormatException">It cannot be laid over.</exception>
    public static void Check(string text, ComposeStudios studios)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var root = stream.Documents.FirstOrDefault()?.RootNode as YamlMappingNode;
        var services = Child(root, "services") ?? throw new FormatException("it has no services.");
        var networks = Child(root, "networks");
        if (Services.FirstOrDefault(name => Child(services, name) is null) is { } service)
        {
            throw new FormatException($"it has no service {service}, which the vendor's file has and Data Studios needs.");
        }

        if (Networks.FirstOrDefault(name => networks?.Children.Keys.Any(key => Text(key) == name) != true) is { } network)
        {
            throw new FormatException($"it has no network {network}, which the vendor's file has and Data Studios needs.");
        }

        foreach (var (key, value) in services.Children.Where(service => service.Value is YamlMappingNode))
        {
            CheckVersion(Text(key)!, (YamlMappingNode)value, studios.Platform.Version);
            CheckPorts(Text(key)!, (YamlMappingNode)value);
        }
    }

    // Only the Platform's own images have its version for a tag.
    private static void CheckVersion(string service, YamlMappingNode node, SemanticVersion version)
    {
        if (service is not ("backend" or "cron" or "frontend" or "migrate") || Text(Child(node, "image", out var image) ? image : null) is not { } reference)
        {
            return;
        }

        var tag = reference[(reference.LastIndexOf(':') + 1)..];
        if (SemanticVersion.TryParse(tag.TrimStart('v'), out var given) && (given.Major, given.Minor) != (version.Major, version.Minor))
        {
            throw new FormatException(
                $"its service {service} runs {tag}, and the stack file says {version}: set platform:compose.platform.version, or upgrade the Platform first.");
        }
    }

    private static void CheckPorts(string service, YamlMappingNode node)
    {
        if (!Child(node, "ports", out var value) || value is not YamlSequenceNode ports)
        {
            return;
        }

        (int Port, string Owner)[] owned = [(ComposePorts.Proxy, "connect-proxy"), (ComposePorts.Tunnel, "connect-server")];
        foreach (var entry in ports)
        {
            foreach (var (port, owner) in owned.Where(owned => owned.Owner != service && Publishes(entry, owned.Port)))
            {
                throw new FormatException($"its service {service} publishes port {port}, which {owner} has to have: give {service} another one.");
            }
        }
    }

    private static bool Publishes(YamlNode entry, int port)
    {
        if (entry is YamlMappingNode mapping)
        {
            return Child(mapping, "published", out var published) && InRange(Text(published), port);
        }

        // "9090", which takes any port of the host, "9090:9090", "127.0.0.1:9000-9100:9000-9100/tcp"
        var parts = Port().Match(Text(entry) ?? "");
        return parts.Success && InRange(parts.Groups["host"].Value, port);
    }

    private static bool InRange(string? range, int port)
    {
        var ends = (range ?? "").Split('-');
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && port >= first && port <= last;
    }

    private static bool Child(YamlMappingNode node, string key, out YamlNode? value)
    {
        value = node.Children.FirstOrDefault(child => Text(child.Key) == key).Value;
        return value is not null;
    }

    private static YamlMappingNode? Child(YamlMappingNode? node, string key) =>
        node is not null && Child(node, key, out var value) ? value as YamlMappingNode : null;

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;

    [GeneratedRegex(@"(^|:)(?<host>[0-9]+(-[0-9]+)?):[0-9]+(-[0-9]+)?(/(tcp|udp))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Port();
}
