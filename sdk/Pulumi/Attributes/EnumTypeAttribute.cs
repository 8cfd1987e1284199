namespace Pulumi;

/// <summary>Marks a struct that stands for one of several texts or numbers, and converts explicitly to that.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute
{
}
