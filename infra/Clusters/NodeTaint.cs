namespace Infra.Clusters;

/// <summary>Keeps pods away from a node unless they tolerate it.</summary>
/// <param name="Key">Key of the taint.</param>
/// <param name="Value">Value of the taint; may be empty.</param>
/// <param name="Effect">What happens to pods without a toleration.</param>
public sealed record NodeTaint(string Key, string Value, NodeTaintEffect Effect);
