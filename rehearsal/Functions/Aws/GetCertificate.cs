using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>A certificate that exists already, issued for the domain asked for.</summary>
internal sealed class GetCertificate : IFunction
{
    public string Token => "aws:acm/getCertificate:getCertificate";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (domain, region) = (arguments.TextOf("domain") ?? "", Answer.Region(arguments, context));
        var arn = $"arn:aws:acm:{region}:{Answer.Account}:certificate/{Digits.Uuid($"acm/{region}/{domain}")}";
        return Answer.Echo(arguments, ("id", Answer.Text(arn)), ("arn", Answer.Text(arn)), ("domain", Answer.Text(domain)), ("region", Answer.Text(region)), ("status", Answer.Text("ISSUED")));
    }
}
