using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>An ElastiCache replication group that exists already.</summary>
internal sealed class GetReplicationGroup : IFunction
{
    public string Token => "aws:elasticache/getReplicationGroup:getReplicationGroup";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (id, region) = (arguments.TextOf("replicationGroupId") ?? "", Answer.Region(arguments, context));
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(id)), ("region", Answer.Text(region)), ("arn", Answer.Text($"arn:aws:elasticache:{region}:{Answer.Account}:replicationgroup:{id}")),
            ("primaryEndpointAddress", Answer.Text($"master.{id}.{Digits.Hex(id, 6)}.{region}.cache.amazonaws.com")), ("port", Answer.Number(6379)), ("clusterMode", Answer.Text("disabled")));
    }
}
