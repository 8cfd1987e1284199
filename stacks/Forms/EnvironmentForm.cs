using System.Collections.Immutable;
using System.Text.Json;
using Stacks.Settings.Reading;

namespace Stacks.Forms;

/// <summary>The Platform's form of one compute environment, filled in from the outputs of a stack.</summary>
/// <param name="Name">Name of the environment.</param>
/// <param name="Platform">Kind of environment, in the Platform's words.</param>
/// <param name="Fields">Fields that have a value or should have one, in the order of the form.</param>
/// <param name="Warning">What an operator must know first; null for nothing.</param>
public sealed record EnvironmentForm(string Name, string Platform, ImmutableArray<(FormField Field, FormValue Value)> Fields, string? Warning)
{
    private static readonly Dictionary<string, string> CredentialsByPlatform = new(StringComparer.Ordinal)
    {
        ["k8s-platform"] = "Kubernetes, with the service account token",
        ["eks-platform"] = "AWS, with the keys of the principal that has access to the cluster",
        ["gke-platform"] = "Google Cloud, with a key of the service account that has access to the cluster",
    };

    /// <summary>Which credentials of the Platform it needs.</summary>
    public string Credentials => CredentialsByPlatform.GetValueOrDefault(Platform, Platform);

    /// <summary>The fields of the environment itself.</summary>
    public IEnumerable<(FormField Field, FormValue Value)> Config => Fields.Where(entry => !entry.Field.IsCredential);

    public FormValue? this[string key] => Fields.Where(entry => entry.Field.Key == key).Select(entry => (FormValue?)entry.Value).FirstOrDefault();
}

/// <summary>One field of the Platform's form for a compute environment on Kubernetes.</summary>
/// <param name="Key">Name in the stack's outputs and, unless it belongs to the credentials, in the Platform's API.</param>
/// <param name="Label">What the form calls it.</param>
/// <param name="Option">Option of <c>tw compute-envs add</c>; null where the command has none.</param>
public sealed record FormField(string Key, string Label, string? Option = null)
{
    /// <summary>
    /// The words of the API and of <c>tw</c> (seqeralabs/tower-cli, commands/computeenvs/platforms: K8sPlatform, EksPlatform, GkePlatform and
    /// AbstractPlatform).
    /// </summary>
    public static readonly ImmutableArray<FormField> All =
    [
        new("token", "Service account token") { IsSecret = true, IsCredential = true },
        new("tokenSecret", "Secret that holds the token") { IsCredential = true },
        new("assumeRoleArn", "Assume role") { IsCredential = true },
        new("server", "Control plane URL", "--server") { IsSecret = true, RequiredBy = "k8s-platform" },
        new("sslCert", "SSL certificate", "--ssl-cert") { IsSecret = true, IsFile = true, RequiredBy = "k8s-platform" },
        new("region", "Region", "--region"),
        new("clusterName", "Cluster name", "--cluster-name"),
        new("namespace", "Namespace", "--namespace"),
        new("headServiceAccount", "Head service account", "--head-account"),
        new("storageClaimName", "Storage claim", "--storage-claim"),
        new("storageMountPath", "Storage mount path", "--storage-mount"),
        new("workDir", "Work directory", "--work-dir"),
        new("fusion2Enabled", "Fusion v2"),
        new("waveEnabled", "Wave containers"),
        new("computeServiceAccount", "Compute service account", "--compute-account"),
        new("podCleanup", "Pod cleanup policy", "--pod-cleanup"),
        new("headPodSpec", "Custom head pod specs", "--head-pod-spec") { IsFile = true },
        new("servicePodSpec", "Custom service pod specs", "--service-pod-spec") { IsFile = true },
        new("headJobCpus", "Head job CPUs"),
        new("headJobMemoryMb", "Head job memory (MiB)"),
        new("environment", "Environment variables", "--env"),
        new("preRunScript", "Pre-run script", "--pre-run") { IsFile = true },
        new("postRunScript", "Post-run script", "--post-run") { IsFile = true },
        new("nextflowConfig", "Nextflow config file", "--nextflow-config") { IsFile = true },
    ];

    /// <summary>Whether the value is shown only on demand.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it belongs to the credentials that the environment refers to, not to the environment.</summary>
    public bool IsCredential { get; init; }

    /// <summary>Whether the option takes the name of a file with the value.</summary>
    public bool IsFile { get; init; }

    /// <summary>The kind of environment that does not work without it; null for those that every stack fills in or no kind needs.</summary>
    public string? RequiredBy { get; init; }
}

