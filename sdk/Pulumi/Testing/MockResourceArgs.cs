using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>A registration or a read, as mocks see it: secrets are plain, numbers are doubles.</summary>
public class MockResourceArgs
{
    public string? Type { get; set; }

    public string? Name { get; set; }

    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    public string? Provider { get; set; }

    /// <summary>The id of a resource that is read, otherwise empty.</summary>
    public string? Id { get; set; }
}
