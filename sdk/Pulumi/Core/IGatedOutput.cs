namespace Pulumi;

/// <summary>An output of a resource: it has its value as soon as the gate that all outputs of the resource share is open.</summary>
internal interface IGatedOutput
{
    Type ValueType { get; }

    /// <summary>Sets what the output comes to; before the gate opens. A null is the type's default.</summary>
    void Settle(ResourceSet dependencies, object? value, bool isKnown, bool isSecret);
}
