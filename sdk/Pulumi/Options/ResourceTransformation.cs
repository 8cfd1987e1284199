namespace Pulumi;

/// <summary>Changes a resource's arguments and options before it is registered.</summary>
/// <returns>What to register instead, or null to leave it.</returns>
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);
