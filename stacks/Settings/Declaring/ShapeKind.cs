namespace Stacks.Settings.Declaring;

/// <summary>What a value looks like in the stack file.</summary>
public enum ShapeKind
{
    Text,
    WholeNumber,
    Boolean,
    Choice,
    Secret,
    Record,
    List,
    AllowList,
    Map,
}
