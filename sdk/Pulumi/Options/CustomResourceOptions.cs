namespace Pulumi;

/// <summary>Options of a resource that a provider manages.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    private List<string>? _additionalSecretOutputs;
    private Dictionary<string, string>? _envVarMappings;

    /// <summary>Whether a replacement deletes before it creates; the provider's choice when not given.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Outputs that the engine keeps secret, beside those that the provider marks.</summary>
    public List<string> AdditionalSecretOutputs
    {
        get => _additionalSecretOutputs ??= [];
        set => _additionalSecretOutputs = value;
    }

    /// <summary>The id of an existing resource that is taken over.</summary>
    public string? ImportId { get; set; }

    /// <summary>For providers: names of environment variables that the plugin sees under another name.</summary>
    public Dictionary<string, string> EnvVarMappings
    {
        get => _envVarMappings ??= [];
        set => _envVarMappings = value;
    }

    internal IReadOnlyList<string> AdditionalSecretOutputsOrNone => _additionalSecretOutputs ?? [];

    internal IEnumerable<KeyValuePair<string, string>> EnvVarMappingsOrNone => _envVarMappings ?? Enumerable.Empty<KeyValuePair<string, string>>();

    /// <summary>New options with what both say: the second's single values win, its lists follow the first's.</summary>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = new CustomResourceOptions();
        if (options1 is not null)
        {
            merged.AbsorbCustom(options1);
        }
        if (options2 is not null)
        {
            merged.AbsorbCustom(options2);
        }
        return merged;
    }

    internal override ResourceOptions Clone() => Merge(this, null);

    private void AbsorbCustom(CustomResourceOptions other)
    {
        Absorb(other);
        DeleteBeforeReplace = other.DeleteBeforeReplace ?? DeleteBeforeReplace;
        ImportId = other.ImportId ?? ImportId;
        Append(ref _additionalSecretOutputs, other._additionalSecretOutputs);
        if (other._envVarMappings is { } mappings)
        {
            foreach (var (name, variable) in mappings)
            {
                EnvVarMappings[name] = variable;
            }
        }
    }
}