/// <summary>The value of a field, or the reason why there is none to show.</summary>
/// <param name="Json">The value; null where <paramref name="Placeholder"/> stands for it.</param>
/// <param name="Placeholder">What is shown instead.</param>
public readonly record struct FormValue(JsonElement? Json, string Placeholder)
{
    /// <summary>What a rehearsal writes for a value that only a deployment knows.</summary>
    private const string UnknownInRehearsal = "[unknown]";

    /// <summary>What Pulumi writes for a secret that is not to be shown.</summary>
    private const string Masked = "[secret]";

    public static readonly FormValue Missing = new(null, "<not known to this stack>");

    private static readonly FormValue AfterDeployment = new(null, "<known after deployment>");

    private static readonly FormValue Hidden = new(null, "<secret: add --show-secrets>");

    /// <summary>Why there is no value, in words.</summary>
    public string Reason => Placeholder.Trim('<', '>');

    /// <summary>The value on one line, or as many as it has.</summary>
    public string Text => Json switch
    {
        null => Placeholder,
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } variables => string.Join('\n', variables.EnumerateArray().Select(Variable)),
        { } other => other.GetRawText(),
    };

    /// <summary>Whether the outputs themselves hide it.</summary>
    public static bool IsMasked(JsonElement json) => json.ValueKind == JsonValueKind.String && json.ValueEquals(Masked);

    public static FormValue Of(JsonElement json, FormField field, bool showSecrets)
    {
        if (json.ValueKind == JsonValueKind.String && (json.ValueEquals(SettingsReader.Unknown) || json.ValueEquals(UnknownInRehearsal)
            || json.GetString() is ['<', .. var word, '>'] && word.StartsWith("known after", StringComparison.Ordinal)))
        {
            return AfterDeployment;
        }

        return (field.IsSecret && !showSecrets) || IsMasked(json) ? Hidden : new(json, "");
    }

    /// <summary>A variable as <c>tw</c> takes it: <c>both:NXF_OPTS=-Xmx2g</c>.</summary>
    public static string Variable(JsonElement variable)
    {
        var place = (variable.GetProperty("head").GetBoolean(), variable.GetProperty("compute").GetBoolean()) switch
        {
            (true, true) => "both",
            (_, true) => "compute",
            _ => "head",
        };
        return $"{place}:{variable.GetProperty("name").GetString()}={variable.GetProperty("value").GetString()}";
    }
}

/// <summary>Reads the outputs of a stack, as <c>pulumi stack output --json</c> and <c>./platform outputs --json</c> write them.</summary>
public static class StackOutputs
{
    private const string Environments = "towerEnvironments";

    /// <summary>The forms of all compute environments, by name.</summary>
    /// <param name="json">Outputs.</param>
    /// <param name="showSecrets">Whether secrets are to be readable.</param>
    /// <exception cref="FormatException">The text is something else, or hides what is to be shown.</exception>
    public static ImmutableArray<EnvironmentForm> Forms(string json, bool showSecrets)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
            {
                throw new FormatException("The outputs are not a JSON object: give what `pulumi stack output --json` writes.");
            }

            if (!root.TryGetProperty(Environments, out var environments) || environments.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"The outputs hold no '{Environments}': the stack has no platform:tower, or it was not deployed since it has.");
            }

            return [.. environments.EnumerateObject().OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => Form(
                entry.Name,
                entry.Value.Clone(),
                showSecrets))];
        }
        catch (JsonException exception)
        {
            throw new FormatException("The outputs are not JSON: give what `pulumi stack output --json` writes.", exception);
        }
    }

    private static EnvironmentForm Form(string name, JsonElement outputs, bool showSecrets)
    {
        if (outputs.ValueKind != JsonValueKind.Object || !outputs.TryGetProperty("platform", out var kind) || kind.ValueKind != JsonValueKind.String)
        {
            throw new FormatException(
                $"The outputs of the compute environment '{name}' do not say which kind it is: another version of this program wrote them.");
        }

        var platform = kind.GetString()!;
        var fields = ImmutableArray.CreateBuilder<(FormField, FormValue)>();
        foreach (var field in FormField.All)
        {
            if (outputs.TryGetProperty(field.Key, out var value))
            {
                fields.Add((field, Value(name, field, value, showSecrets)));
            }
            else if (field.RequiredBy == platform)
            {
                fields.Add((field, FormValue.Missing));
            }
        }

        return new EnvironmentForm(name, platform, fields.ToImmutable(), outputs.TryGetProperty("warning", out var warning) ? warning.GetString() : null);
    }

    private static FormValue Value(string name, FormField field, JsonElement value, bool showSecrets) => showSecrets && FormValue.IsMasked(value)
        ? throw new FormatException($"The outputs hide '{field.Key}' of '{name}', and --show-secrets asks for it: write them with --show-secrets as well.")
        : FormValue.Of(value, field, showSecrets);
}
