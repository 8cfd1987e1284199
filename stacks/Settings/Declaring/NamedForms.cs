using System.Collections.Immutable;
using Infra.Charts;
using Infra.Clusters;
using Infra.Dns;
using Infra.Manifests;
using Infra.Storage;
using Infra.Studios;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Stacks.Settings.Values;

namespace Stacks.Settings.Declaring;

/// <summary>The forms that properties name, each declared once.</summary>
public static class NamedForms
{
    private const string Hexadecimal = "([0-9a-f]{8}|[0-9a-f]{17})";
    internal const string OwnedFamily = @"[a-z]{1,4}[0-9][a-z0-9-]{0,12}\.";
    private const string OwnedSize = "(nano|micro|small|medium|large|xlarge|[0-9]{1,3}xlarge|metal(-[0-9]{1,3}xl)?)";
    private const string EmailPattern = @"^[A-Za-z0-9._%+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$";

    // RFC of the OCI distribution, "name": what follows the host is lower-case.
    private const string RepositoryPart = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
    private const string RegistryPattern = $"^{TextForms.RegistryHost}(/{RepositoryPart})*$";

    // Parts that are not empty, . or ..
    private const string PathParts = @"(?!.*(^|/)\.{1,2}(/|$))[^/\n]+(/[^/\n]+)*";

    private static readonly TextForm Label = TextForms.ForType(typeof(KubernetesName))!;

