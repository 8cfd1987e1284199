using System.Text.Json.Nodes;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A Kubernetes version that some release channel of GKE offers.</summary>
public sealed class GkeVersionAttribute : RuleAttribute
{
    public override string Allowed => $"one of {string.Join(", ", GkeVersion.All.Select(version => version.Name))}, in quotes";

    public override string Example => $"'{GkeVersion.Default}'";

    public override string? Violation(object value) => GkeVersion.Find((string)value) is null ? "is no Kubernetes version that GKE offers" : null;

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. GkeVersion.All.Select(version => (JsonNode)version.Name)]);
}
