using System.Text.Json.Nodes;
using Infra.Storage;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>An absolute path on a node or an exported file system.</summary>
public sealed class AbsolutePathAttribute : RuleAttribute
{
    public override string Allowed => "a path that starts with /, without empty parts, . or ..";

    public override string Example => "/exports/studios";

    public override string? Violation(object value) =>
        value is string text && text.StartsWith('/') && StoragePath.IsDirectory(text.Trim('/')) ? null : "is not an absolute path";

    public override void Describe(JsonObject schema) => schema["pattern"] = "^/";
}
