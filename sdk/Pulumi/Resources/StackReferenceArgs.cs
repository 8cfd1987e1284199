namespace Pulumi;

/// <summary>The arguments of a stack reference.</summary>
public class StackReferenceArgs : ResourceArgs
{
    /// <summary>The stack, as <c>organization/project/stack</c>; the resource's name when not given.</summary>
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}
