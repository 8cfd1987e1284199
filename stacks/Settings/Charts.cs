using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Charts;
using Infra.Clusters;
using Infra.Versions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings;

/// <summary>Where the Helm charts of this stack come from, and what is different about them.</summary>
public sealed record ChartsSettings : IChecked
{
    [Setting(
        "A mirror of every chart, each under its own name: a chart repository, or a registry with a path.",
        Absent = "each publisher's own",
        Example = "oci://registry.example.com/charts")]
    [Form(Form.ChartRepository)]
    public string? Repository { get; init; }

    [Setting(
        "A registry with copies of the charts' images, each under the path that it has at its publisher's (docs/addons.md).",
        Absent = "each publisher's own",
        Example = "registry.example.com/mirror")]
    [Form(Form.ImageRegistry)]
    public string? ImageRegistry { get; init; }

    [Setting("What is different about a chart, by its name.", Absent = "nothing", Example = "{ cert-manager: { version: v1.21.2 } }")]
    [Entry(Form.Chart)]
    public ImmutableSortedDictionary<string, ChartSettings> Releases { get; init; } = ImmutableSortedDictionary<string, ChartSettings>.Empty;

    public IEnumerable<SettingsProblem> Check(PlatformSettings platform, SettingPath at) =>
    [
        .. Releases.SelectMany(release =>
            HelmCharts.Find(release.Key) is { } chart ? ChartRules.Check(release.Value, chart, at[nameof(Releases)].Entry(release.Key)) : []),
        .. CheckKarpenter(at[nameof(Releases)]),
    ];

    // Karpenter documentation, "CRD Upgrades": the kinds belong to the controller's version.
    private IEnumerable<SettingsProblem> CheckKarpenter(SettingPath at)
    {
        var (kinds, controller) = (VersionOf(HelmCharts.KarpenterKinds), VersionOf(HelmCharts.Karpenter));
        if (kinds != controller)
        {
            yield return new(
                at.Entry(HelmCharts.KarpenterKinds.Name)[nameof(ChartSettings.Version)], $"is not the version of {HelmCharts.Karpenter.Name}, whose kinds it has",
                "one version for both", $"version: {controller}", kinds);
        }
    }

    private string VersionOf(HelmChart chart) => Releases.GetValueOrDefault(chart.Name)?.Version ?? chart.Version;
}

/// <summary>What is different about one chart.</summary>
public sealed record ChartSettings
{
    [Setting("Another version of the chart.", Absent = "the one that this program is tested with (docs/addons.md)", Example = "1.23.0")]
    [Form(Form.ChartVersion)]
    public string? Version { get; init; }

    [Setting("A mirror of this chart alone.", Absent = "charts.repository, or its publisher's", Example = "https://charts.example.com")]
    [Form(Form.ChartRepository)]
    public string? Repository { get; init; }

    [Setting("A registry with copies of this chart's images.", Absent = "charts.imageRegistry, or its publisher's", Example = "registry.example.com/mirror")]
    [Form(Form.ImageRegistry)]
    public string? ImageRegistry { get; init; }

    [Setting("Values that are laid over those of this program; maps are merged, lists replaced.", Absent = "none", Example = "{ logLevel: debug }")]
    public ValueTree Values { get; init; } = ValueTree.Empty;

    [Setting("Secret values: the path of each, and the name of the secret key that holds it, as in webhook.token: siteToken.", Absent = "none")]
    [Entry(Form.ValuePath)]
    public ImmutableSortedDictionary<string, SecretSetting> SecretValues { get; init; } = ImmutableSortedDictionary<string, SecretSetting>.Empty;
}

/// <summary>What is different about one add-on of EKS.</summary>
public sealed record EksAddonSettings
{
    [Setting(
        "Another version of the add-on.",
        Absent = "the one that this program has for the cluster's version (docs/addons.md)",
        Example = "v1.22.4-eksbuild.3")]
    [Form(Form.EksAddonVersion)]
    public string? Version { get; init; }

