using Infra.Quotas;
using Stacks.Settings.Declaring;
using Stacks.Settings.Rules;

namespace Stacks.Settings;

/// <summary>Which value the traffic of one protocol is counted by.</summary>
public sealed record QuotaExtractorSettings
{
    [Setting("The protocol.", Example = "http")]
    [OneOf(QuotaExtractor.Http, QuotaExtractor.Ssh, QuotaExtractor.Any)]
    public required string Protocol { get; init; }

    [Setting("Where the value comes from: header for http, permissions for ssh, jwt for http, client_ip for any.", Example = "header")]
    [OneOf(QuotaSource.Header, QuotaSource.Permissions, QuotaSource.Jwt, QuotaSource.ClientIp)]
    public required string Source { get; init; }

    [Setting("Header, for header.", Absent = "none", Example = "X-Connect-Sub")]
    public string? Header { get; init; }

    [Setting("Entry of the SSH permissions, for permissions.", Absent = "none", Example = "userId")]
    public string? Field { get; init; }

    [Setting("Token, for jwt.", Absent = "none", Example = "id_token")]
    public string? Token { get; init; }

    [Setting("Claim of the token, for jwt.", Absent = "none", Example = "sub")]
    public string? Claim { get; init; }

    internal QuotaExtractor ToExtractor() => new(Protocol, new QuotaSource(Source, Header, Field, Token, Claim));
}
