using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>The project, region and zone of the stack, and a token labelled as rehearsed.</summary>
internal sealed class GetClientConfig : IFunction
{
    public string Token => "gcp:organizations/getClientConfig:getClientConfig";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = context.Request.Config.GetValueOrDefault("gcp:region", "us-central1");
        return PropertyMap.Of(
            ("id", Answer.Text($"projects/{Answer.Project(arguments, context)}/regions/{region}")), ("project", Answer.Text(Answer.Project(arguments, context))), ("region", Answer.Text(region)),
            ("zone", Answer.Text(context.Request.Config.GetValueOrDefault("gcp:zone", $"{region}-a"))), ("accessToken", new SecretProperty(Answer.Text("rehearsed-access-token"))));
    }
}
