namespace Pulumi;

/// <summary>The ids of features that an engine may lack.</summary>
internal static class Feature
{
    public const string ResourceReferences = "resourceReferences";
    public const string OutputValues = "outputValues";
    public const string AliasSpecs = "aliasSpecs";
    public const string DeletedWith = "deletedWith";
    public const string ReplaceWith = "replaceWith";
    public const string Parameterization = "parameterization";
}
