// Registers BENCH_RESOURCES resources in their BENCH_EDITION;
// with BENCH_KIND=aws those of tests/bench/terraform/main.tf, otherwise those of tests/bench/node/index.js.
using Pulumi;
using Synthetic;

var count = int.Parse(Environment.GetEnvironmentVariable("BENCH_RESOURCES") ?? "1000");
var aws = Environment.GetEnvironmentVariable("BENCH_KIND") == "aws";
return await Deployment.RunAsync(() =>
{
    if (aws)
    {
        AwsGroups.Define(count);
    }
    else
    {
        RandomIds.Define(count, Environment.GetEnvironmentVariable("BENCH_EDITION") ?? "");
    }
});
