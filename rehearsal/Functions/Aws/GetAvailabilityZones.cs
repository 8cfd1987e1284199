using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>The zones of the region, less those excluded: three, as in every region that AWS opened since 2018, and the few older ones with more.</summary>
internal sealed class GetAvailabilityZones : IFunction
{
    public string Token => "aws:index/getAvailabilityZones:getAvailabilityZones";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        var excluded = Texts(arguments, "excludeNames");
        var excludedIds = Texts(arguments, "excludeZoneIds");
        var zones = Enumerable.Range(0, Count(region)).Select(index => (Name: $"{region}{(char)('a' + index)}", Id: $"{ShortName(region)}-az{index + 1}"))
            .Where(z => !excluded.Contains(z.Name) && !excludedIds.Contains(z.Id)).ToList();
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(region)), ("region", Answer.Text(region)), ("groupNames", Answer.List([$"{region}-zg-1"])),
            ("names", Answer.List(zones.Select(z => z.Name))), ("zoneIds", Answer.List(zones.Select(z => z.Id))));
    }

    private static int Count(string region) => region switch
    {
        "us-east-1" => 6,
        "us-west-2" or "ca-central-1" or "ap-northeast-1" or "ap-northeast-2" => 4,
        _ => 3,
    };

    // zone ids shorten the region: use1-az1 for us-east-1
    private static string ShortName(string region)
    {
        var parts = region.Split('-');
        return parts.Length == 3 ? $"{parts[0]}{parts[1][0]}{parts[2]}" : region;
    }

    private static HashSet<string> Texts(PropertyMap arguments, string key)
        => arguments.Find(key) is ListProperty list ? [.. list.Items.OfType<StringProperty>().Select(s => s.Value)] : [];
}
