namespace Infra.Quotas;

/// <summary>Which value the traffic of one protocol is counted by.</summary>
/// <param name="Protocol"><c>http</c>, <c>ssh</c> or <c>any</c>.</param>
/// <param name="Source">Where the value comes from.</param>
public sealed record QuotaExtractor(string Protocol, QuotaSource Source)
{
    public const string Http = "http";

    public const string Ssh = "ssh";

    public const string Any = "any";

    internal Dictionary<string, object> ToJsonObject() => new(StringComparer.Ordinal)
    {
        ["protocol"] = Protocol,
        ["source"] = Source.ToJsonObject(),
    };
}
