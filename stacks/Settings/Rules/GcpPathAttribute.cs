using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>The full name of a network or subnetwork, which says in which project it is.</summary>
/// <param name="collection">The collection in the name: <c>networks</c> or <c>subnetworks</c>.</param>
public sealed partial class GcpPathAttribute(string collection) : RuleAttribute
{
    public string Collection { get; } = collection;

    public override string Allowed => Collection == "networks" ? "projects/<project>/global/networks/<name>" : "projects/<project>/regions/<region>/subnetworks/<name>";

    public override string Example => Allowed.Replace("<project>", "example-research").Replace("<region>", "europe-west1").Replace("<name>", "research");

    public override string? Violation(object value) => value is string text && Form().IsMatch(text) && text.Split('/')[^2] == Collection
        ? null
        : $"is not the full name of one of the {Collection}";

    public override void Describe(JsonObject schema) => schema["pattern"] = $"^projects/.+/{Collection}/[a-z0-9-]+$";

    [GeneratedRegex("^projects/[a-z0-9.:-]+/(global/networks|regions/[a-z0-9-]+/subnetworks)/[a-z]([a-z0-9-]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
