namespace Rehearsal.Schemas;

/// <summary>What a schema declares about a resource or a function.</summary>
internal sealed record ResourceSpec(ObjectSpec Inputs, ObjectSpec Outputs);
