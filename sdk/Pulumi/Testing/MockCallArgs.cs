using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>An invoke or a call, as mocks see it: secrets are plain, numbers are doubles.</summary>
public class MockCallArgs
{
    public string? Token { get; set; }

    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    public string? Provider { get; set; }
}
