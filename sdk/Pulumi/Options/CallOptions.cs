namespace Pulumi;

/// <summary>How a resource's method is called.</summary>
public class CallOptions
{
    /// <summary>A resource whose providers are used.</summary>
    public Resource? Parent { get; set; }

    public ProviderResource? Provider { get; set; }

    public string? Version { get; set; }

    public string? PluginDownloadURL { get; set; }
}
