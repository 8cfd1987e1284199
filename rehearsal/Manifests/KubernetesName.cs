namespace Rehearsal.Manifests;

/// <summary>Names that Kubernetes takes for any object: RFC 1123 labels.</summary>
internal static class KubernetesName
{
    private const int MaxLength = 63;

    public static string From(string text)
    {
        var name = string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        if (name.Length > MaxLength) name = name[..MaxLength].TrimEnd('-');
        return name.Length == 0 ? "unnamed" : name;
    }
}