    private static readonly FormTable Own = new()
    {
        [Form.AbsolutePath] = () => new(
            "an absolute path",
            "a path that starts with /, without empty parts, . or ..",
            "/exports/studios",
            text => text.StartsWith('/') && StoragePath.IsDirectory(text.Trim('/')) ? text : null)
        {
            Pattern = $"^/+({PathParts})?/*$",
        },
        [Form.Affinity] = () => new(
            "an affinity of pods",
            "YAML with the keys nodeAffinity, podAffinity and podAntiAffinity of a pod's affinity, as a text",
            "\"podAntiAffinity: {}\"",
            text => KubernetesYaml.Read<AffinityArgs>(text, out _) is null ? null : text)
        {
            Problem = text =>
            {
                KubernetesYaml.Read<AffinityArgs>(text, out var problem);
                return problem;
            },
        },
        // An address without a name will do, since the certificate belongs to the cluster's own authority.
        [Form.ApiServer] = () => new(
            "a web address",
            "https:// and a host name or address, with a port if it is not 443",
            "https://kubernetes.example.com:6443",
            text => WebOrigin.TryParse(text, out var origin) && origin is { IsHttps: true } && !LocalHost.IsOne(origin.Host) ? origin : null)
        {
            Pattern = TextForms.HttpsPattern,
            Excluded = $"^https?://(.*@)?{LocalHost.Pattern}(:[0-9]*)?/?$",
            Problem = text => WebOrigin.TryParse(text, out var origin) switch
            {
                false => null,
                _ when origin is { IsHttps: false } => "does not use https",
                _ => "is the Platform's own machine as the Platform sees it",
            },
        },
        [Form.AwsAccountId] = () => TextForm.Matching("the id of an AWS account", "twelve digits, in quotes", "\"123456789012\"", "^[0-9]{12}$"),
        // AWS Backup developer guide, "Create a backup plan": cron with six fields, at most once an hour, so that the minute is a number.
        [Form.BackupSchedule] = () => TextForm.Matching(
            "a schedule of AWS Backup",
            "cron(minute hour day-of-month month day-of-week year), the minute a number and one of the two days a ?",
            "cron(0 3 * * ? *)",
            @"^cron\(([0-9]|[1-5][0-9]) [0-9*/,-]+ (\? [0-9A-Z*/,-]+ [0-9A-Z*/,L#-]+|[0-9*/,LW-]+ [0-9A-Z*/,-]+ \?) [0-9*/,-]+\)$"),
        // Which types a region has, only AWS knows: "m7i.large", "c6in.32xlarge", "u7i-12tb.224xlarge", "m7i.metal-24xl"; not "m7i", "large" or "M7i.Large".
        [Form.Ec2InstanceType] = () => TextForm.Matching(
            "an instance type",
            "family, generation and size, as in m7i.large",
            "m7i.large",
            $"^{OwnedFamily}{OwnedSize}$"),
        [Form.Ec2InstanceCategory] = () => TextForm.Matching(
            "a category of instance types", "the letters before the generation, as m in m7i.large", "m", "^[a-z]{1,4}$"),
        [Form.Ec2InstanceFamily] = () => TextForm.Matching(
            "a family of instance types", "letters and generation without a size, as m7i in m7i.large", "m7i", $"^{OwnedFamily[..^2]}$"),
        [Form.Ec2InstanceSize] = () => TextForm.Matching(
            "a size of instance types", "what follows the dot, as large in m7i.large", "2xlarge", $"^{OwnedSize}$"),
        // Kinds of Karpenter 1.14, NodePool, spec.disruption.budgets: five fields, or one of cron's words.
        [Form.CronSchedule] = () => TextForm.Matching(
            "a cron expression",
            "minute, hour, day, month and weekday, or @hourly, @daily, @weekly, @monthly, @yearly",
            "0 6 * * mon-fri",
            @"^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|[0-9*,/-]+( [0-9*,/-]+){2}( [0-9a-zA-Z*,/-]+){2})$"),
        [Form.Chart] = () => Listed("a chart that this program installs", HelmCharts.All[0].Name, [.. HelmCharts.All.Select(chart => chart.Name)]),
        [Form.ChartRepository] = () => TextForm.Matching(
            "where charts are kept",
            "https:// and the address of a chart repository, or oci:// and a registry with a path",
            "oci://registry.example.com/charts",
            @"^(https|oci)://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"),
        // Helm takes Semantic Versioning with a leading v or without; which of them a chart has is its publisher's choice.
        [Form.ChartVersion] = () => TextForm.Matching(
            "a version of a chart",
            "major.minor.patch, with a leading v where the chart has one",
            "1.23.0",
            @"^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$"),
        [Form.EksAddon] = () => Listed("an add-on that this program installs", EksAddon.Names[0], EksAddon.Names),
        [Form.EksAddonVersion] = () => TextForm.Matching(
            "a version of an EKS add-on",
            "as aws eks describe-addon-versions writes it",
            "v1.22.4-eksbuild.3",
            @"^v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+$"),
        [Form.EmailAddress] = () => TextForm.Matching("an e-mail address", "name@domain", "platform@example.com", EmailPattern),
        [Form.ValuePath] = () => TextForm.Matching(
            "the path of a value",
            "the keys that lead to it, with dots between them",
            "webhook.token",
            @"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$"),
        [Form.CacheNodeType] = () => DatabaseForms.ElastiCacheNodeType,
        [Form.DatabaseInstanceClass] = () => DatabaseForms.RdsInstanceClass,
        [Form.DailyWindow] = () => Window("a daily window", "two times of a day in UTC, hh:mm-hh:mm", "01:00-02:00", ServiceWindow.DailyPattern),
        [Form.WeeklyWindow] = () => Window(
            "a weekly window", "two times of a week in UTC, ddd:hh:mm-ddd:hh:mm", "sun:03:00-sun:04:00", ServiceWindow.WeeklyPattern),
        [Form.Directory] = () => new(
            "a directory below the storage",
            "a path that does not start with /, without empty parts, . or ..",
            "research/scratch",
            text => text.Length > 0 && StoragePath.IsDirectory(text) ? text : null)
        {
            Pattern = $"^{PathParts}$",
        },
        // EKS API reference, CreateCluster, name.
        [Form.EksClusterName] = () => TextForm.Matching(
            "a name that EKS takes",
            "1 to 100 ASCII letters, digits, hyphens and underscores, starting with a letter or digit",
            "studio-prod",
            "^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$"),
        [Form.EnvironmentVariable] = () => TextForm.Matching(
            "the name of an environment variable", "letters, digits and underscores, not starting with a digit", "NXF_OPTS", "^[A-Za-z_][A-Za-z0-9_]{0,127}$"),
        // Google Cloud documentation, "Requirements for labels".
        [Form.GpuType] = () => Listed("a type of GPU that GKE's nodes can have", "nvidia-l4", GkeMachineTable.Current.GpuTypes),
        [Form.ImageDigest] = () => TextForm.Matching(
            "the digest of an image",
            "sha256: and 64 hexadecimal digits",
            $"sha256:{string.Concat(Enumerable.Repeat("0123456789abcdef", 4))}",
            "^sha256:[0-9a-f]{64}$"),
        // What stands before the repository of an image: a registry's host, and a path where it is a mirror of several.
        [Form.ImageRegistry] = () => new(
            "a registry",
            "a lower-case host with a dot or a port, and a path if need be, without a scheme and without a slash at the end",
            "registry.example.com/seqera",
            text => TextForm.Matches(text, RegistryPattern) ? text : null)
        {
            Pattern = RegistryPattern,
            Problem = text => text.Contains("://") ? "has a scheme, which images have not" : null,
            Fix = text => text.Contains("://") ? $"leave out the scheme: {text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/')}" : null,
        },
        [Form.ImageRepository] = () => TextForm.Matching(
            "a repository of a registry",
            "lower-case letters, digits and single separators, parts joined by slashes, without a tag",
            "studios",
            $"^{RepositoryPart}(/{RepositoryPart})*$"),
        // Entries whose names become part of Kubernetes and Pulumi names.
        [Form.KubernetesEntry] = () => Label with { Example = "research" },
        // Kubernetes documentation, "Labels and Selectors", "Annotations".
        [Form.KubernetesKey] = () => TextForm.Matching(
            "a key of Kubernetes' metadata",
            "up to 63 letters, digits, inner hyphens, dots and underscores, with or without a domain and a slash before them",
            "example.com/workload",
            "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$"),
        [Form.KubernetesLabelValue] = () => TextForm.Matching(
            "a value of a Kubernetes label",
            "up to 63 letters, digits, inner hyphens, dots and underscores",
            "platform",
            "^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$"),
        [Form.KubernetesNamespace] = () => Label with
        {
            Allowed = "a Kubernetes name, neither default nor starting with kube-",
            Example = "seqera-platform",
            Excluded = "^(default$|kube-)",
            Parse = text => Label.Parse(text) is { } name && !IsReserved(text) ? name : null,
            Problem = text => Label.Parse(text) is null ? null : "is reserved by Kubernetes",
        },
        [Form.KubernetesSubdomain] = () => TextForm.Matching(
            "a Kubernetes object name",
            "up to 253 lower-case letters, digits, hyphens and dots, each part starting and ending with a letter or digit (RFC 1123 subdomain)",
            "cr.seqera.io",
            KubernetesSubdomain.Pattern),
        [Form.Location] = () => TextForm.Matching(
            "a region or zone",
            "a region (eu-west-1, europe-west1) or a Google Cloud zone (europe-west1-b)",
            "europe-west1",
            "^[a-z]+(-[a-z]+)*-?[0-9]{1,2}(-[a-z])?$"),
        [Form.MachineSeries] = () => Listed("a machine series that GKE's nodes can have", "n2", GkeMachineTable.Current.WithoutTpus),
        // "e2-standard-4", "n2-custom-4-8192", "a2-highgpu-1g", "e2-medium", "c3-standard-8-lssd".
        [Form.MachineType] = () => TextForm.Matching(
            "a machine type of Compute Engine",
            "a machine type of Compute Engine: series, kind and size",
            "n2-standard-4",
            "^[a-z][a-z0-9]{1,4}-[a-z]+(-[a-z0-9]+){0,4}$"),
        // Nodes mount it, and a node's own address is another one on each.
        [Form.NfsServer] = () => TextForms.WithoutLocalHost(TextForm.Matching(
            "a host name or address",
            "a host name or address that every node resolves alike",
            "10.0.0.5",
            KubernetesSubdomain.Pattern)),
        // Another family has other disks and other settings of the kubelet.
        [Form.NodeImageAlias] = () => TextForm.Matching(
            "an image of Amazon Linux 2023 with its release",
            "al2023@v and the day of a release of awslabs/amazon-eks-ami, never latest",
            "al2023@v20260728",
            "^al2023@v20[0-9]{6}$"),
        [Form.NodeShare] = () => TextForm.Matching(
            "a number of nodes or a share of them", "a whole number, or 0% to 100%", "5", "^((100|[0-9]{1,2})%|[0-9]{1,4})$"),
        // The Platform's form takes a document of YAML with the spec of a pod (vendor's pages of 23.1 to 26.1).
        [Form.PodSpec] = () => new(
            "a YAML document with spec: on top",
            "YAML with spec: on top and keys of a pod's spec under it, as a text",
            "\"spec: { nodeSelector: { disk: ssd } }\"",
            text => PodSpecText.Problem(text) is null ? text : null)
        {
            // Whatever the rest is, a line begins with it; no second document follows, no value stands beside it, and no other line begins with a key.
            Pattern = @"(^|\n|\{)\s*[""']?spec[""']?\s*:",
            Excluded = @"\S[\s\S]*\n---|(^|\n)spec:[ \t]+[^\s{#&!]|(^|\n)(?![\s#}{\]-]|[""']?spec[""']?[ \t]*:)[^\n]*:",
            Problem = PodSpecText.Problem,
            Fix = PodSpecText.Fix,
        },
        [Form.PostgresName] = () => DatabaseForms.PostgresName,
        // A user or group as Kubernetes RBAC knows it; with an @ the e-mail address of a Google Cloud principal.
        [Form.RbacSubject] = () => new(
            "a user or group",
            "1 to 253 characters without spaces, not starting with system:; with an @ an e-mail address",
            "tower-launcher-user",
            text => SubjectProblem(text) is null ? text : null)
        {
            Pattern = $@"^(?!system:)(?=.{{1,253}}$)([^\s@]+|{EmailPattern[1..^1]})$",
            Problem = SubjectProblem,
        },
        // S3 user guide, "General purpose bucket naming rules".
        [Form.S3BucketName] = () => TextForm.Matching(
            "the name of a bucket",
            "3 to 63 lower-case letters, digits, dots and inner hyphens, without s3:// and without a path",
            "example-work",
            "^[a-z0-9]([a-z0-9.-]{1,61})[a-z0-9]$"),
        [Form.ProtectedPart] = () => ProtectedParts.Form,
        [Form.SecurityGroupId] = () => AwsId("sg"),
        [Form.SubnetId] = () => AwsId("subnet"),
        [Form.TransitGatewayId] = () => AwsId("tgw"),
        [Form.VpcId] = () => AwsId("vpc"),
        [Form.Ec2Image] = () => AwsId("ami"),
        // IAM API reference, CreateRole, Path and PermissionsBoundary.
        [Form.IamPath] = () => TextForm.Matching(
            "a path of IAM", "up to 512 ASCII characters without spaces, the first and the last a slash", "/teams/research/", @"^/([\x21-\x7e]{1,510}/)?$"),
        [Form.IamPolicyArn] = () => TextForm.Matching(
            "the ARN of an IAM policy",
            "the ARN of a policy of the account, or of one that AWS manages",
            "arn:aws:iam::123456789012:policy/boundary",
            @"^arn:aws(-us-gov)?:iam::([0-9]{12}|aws):policy/([\x21-\x7e]+/)?[A-Za-z0-9_+=,.@-]{1,128}$"),
        // Keys become the middle of variable names that the Platform splits at underscores.
        [Form.TemplateKey] = () => new(
            "the key of a template",
            "upper-case letters and digits, parts joined by single hyphens, starting with a letter, without underscores",
            "JUPYTER-GPU",
            text => StudioTemplate.IsKey(text) ? text : null)
        {
            Pattern = "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$",
            Problem = text => text.Contains('_') ? "is not free of underscores" : null,
        },
    };

