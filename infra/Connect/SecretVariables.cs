using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Infra.Secrets;
using Pulumi;

namespace Infra.Connect;

/// <summary>The operator's environment variables whose values are secret: each is a Secret of its own, so that a new value restarts its reader alone.</summary>
/// <param name="References">Where the values lie, by variable.</param>
public sealed record SecretVariables(ImmutableSortedDictionary<string, SecretKeyRef> References)
{
    private const string Key = "value";

    private const int HashLength = 6;

    /// <summary>Makes the Secrets below the workload that reads them.</summary>
    internal static SecretVariables Make(
        string name, ImmutableSortedDictionary<string, Input<string>> values, Input<string> inNamespace, Resource workload) => new(
        values.ToImmutableSortedDictionary(
            variable => variable.Key,
            variable => new GivenSecret(
                $"{name}-variable-{ObjectName(variable.Key)}",
                new GivenSecretArgs { Namespace = inNamespace, Key = Key, Value = variable.Value },
                new ComponentResourceOptions { Parent = workload }).Reference,
            StringComparer.Ordinal));

    /// <summary>The part of a Secret's name that stands for a variable: HTTP_PROXY keeps its words, http_proxy beside it gets a hash.</summary>
    public static string ObjectName(string variable)
    {
        var words = variable.ToLowerInvariant().Replace('_', '-').Trim('-');
        return variable == variable.ToUpperInvariant().Trim('_')
            ? words
            : $"{words}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(variable)))[..HashLength]}";
    }
}
