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
    public const string Transforms = "transforms";
    public const string InvokeTransforms = "invokeTransforms";
    public const string ResourceHooks = "resourceHooks";
    public const string ErrorHooks = "errorHooks";
}
