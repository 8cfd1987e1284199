using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Manifests;

/// <summary>A container image by registry, repository, tag and, when it is pinned, digest.</summary>
/// <param name="Registry">Host, with port if it has one: <c>cr.seqera.io</c>.</param>
/// <param name="Repository">Path below the registry: <c>enterprise/studios/proxy</c>.</param>
/// <param name="Tag">Tag; people read it even when the digest decides.</param>
/// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits, or null.</param>
public sealed partial record ImageReference(string Registry, string Repository, string Tag, string? Digest = null)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? image)
    {
        var match = Shape().Match(text ?? "");
        var digest = match.Groups["digest"];
        image = match.Success
            ? new ImageReference(
                match.Groups["registry"].Value,
                match.Groups["repository"].Value,
                match.Groups["tag"].Value,
                digest.Success ? digest.Value : null)
            : null;
        return image is not null;
    }

    public static ImageReference Parse(string text) =>
        TryParse(text, out var image)
            ? image
            : throw new FormatException(
                $"'{text}' is not an image reference: it must be registry/repository:tag, optionally followed by @sha256: and 64 hexadecimal digits.");

    /// <summary>
    /// The same image in a mirror: <paramref name="registry"/> is a host, optionally with a path that goes before the repository; null changes nothing.
    /// </summary>
    public ImageReference From(string? registry)
    {
        if (string.IsNullOrEmpty(registry))
        {
            return this;
        }

        var slash = registry.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? this with { Registry = registry }
            : this with { Registry = registry[..slash], Repository = $"{registry[(slash + 1)..].TrimEnd('/')}/{Repository}" };
    }

    /// <summary>The same repository at another tag; a digest belongs to one tag only and goes.</summary>
    public ImageReference At(string tag) => tag == Tag ? this : this with { Tag = tag, Digest = null };

    public override string ToString() => Digest is null ? $"{Registry}/{Repository}:{Tag}" : $"{Registry}/{Repository}:{Tag}@{Digest}";

    // "registry.example:5000/enterprise/studios/proxy:0.11.0@sha256:…". "redis" and "library/redis:7" lack the registry: a default one would hide where the
    // image comes from.
    [GeneratedRegex(
        @"\A(?<registry>[a-z0-9]([a-z0-9-]*[a-z0-9])?((\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:[0-9]{1,5})?|:[0-9]{1,5}))/(?<repository>[a-z0-9]+([._/-]+[a-z0-9]+)*):(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})(@(?<digest>sha256:[0-9a-f]{64}))?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shape();
}

/// <summary>The Secrets with which a node pulls a pod's images.</summary>
internal static class PullSecrets
{
    /// <summary>Names them in the pod; a pod without any does not mention them.</summary>
    public static void Add(PodSpecArgs pod, ImmutableArray<Input<string>> names)
    {
        foreach (var name in names)
        {
            pod.ImagePullSecrets.Add(new LocalObjectReferenceArgs { Name = name });
        }
    }
}
