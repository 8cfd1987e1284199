// Registers BENCH_RESOURCES resources, ten to a component, each reading an output of the one before it in its component.
// tests/bench/node/index.js registers the same with the official Node SDK.
using Pulumi;
using Pulumi.Random;

var count = int.Parse(Environment.GetEnvironmentVariable("BENCH_RESOURCES") ?? "1000");
return await Deployment.RunAsync(() =>
{
    for (var group = 0; group * 10 < count; group++)
    {
        var parent = new ComponentResource("bench:index:Group", $"group-{group}");
        RandomId? previous = null;
        for (var i = group * 10; i < Math.Min(count, (group + 1) * 10); i++)
        {
            previous = new RandomId($"id-{i}", new RandomIdArgs
            {
                ByteLength = 8,
                Prefix = $"prefix-{i}",
                Keepers = { ["group"] = $"{group}", ["previous"] = previous is null ? "none" : previous.Hex },
            }, new CustomResourceOptions { Parent = parent });
        }
    }
});
