namespace Pulumi;

/// <summary>Stands for a resource of which only the URN is known, as the engine names it in an answer.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn) : base(urn)
    {
    }
}
