using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Protocol;
using Rehearsal.Wire;
using Stacks.Commands;
using Tests.Stacks.Support;

namespace Tests.Stacks.Forms;

// Promise: what `./platform outputs` writes for the example stacks, `./platform tower` reads, and it knows every field that they export.
public sealed class FormsOfExamplesTests
{
    [Theory]
    [InlineData("stacks/examples/Pulumi.tower-only-existing.yaml", "k8s-platform", "imaging", "research")]
    [InlineData("stacks/examples/Pulumi.tower-only-eks.yaml", "eks-platform", "fusion", "shared")]
    [InlineData("stacks/examples/Pulumi.tower-only-gke.yaml", "gke-platform", "fusion", "shared")]
    [InlineData("Pulumi.dev.yaml", "k8s-platform", "research")]
    public async Task Forms_AreFilledIn(string path, string platform, params string[] names)
    {
        var outputs = await Outputs(path);

        var bodies = JsonNode.Parse(Run(outputs, "json"))!.AsArray().Select(body => body!["computeEnv"]!).ToArray();

        bodies.Select(body => body["name"]!.GetValue<string>()).ShouldBe(names);
        bodies.ShouldAllBe(body => body["platform"]!.GetValue<string>() == platform);
        string[] credentials = ["platform", "token", "tokenSecret", "assumeRoleArn", "warning"];
        foreach (var body in bodies)
        {
            var exported = JsonNode.Parse(outputs)!["towerEnvironments"]![body["name"]!.GetValue<string>()]!.AsObject().Select(field => field.Key).Except(credentials);
            exported.Except(body["config"]!.AsObject().Select(field => field.Key)).ShouldBeEmpty();
        }

        foreach (var shown in new[] { Run(outputs, "table"), Run(outputs, "tw") })
        {
            shown.ShouldNotContain(RehearsedStack.Marker);
            shown.ShouldNotContain(WireSignatures.UnknownString);
        }
    }

    private static async Task<string> Outputs(string path)
    {
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            PropertyJson.Write(json, PropertyMask.Mask((await RehearsedStack.Of(path)).Result.Outputs));
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Run(string outputs, string format)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(outputs);
        ToolCommands.Run(["tower", "--format", format], _ => null, output, error, input).ShouldBe(0, error.ToString());
        return output.ToString();
    }
}
