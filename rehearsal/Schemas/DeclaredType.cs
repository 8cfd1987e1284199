using System.Collections.Immutable;
using Rehearsal.Wire;

namespace Rehearsal.Schemas;

/// <summary>A type that a schema declares by token: an object, or an enumeration of primitive values.</summary>
/// <param name="Object">The properties; null for an enumeration.</param>
/// <param name="Allowed">The values of an enumeration.</param>
/// <param name="Computed">Properties of the object that a deployment fills in where the program leaves them out.</param>
internal sealed record DeclaredType(ObjectSpec? Object, ImmutableArray<PropertyValue> Allowed, ImmutableArray<string> Computed);
