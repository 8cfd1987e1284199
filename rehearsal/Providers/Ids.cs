using System.Security.Cryptography;
using System.Text;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Providers;

/// <summary>Ids and suffixes that depend on a resource's URN alone, so that two rehearsals agree.</summary>
internal static class Ids
{
    /// <summary>The id of a provider that does not exist yet; Pulumi's own sentinel.</summary>
    public const string UnknownProviderId = WireSignatures.UnknownString;

    /// <summary>Lower-case hexadecimal digits drawn from a URN.</summary>
    /// <param name="urn">The resource.</param>
    /// <param name="digits">How many, at most 64.</param>
    public static string Hex(Urn urn, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(urn.Value)))[..digits];
}
