using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>Three zones of the region, less those excluded; every region that AWS opened since 2018 has three.</summary>
internal sealed class GetAvailabilityZones : IFunction
{
    public string Token => "aws:index/getAvailabilityZones:getAvailabilityZones";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        var excluded = Texts(arguments, "excludeNames");
        var excludedIds = Texts(arguments, "excludeZoneIds");
        var zones = new[] { ('a', 1), ('b', 2), ('c', 3) }.Select(z => (Name: $"{region}{z.Item1}", Id: $"{ShortName(region)}-az{z.Item2}"))
            .Where(z => !excluded.Contains(z.Name) && !excludedIds.Contains(z.Id)).ToList();
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(region)), ("region", Answer.Text(region)), ("groupNames", Answer.List([$"{region}-zg-1"])),
            ("names", Answer.List(zones.Select(z => z.Name))), ("zoneIds", Answer.List(zones.Select(z => z.Id))));
    }

    // zone ids shorten the region: use1-az1 for us-east-1
    private static string ShortName(string region)
    {
        var parts = region.Split('-');
        return parts.Length == 3 ? $"{parts[0]}{parts[1][0]}{parts[2]}" : region;
    }

    private static HashSet<string> Texts(PropertyMap arguments, string key)
        => arguments.Find(key) is ListProperty list ? [.. list.Items.OfType<StringProperty>().Select(s => s.Value)] : [];
}
