using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Pulumi.Utilities;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Reading;

/// <summary>Reads the settings of the running stack; nothing else asks Pulumi for configuration.</summary>
public static class SettingsReader
{
    /// <summary>Pulumi's own mark of what only a deployment knows (pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go); a rehearsal gives it for a value
    /// that it cannot open, too (docs/adr/0015).</summary>
    internal const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>
    /// Begins to read the settings on a thread of its own: they need nothing of the engine, and connecting to it keeps another processor busy as long. Whatever
    /// is wrong is told by <see cref="Accept"/>, when its turn has come.
    /// </summary>
    // Pulumi.Config cannot list its keys, and an unknown key must not pass in silence: the same text is in the environment.
    public static Task<ReadSettings> ReadAhead() => Task.Factory.StartNew(
        static () =>
            SettingsValidation.Read(RawSettings.FromEnvironment(Environment.GetEnvironmentVariable), Today.From(Environment.GetEnvironmentVariable)),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>The settings, or one exception without a stack trace that names every problem; what is worth a second look goes to Pulumi's log.</summary>
    /// <exception cref="RunException">The stack file is not valid.</exception>
    public static PlatformSettings Accept(ReadSettings read)
    {
        if (!read.Problems.IsEmpty)
        {
            throw new RunException(SettingsReport.Render(read.Problems));
        }

        foreach (var warning in read.Warnings)
        {
            Log.Warn(warning.ToString());
        }

        return read.Settings;
    }

    /// <summary>The value of a secret. Never through a typed getter: those repeat the value in their errors.</summary>
    public static Output<string> Secret(SecretSetting secret) => new Config(SettingPath.Namespace).RequireSecret(secret.Key)
        .Apply(text => text == Unknown ? OutputUtilities.CreateUnknown(text) : Output.Create(text));
}

/// <summary>The day for which warnings about dates are given.</summary>
public static class Today
{
    /// <summary>Stands in for the clock, so that two runs say the same.</summary>
    public const string Variable = "PLATFORM_TODAY";

    /// <summary>The day that the variable names, as 2026-11-26; without one that of the clock, in UTC.</summary>
    /// <exception cref="RunException">The variable names no day.</exception>
    public static DateOnly From(Func<string, string?> environment) => environment(Variable) switch
    {
        null or "" => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) => day,
        var text => throw new RunException($"{Variable} is '{text}', and a day is written as 2026-11-26: correct it, or unset it to take the clock's."),
    };
}

/// <summary>The configuration of a stack as Pulumi hands it to its program: text by top-level key, and which of the keys are secret.</summary>
public sealed class RawSettings
{
    private const string Prefix = SettingPath.Namespace + ":";

    // The engine's own keys, as pulumi:tags and pulumi:disable-default-providers.
    private const string EnginePrefix = "pulumi:";

    /// <summary>Keeps what belongs to the platform, and of the rest the names.</summary>
    /// <param name="config">By full key, other namespaces included: <c>platform:redis</c>, <c>aws:region</c>.</param>
    /// <param name="secretKeys">Full keys of the secrets.</param>
    public RawSettings(IReadOnlyDictionary<string, string> config, IEnumerable<string> secretKeys)
    {
        // An empty text is how Pulumi.yaml says "no default": without one the CLI refuses every stack that leaves the key out.
        Dictionary<string, string> values = [];
        foreach (var (key, value) in config)
        {
            if (key.StartsWith(Prefix) && value.Length > 0)
            {
                values.Add(key[Prefix.Length..], value);
            }
        }

        Values = values.ToFrozenDictionary();
        SecretKeys = secretKeys.Where(key => key.StartsWith(Prefix)).Select(key => key[Prefix.Length..]).ToFrozenSet();
        ForeignKeys = [.. config.Keys.Where(key => !key.StartsWith(Prefix) && !key.StartsWith(EnginePrefix)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Text by key without the namespace; structured values are JSON.</summary>
    public FrozenDictionary<string, string> Values { get; }

    public FrozenSet<string> SecretKeys { get; }

    /// <summary>Full keys of other namespaces than the platform's and the engine's.</summary>
    public ImmutableArray<string> ForeignKeys { get; }

    /// <summary>Reads what Pulumi's language hosts put into the environment of every program.</summary>
    /// <exception cref="JsonException">It is none of theirs.</exception>
    public static RawSettings FromEnvironment(Func<string, string?> environment)
    {
        try
        {
            return Read(environment);
        }
        catch (InvalidOperationException exception)
        {
            // Half a pair of surrogates
            throw new JsonException(exception.Message, exception);
        }
    }

    private static RawSettings Read(Func<string, string?> environment)
    {
        Dictionary<string, string> config = [];
        using var values = Parse("PULUMI_CONFIG", "{}", JsonValueKind.Object);
        foreach (var property in values.RootElement.EnumerateObject())
        {
            config[property.Name] = Text(property.Value);
        }

        List<string> secretKeys = [];
        using var keys = Parse("PULUMI_CONFIG_SECRET_KEYS", "[]", JsonValueKind.Array);
        foreach (var key in keys.RootElement.EnumerateArray())
        {
            secretKeys.Add(Text(key));
        }

        return new RawSettings(config, secretKeys);

        JsonDocument Parse(string variable, string absent, JsonValueKind kind)
        {
            var document = JsonDocument.Parse(environment(variable) is { Length: > 0 } and not "null" and var text ? text : absent);
            return document.RootElement.ValueKind == kind ? document : throw new JsonException($"{variable} holds {document.RootElement.ValueKind}.");
        }

        static string Text(JsonElement value) =>
            value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new JsonException($"A text of the configuration is {value.ValueKind}.");
    }
}

/// <summary>What reading a stack's configuration gives: settings, or every problem with them.</summary>
/// <param name="Settings">Complete and valid exactly when <paramref name="Problems"/> is empty.</param>
/// <param name="Problems">Everything that is wrong.</param>
/// <param name="Given">Paths that the stack file sets; the other values are defaults.</param>
public sealed record ReadSettings(PlatformSettings Settings, ImmutableArray<SettingsProblem> Problems, ImmutableHashSet<string> Given)
{
    /// <summary>What is allowed and still worth a second look; complete only without problems.</summary>
    public ImmutableArray<SettingsProblem> Warnings { get; init; } = [];

    /// <summary>Those of <see cref="Problems"/> that one setting has whatever the others say: what an editor can refuse as well.</summary>
    public ImmutableArray<SettingsProblem> Malformed { get; init; } = [];
}
