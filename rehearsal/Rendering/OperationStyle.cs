using Rehearsal.Planning;

namespace Rehearsal.Rendering;

/// <summary>How Pulumi marks what happens to a resource.</summary>
internal static class OperationStyle
{
    public static string Sign(Operation operation) => operation switch
    {
        Operation.Same => " ",
        Operation.Create => "+",
        Operation.Update => "~",
        Operation.Delete => "-",
        Operation.Replace => "+-",
        Operation.CreateReplacement => "++",
        Operation.DeleteReplaced => "--",
        Operation.Read => ">",
        Operation.ReadReplacement => ">>",
        Operation.Refresh => "~",
        Operation.Discard or Operation.DiscardReplaced or Operation.RemovePendingReplace => "<",
        Operation.Import => "=",
        _ => "=>",
    };

    public static Ink InkOf(Operation operation) => operation switch
    {
        Operation.Same => Ink.Plain,
        Operation.Create or Operation.CreateReplacement or Operation.Import or Operation.ImportReplacement => Ink.Created,
        Operation.Update or Operation.Refresh => Ink.Updated,
        Operation.Delete or Operation.DeleteReplaced or Operation.Discard or Operation.DiscardReplaced or Operation.RemovePendingReplace => Ink.Deleted,
        Operation.Replace => Ink.Replaced,
        _ => Ink.Read,
    };

    /// <summary>The summary's words: <c>3 to create</c>, <c>40 unchanged</c>.</summary>
    public static string Count(Operation operation, int count) => operation == Operation.Same ? $"{count} unchanged" : $"{Sign(operation)} {count} to {operation.PulumiName()}";
}
