using System.Text.Json.Nodes;
using Infra.Storage;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Rules;

/// <summary>A directory below the root of a storage.</summary>
public sealed class DirectoryAttribute : RuleAttribute
{
    public override string Allowed => "a path that does not start with /, without empty parts, . or ..";

    public override string Example => "research/scratch";

    public override string? Violation(object value) =>
        value is string { Length: > 0 } text && StoragePath.IsDirectory(text) ? null : "is not a directory below the storage";

    public override void Describe(JsonObject schema) => schema["pattern"] = "^[^/]";
}
