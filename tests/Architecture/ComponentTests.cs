using System.Text.RegularExpressions;
using Pulumi;
using Tests.Stacks;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Architecture;

// Promise: each component is known by all its children, and some stack file of this repository makes it.
public sealed partial class ComponentTests
{
    // What no stack file makes, and why.
    private static readonly Dictionary<string, string> Unplanned = new(StringComparer.Ordinal)
    {
        ["platform:loadBalancing:TraefikController"] = "for clusters without an ingress controller; those of the examples have their cloud's",
        ["platform:secrets:PullCredential"] = "made of a secret, and the files of this repository hold none",
        ["platform:secrets:TlsSecret"] = "made of a secret, and the files of this repository hold none",
        ["platform:tower:AwsAuthMapping"] = "for EKS clusters without access entries; no example has such an old one",
    };

    private static IEnumerable<string> Tokens => RoomTests.Components().Select(RoomTests.Token).Order(StringComparer.Ordinal);

    [Fact]
    public void EveryComponent_HasATestOfAllItsChildren()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "infra"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        var listed = sources
            .SelectMany(text => WholeLists().Matches(text))
            .SelectMany(list => ComponentTokens().Matches(list.Value))
            .Select(token => token.Value)
            .ToHashSet(StringComparer.Ordinal);

        Tokens.Except(listed, StringComparer.Ordinal).ShouldBeEmpty("write a test in tests/infra that asserts deployed.Lineages as a whole");
    }

    [Fact]
    public async Task EveryComponent_IsMadeBySomeStackFile()
    {
        var stacks = await Task.WhenAll(WholeProgramTests.Paths.Cast<object[]>().Select(row => RehearsedStack.Of((string)row[0])));
        var planned = stacks.SelectMany(stack => stack.Result.Plan.Steps).Select(step => step.Type).ToHashSet(StringComparer.Ordinal);

        Tokens
            .Except(planned, StringComparer.Ordinal)
            .ShouldBe(Unplanned.Keys.Order(StringComparer.Ordinal), "add what makes it to a file in stacks/examples, or the reason to the list");
    }

    [Fact]
    public void EveryOutput_BelongsToAResource() => typeof(global::Infra.Clusters.ICluster).Assembly.GetTypes()
        .Where(type => !type.IsSubclassOf(typeof(Resource)))
        .SelectMany(type => type.GetProperties())
        .Where(property => property.IsDefined(typeof(OutputAttribute), inherit: false))
        .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
        .ShouldBeEmpty();

    // Lineages.ShouldBe([ "platform:cache:Redis$…::redis", … ])
    [GeneratedRegex(@"Lineages\.ShouldBe\(\s*\[.*?\]\s*\)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeLists();

    [GeneratedRegex(@"platform:\w+:\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ComponentTokens();
}