    [Setting(
        "Values of the add-on's configuration schema, laid over those of this program (aws eks describe-addon-configuration).",
        Absent = "none",
        Example = "{ resources: { requests: { cpu: 50m } } }")]
    public ValueTree Configuration { get; init; } = ValueTree.Empty;

    [Setting("What an update does with fields that somebody changed in the add-on's objects.")]
    public EksAddonConflict ResolveConflicts { get; init; } = EksAddonOptions.DefaultOnConflict;
}

/// <summary>What values may not say: what the program relies on, and secrets in the open.</summary>
internal static class ChartRules
{
    private static readonly string[] SecretEndings = ["password", "passphrase", "secret", "token", "privatekey", "apikey", "accesskey", "credentials"];

    public static IEnumerable<SettingsProblem> Check(ChartSettings settings, HelmChart chart, SettingPath at)
    {
        var values = at[nameof(settings.Values)];
        var secrets = at[nameof(settings.SecretValues)];
        static string Seal(string path) => $"pulumi config set --secret platform:<name> <value>, then secretValues: {{ {path}: <name> }}";
        foreach (var problem in CheckValues(settings.Values, chart.Owned, values, Seal))
        {
            yield return problem;
        }

        foreach (var (path, value) in settings.Values.Leaves.Where(leaf =>
            HasNumber(leaf.Value) && IsUnder(chart.Files, leaf.Path) && !IsUnder(chart.Owned, leaf.Path)))
        {
            yield return new(
                At(values, path), "has a number, and the chart would write 1.0 as 1 and 1234567 as 1.234567e+06 into the file", "texts",
                "put the number in quotes, as in \"1.0\"", Shown(path, value));
        }

        foreach (var (path, secret) in settings.SecretValues)
        {
            if (chart.Owned.FirstOrDefault(owned => ValueTree.Overlaps(path, owned)) is { } owned)
            {
                yield return Owned(secrets.Entry(path), owned, secret.Key);
            }
            else if (settings.Values.Leaves.Any(leaf => ValueTree.Overlaps(path, leaf.Path)))
            {
                yield return new(
                    secrets.Entry(path), $"is given in {values.Key} as well", $"{values.Key} or {secrets.Key}", $"remove it from {values.Key}",
                    SettingsProblem.Hidden);
            }
        }

        var hasPolicy = chart == HelmCharts.AwsLoadBalancerController || chart == HelmCharts.Karpenter;
        if (hasPolicy && settings.Version is { } version && Line(version) != Line(chart.Version))
        {
            yield return SettingsProblem.Warning(
                at[nameof(settings.Version)],
                $"is another line than {chart.Version}, to which the IAM policy of the controller belongs, so that calls may be refused",
                $"a version {Line(chart.Version)}.x", $"version: {chart.Version}", version);
        }
    }

    /// <summary>What an EKS cluster's add-ons may not be told.</summary>
    public static IEnumerable<SettingsProblem> CheckAddons(EksClusterSettings cluster, PlatformSettings platform, SettingPath at)
    {
        static string Keep(string path) => $"keep it in a Secret of the cluster, and name that in a value of its own instead of {path}";
        var installed = EksAddon.For(cluster.Version, platform.Storage is FsxLustreStorageSettings).ToDictionary(addon => addon.Name, StringComparer.Ordinal);
        foreach (var (name, settings) in cluster.Addons)
        {
            var here = at.Entry(name);
            if (!installed.TryGetValue(name, out var addon))
            {
                yield return SettingsProblem.Warning(
                    here, "is read by nothing: this cluster does not get the add-on", string.Join(", ", installed.Keys),
                    "remove it, or describe storage.fsxLustre, which needs it");
                continue;
            }

            foreach (var problem in CheckValues(settings.Configuration, addon.Owned, here[nameof(settings.Configuration)], Keep))
            {
                yield return problem;
            }

            // Kubernetes documentation, "Version Skew Policy": kube-proxy must not be newer than the API server, and may be three minor versions older.
            if (name == "kube-proxy" && settings.Version is { } version && Minor(cluster.Version.Name) - Minor(version) is < 0 or > 3)
            {
                yield return new(
                    here[nameof(settings.Version)], $"does not go with version {cluster.Version.Name} of the cluster",
                    $"a version of {cluster.Version.Name}, or up to three minor versions older", $"version: {addon.Version}", version);
            }
        }
    }

