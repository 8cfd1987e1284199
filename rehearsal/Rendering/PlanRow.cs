using Rehearsal.Graph;
using Rehearsal.Planning;

namespace Rehearsal.Rendering;

/// <summary>One resource of a plan as the tree shows it.</summary>
/// <param name="Urn">Its URN.</param>
/// <param name="Parent">The resource that it belongs to.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Operation">What happens to it.</param>
/// <param name="Note">What else there is to say, for example why it is replaced.</param>
public sealed record PlanRow(Urn Urn, Urn? Parent, string Type, Operation Operation, string Note = "");
