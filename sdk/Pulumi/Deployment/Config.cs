using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>The stack's configuration under one namespace.</summary>
public sealed class Config
{
    private readonly string _name;
    private readonly Deployment _deployment;

    /// <summary>Reads the configuration under a namespace.</summary>
    /// <param name="name">The namespace; the project's name when not given.</param>
    public Config(string? name = null)
    {
        _deployment = Deployment.Required;
        _name = name ?? _deployment.Settings.Project;
        const string OldForm = ":config";
        if (_name.EndsWith(OldForm, StringComparison.Ordinal))
        {
            _name = _name[..^OldForm.Length];
        }
    }

    public string? Get(string key) => _deployment.Settings.Config.GetValueOrDefault(FullKey(key));

    public bool? GetBoolean(string key) => Get(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Unfit(key, text, nameof(Boolean)),
    };

    public int? GetInt32(string key)
    {
        if (Get(key) is not { } text)
        {
            return null;
        }
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : throw Unfit(key, text, nameof(Int32));
    }

    public double? GetDouble(string key)
    {
        if (Get(key) is not { } text)
        {
            return null;
        }
        return double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unfit(key, text, nameof(Double));
    }

    public T? GetObject<T>(string key) => GetObject<T>(key, JsonSerializerOptions.Default);

    public T? GetObject<T>(string key, JsonSerializerOptions options)
    {
        if (Get(key) is not { } text)
        {
            return default;
        }
        try
        {
            return JsonSerializer.Deserialize<T>(text, options);
        }
        catch (JsonException)
        {
            throw Unfit(key, text, typeof(T).FullName!);
        }
    }

    public string Require(string key) => Get(key) ?? throw Missing(key);

    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    public T? RequireObject<T>(string key) => RequireObject<T>(key, JsonSerializerOptions.Default);

    public T? RequireObject<T>(string key, JsonSerializerOptions options) => Get(key) is null ? throw Missing(key) : GetObject<T>(key, options);

    /// <summary>Configuration as the engine hands it over: a JSON object of texts by full key.</summary>
    internal static ImmutableDictionary<string, string> Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return ImmutableDictionary<string, string>.Empty;
        }
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToImmutableDictionary(property => Clean(property.Name), property => property.Value.ToString());
    }

    /// <summary>Old engines put <c>config:</c> between namespace and name.</summary>
    private static string Clean(string key)
    {
        var parts = key.Split(':', 3);
        return parts is [var space, "config", var name] ? $"{space}:{name}" : key;
    }

    private string FullKey(string key) => $"{_name}:{key}";

    private ConfigTypeException Unfit(string key, string text, string type) => new(FullKey(key), text, type);

    private ConfigMissingException Missing(string key) => new(FullKey(key));

    /// <summary>A value that is not of the type that the program asked for.</summary>
    private sealed class ConfigTypeException(string key, string value, string type)
        : RunException($"Configuration '{key}' value '{value}' is not a valid {type}");

    /// <summary>A value that the program needs and the stack does not have.</summary>
    private sealed class ConfigMissingException(string key)
        : RunException($"Missing Required configuration variable '{key}'\n\tplease set a value using the command `pulumi config set {key} <value>`");

    public Output<string>? GetSecret(string key) => Get(key) is { } value ? Output.CreateSecret(value) : null;

    public Output<bool>? GetSecretBoolean(string key) => GetBoolean(key) is { } value ? Output.CreateSecret(value) : null;

    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } value ? Output.CreateSecret(value) : null;

    public Output<double>? GetSecretDouble(string key) => GetDouble(key) is { } value ? Output.CreateSecret(value) : null;

    public Output<T?>? GetSecretObject<T>(string key) => Get(key) is null ? null : Output.CreateSecret(GetObject<T>(key));

    public Output<T?>? GetSecretObject<T>(string key, JsonSerializerOptions options) =>
        GetObject<T>(key, options) is { } value ? Output.CreateSecret<T?>(value) : null;

    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    public Output<T?> RequireSecretObject<T>(string key) => RequireSecretObject<T>(key, JsonSerializerOptions.Default);

    public Output<T?> RequireSecretObject<T>(string key, JsonSerializerOptions options) => Output.CreateSecret(RequireObject<T>(key, options));
}
