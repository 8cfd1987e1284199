using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Quotas;

/// <summary>A limit: so many bytes in a window that starts with the first byte.</summary>
/// <param name="Bytes">A whole number of bytes, or one with KB, MB, GB or TB (powers of 1024).</param>
/// <param name="Window">A Go duration: <c>720h</c>.</param>
public sealed partial record Quota(string Bytes, string Window)
{
    // The only action that connect-proxy 0.12 has.
    private const string OnExceed = "deny";

    public static bool IsBytes(string? text) => BytesShape().IsMatch(text ?? "");

    public static bool IsWindow(string? text) => WindowShape().IsMatch(text ?? "");

    internal Dictionary<string, object> ToJsonObject() => new(StringComparer.Ordinal)
    {
        ["bytes"] = long.TryParse(Bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var plain) ? plain : Bytes,
        ["window"] = Window,
        ["on_exceed"] = OnExceed,
    };

    // "50GB", "1048576"; not "0", "50 GB", "50GiB" or "1.5GB".
    [GeneratedRegex(@"\A[1-9][0-9]{0,14}(KB|MB|GB|TB)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BytesShape();

    // "24h", "1h30m"; not "1d", "24" or "0h".
    [GeneratedRegex(@"\A([1-9][0-9]{0,8}(h|m|s))+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WindowShape();
}
