using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>The role behind the ARN of a session.</summary>
internal sealed class GetSessionContext : IFunction
{
    public string Token => "aws:iam/getSessionContext:getSessionContext";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var arn = arguments.TextOf("arn") ?? "";
        var parts = arn.Split('/');
        var assumed = arn.Contains(":assumed-role/", StringComparison.Ordinal) && parts.Length == 3;
        var issuer = assumed ? $"arn:aws:iam::{Answer.Account}:role/{parts[1]}" : arn;
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(arn)), ("issuerArn", Answer.Text(issuer)), ("issuerName", Answer.Text(assumed ? parts[1] : "")), ("sessionName", Answer.Text(assumed ? parts[2] : "")),
            ("issuerId", Answer.Text(assumed ? "AROA" + Digits.Hex(issuer, 17).ToUpperInvariant() : "")));
    }
}
