using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>Who the credentials belong to: the documentation's account, a role named for what this is.</summary>
internal sealed class GetCallerIdentity : IFunction
{
    public string Token => "aws:index/getCallerIdentity:getCallerIdentity";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
        => PropertyMap.Of(
            ("accountId", Answer.Text(Answer.Account)),
            ("arn", Answer.Text($"arn:aws:sts::{Answer.Account}:assumed-role/rehearsal/preview")),
            ("id", Answer.Text(Answer.Account)),
            ("userId", Answer.Text("AROAREHEARSAL:preview")));
}