    private static readonly FormTable[] Tables = [Own, GcpForms.All, WorkbenchForms.All, PolicyForms.All, ComposeForms.All, CodeStudioForms.All];

    public static TextForm For(Form form) => Tables.Select(table => table.Find(form)).OfType<TextForm>().First();

    private static TextForm AwsId(string prefix) =>
        TextForm.Matching("an id of this kind", $"{prefix}- and 8 or 17 hexadecimal digits", $"{prefix}-0123456789abcdef0", $"^{prefix}-{Hexadecimal}$");

    private static TextForm Listed(string noun, string example, ImmutableArray<string> choices) =>
        new(noun, $"one of {string.Join(", ", choices)}", example, text => choices.Contains(text) ? text : null) { Choices = choices };

    private static bool IsReserved(string name) => name == "default" || name.StartsWith("kube-");

    private static TextForm Window(string noun, string allowed, string example, string pattern) =>
        new(noun, allowed, example, text => TextForm.Matches(text, pattern) ? ServiceWindow.Parse(text) : null) { Pattern = pattern };

    // "seqera@project.iam.gserviceaccount.com" and the domain-scoped "seqera@project.example.com.iam.gserviceaccount.com".
    private static string? SubjectProblem(string text) => text switch
    {
        { Length: 0 or > 253 } => "is too short or too long",
        _ when text.Any(char.IsWhiteSpace) => "contains spaces",
        _ when text.StartsWith("system:") => "is reserved by Kubernetes",
        _ when text.Contains('@') && !TextForm.Matches(text, EmailPattern) => "is not an e-mail address",
        _ => null,
    };
}
