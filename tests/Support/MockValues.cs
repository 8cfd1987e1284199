using System.Collections.Immutable;
using System.Text.Json;

namespace Tests.Support;

/// <summary>What the mocked providers compute, recognisable by the logical name of the resource it came from.</summary>
internal static class MockValues
{
    public static string AutomaticName(string resource) => $"{resource}-1a2b3c4d";

    public static string Password(string resource) => $"password-of-{resource}";

    public static string PrivateOpenSsh(string resource) => $"-----BEGIN OPENSSH PRIVATE KEY-----\n{resource}\n-----END OPENSSH PRIVATE KEY-----\n";

    public static string PrivatePem(string resource) => $"-----BEGIN PRIVATE KEY-----\n{resource}\n-----END PRIVATE KEY-----\n";

    public static string PublicPem(string resource) => $"-----BEGIN PUBLIC KEY-----\n{resource}\n-----END PUBLIC KEY-----\n";

    public static string Fingerprint(string resource) => $"SHA256:{resource}";

    /// <summary>What Kubernetes writes into the token Secret of a service account under a key.</summary>
    public static string FilledSecret(string resource, string key) => $"{key} of {resource}";

    /// <summary>An object as a provider would answer it.</summary>
    public static ImmutableDictionary<string, object> FromJson(string json) => (ImmutableDictionary<string, object>)Of(JsonElement.Parse(json))!;

    private static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToImmutableDictionary(member => member.Name, member => Of(member.Value)!, StringComparer.Ordinal),
        JsonValueKind.Array => json.EnumerateArray().Select(item => Of(item)!).ToImmutableArray(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Null => null,
        _ => json.GetString(),
    };
}
