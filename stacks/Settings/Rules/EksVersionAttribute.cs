using System.Text.Json.Nodes;
using Infra.Clusters;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A Kubernetes version that EKS supports.</summary>
public sealed class EksVersionAttribute : RuleAttribute
{
    public override string Allowed => string.Join(", ", EksVersion.All.Select(version => version.Support is EksSupport.Extended ? $"{version.Name} (extended support)" : version.Name));

    public override string Example => $"\"{EksVersion.Default}\"";

    public override string? Violation(object value) => EksVersion.Find((string)value) is null ? $"is no Kubernetes version that EKS supports on {EksVersion.AsOf:yyyy-MM-dd}" : null;

    public override void Describe(JsonObject schema) => schema["enum"] = new JsonArray([.. EksVersion.All.Select(version => JsonValue.Create(version.Name))]);
}
