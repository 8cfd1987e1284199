namespace Rehearsal.Schemas;

/// <summary>What a schema says about the shape of a value.</summary>
internal enum TypeKind
{
    Any,
    Text,
    Boolean,
    Integer,
    Number,
    List,
    Map,
    Object,
    Enumeration,
    Asset,
    OneOf,
}