    private static int Minor(string version) => int.Parse(version.Split('.')[1]);

    private static IEnumerable<SettingsProblem> CheckValues(ValueTree values, ImmutableArray<string> owned, SettingPath at, Func<string, string> keepSecret)
    {
        foreach (var (path, value) in values.Leaves)
        {
            var here = At(at, path);
            if (owned.FirstOrDefault(taken => ValueTree.Overlaps(path, taken)) is { } taken)
            {
                yield return Owned(here, taken, Shown(path, value));
            }
            else if (IsNull(value))
            {
                yield return new(
                    here, "has no value", "a text, a number, true, false, a list or a map", $"remove {here.Key}: what is not given stays as it is");
            }
            else if (IsPlainSecret(path, value))
            {
                yield return new(
                    here,
                    "has the name of a secret and a plain value, which everybody reads who may read the release",
                    "a value that names a Secret, or a secret of the stack file",
                    keepSecret(path),
                    SettingsProblem.Hidden);
            }
        }
    }

    private static SettingsProblem Owned(SettingPath at, string owned, string given) => new(
        at, $"decides about {owned}, which this program sets because roles, certificates and other objects are made for it", "any other value",
        $"remove {at.Key}; the settings of the platform say what may be chosen", given);

    private static SettingPath At(SettingPath at, string path) => path.Split('.').Aggregate(at, (parent, part) => parent.Entry(part));

    private static string Line(string version) => SemanticVersion.TryParse(version, out var parsed) ? $"{parsed!.Major}.{parsed.Minor}" : version;

    private static string Shown(string path, JsonNode? value) => IsSecretName(path) ? SettingsProblem.Hidden : value?.ToJsonString() ?? "null";

    private static bool IsUnder(ImmutableArray<string> paths, string path) => paths.Any(other => ValueTree.Overlaps(path, other));

    private static bool HasNumber(JsonNode? value) => value switch
    {
        JsonArray list => list.Any(HasNumber),
        JsonObject map => map.Any(member => HasNumber(member.Value)),
        null => false,
        _ => value.GetValueKind() == JsonValueKind.Number,
    };

    private static bool IsNull(JsonNode? value) => value switch
    {
        null => true,
        JsonArray list => list.Any(IsNull),
        JsonObject map => map.Any(member => IsNull(member.Value)),
        _ => false,
    };

    // A list of environment variables names them in one member and gives them in another.
    private static bool IsPlainSecret(string path, JsonNode? value) => value switch
    {
        JsonValue text when text.GetValueKind() is System.Text.Json.JsonValueKind.String => IsSecretName(path) && text.GetValue<string>().Length > 0,
        JsonArray list => list.Any(item => IsPlainSecret(path, item)),
        JsonObject map => IsVariable(map, out var name) ? IsSecretName(name) : map.Any(member => IsPlainSecret($"{path}.{member.Key}", member.Value)),
        _ => false,
    };

    private static bool IsVariable(JsonObject map, out string name)
    {
        name = map["name"] is JsonValue given && given.TryGetValue<string>(out var text) ? text : "";
        return name.Length > 0 && map["value"] is JsonValue;
    }

    // existingSecret, imagePullSecrets and the like name an object and hold nothing.
    private static bool IsSecretName(string path)
    {
        var last = path[(path.LastIndexOf('.') + 1)..].Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return SecretEndings.Any(ending => last.EndsWith(ending, StringComparison.Ordinal)) && !last.StartsWith("existing", StringComparison.Ordinal);
    }
}
