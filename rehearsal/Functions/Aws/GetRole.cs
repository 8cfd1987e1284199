using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>A role that exists already.</summary>
internal sealed class GetRole : IFunction
{
    public string Token => "aws:iam/getRole:getRole";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var name = arguments.TextOf("name") ?? "";
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(name)), ("arn", Answer.Text($"arn:aws:iam::{Answer.Account}:role/{name}")), ("path", Answer.Text("/")), ("maxSessionDuration", Answer.Number(3600)),
            ("uniqueId", Answer.Text("AROA" + Digits.Hex($"role/{name}", 17).ToUpperInvariant())),
            ("assumeRolePolicy", Answer.Text("""{"Version":"2012-10-17","Statement":[]}""")));
    }
}
