using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>An identity provider that exists already, asked for by ARN or URL.</summary>
internal sealed class GetOpenIdConnectProvider : IFunction
{
    public string Token => "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var url = (arguments.TextOf("url") ?? arguments.TextOf("arn")?.Split(":oidc-provider/")[^1] ?? "").Replace("https://", "", StringComparison.Ordinal);
        var arn = arguments.TextOf("arn") ?? $"arn:aws:iam::{Answer.Account}:oidc-provider/{url}";
        return Answer.Echo(arguments, ("id", Answer.Text(arn)), ("arn", Answer.Text(arn)), ("url", Answer.Text(url)), ("clientIdLists", Answer.List(["sts.amazonaws.com"])));
    }
}
