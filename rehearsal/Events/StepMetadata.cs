using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Events;

/// <summary>What a step does to which resource.</summary>
public sealed record StepMetadata(Operation Operation, Urn Urn, string Type, Urn? Parent, string Provider, bool Custom, bool Protect);
