using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Organizations = Pulumi.Gcp.Organizations;
using Pulumi;
using Pulumi.Gcp.Projects;

namespace Infra.Accounts;

/// <summary>One region of one Google Cloud project: its APIs, and the provider that everything there is made with.</summary>
/// <remarks><see cref="Provider"/> depends on the APIs, and so does everything that is made with it: nothing is asked of an API that is still off.</remarks>
public sealed class GcpProject : ComponentResource
{
    private const string Token = "platform:accounts:GcpProject";

    /// <summary>Number of the project, which the addresses of Google's service agents contain; resolves in a preview too.</summary>
    [Output("projectNumber")]
    public Output<string> Number { get; private set; }

    public Pulumi.Gcp.Provider Provider { get; }
    public string ProjectId { get; }
    public GcpRegion Region { get; }

    public GcpProject(string name, GcpProjectArgs args, ComponentResourceOptions? options = null)
        : base(Token, name, args, options)
    {
        ProjectId = args.ProjectId;
        Region = args.Region;
        var setup = MakeProvider($"{name}-setup", args, []);
        List<Resource> services =
        [
            .. args.Services.Select(service => new Service(
                $"{name}-{service.Split('.')[0]}",
                new ServiceArgs { Project = args.ProjectId, ServiceName = service, DisableOnDestroy = false },
                new CustomResourceOptions { Parent = this, Provider = setup })),
        ];
        Provider = MakeProvider($"{name}-provider", args, services);
        // Both namespaces of the official package have a GetProject; this one tells the number of one project.
        Number = Organizations.GetProject
            .Invoke(new Organizations.GetProjectInvokeArgs { ProjectId = args.ProjectId }, new InvokeOptions { Provider = Provider })
            .Apply(project => project.Number);
        RegisterOutputs();
    }

    /// <summary>The account with which a Google service acts in this project.</summary>
    /// <param name="domain">The service's own part of the address, as <c>container-engine-robot</c>.</param>
    public Output<string> ServiceAgent(string domain) => Output.Format($"serviceAccount:service-{Number}@{domain}.iam.gserviceaccount.com");

    private Pulumi.Gcp.Provider MakeProvider(string name, GcpProjectArgs args, InputList<Resource> after) => new(
        name,
        new Pulumi.Gcp.ProviderArgs { Project = args.ProjectId, Region = args.Region.Name, DefaultLabels = args.Labels },
        new CustomResourceOptions { Parent = this, DependsOn = after });
}

/// <summary>Which Google Cloud project and region are used, and how their resources are marked.</summary>
public sealed class GcpProjectArgs : ResourceArgs
{
    /// <summary>Id of the project, not its name or number.</summary>
    public required string ProjectId { get; init; }

    public required GcpRegion Region { get; init; }

    /// <summary>APIs that must be on, as <c>container.googleapis.com</c>; they stay on when the stack goes, because others may use them.</summary>
    public required ImmutableSortedSet<string> Services { get; init; }

    /// <summary>Labels of every resource, among them the stack they belong to.</summary>
    public required ImmutableDictionary<string, string> Labels { get; init; }
}

/// <summary>A Google Cloud region by its name, such as <c>europe-west1</c>.</summary>
public sealed partial record GcpRegion
{
    private GcpRegion(string name) => Name = name;

    public string Name { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out GcpRegion? region)
    {
        region = text is not null && Shape().IsMatch(text) ? new GcpRegion(text) : null;
        return region is not null;
    }

    public static GcpRegion Parse(string text) =>
        TryParse(text, out var region)
            ? region
            : throw new FormatException($"'{text}' is not a Google Cloud region: it must be written as in 'europe-west1'.");

    /// <summary>Whether it is the name of a zone here: the region, a hyphen and one letter.</summary>
    public bool HasZone(string zone) =>
        zone.Length == Name.Length + 2 && zone.StartsWith($"{Name}-", StringComparison.Ordinal) && char.IsAsciiLetterLower(zone[^1]);

    public override string ToString() => Name;

    // "europe-west1", "northamerica-northeast2"; not "europe-west1-b", "eu-west-1" or "EUROPE-WEST1".
    [GeneratedRegex(@"\A[a-z]{2,16}-[a-z]{4,12}[1-9][0-9]?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>Names of the Google Cloud APIs that this program uses, as <c>gcloud services list</c> shows them.</summary>
public static class GcpServices
{
    public const string CertificateManager = "certificatemanager.googleapis.com";
    public const string Compute = "compute.googleapis.com";
    public const string Container = "container.googleapis.com";
    public const string Dns = "dns.googleapis.com";
    public const string Filestore = "file.googleapis.com";
    public const string Iam = "iam.googleapis.com";
    public const string KeyManagement = "cloudkms.googleapis.com";
    public const string Logging = "logging.googleapis.com";
    public const string Monitoring = "monitoring.googleapis.com";
    public const string Redis = "redis.googleapis.com";

    /// <summary>Looks up the project's number, which service agents and principals are spelled with.</summary>
    public const string ResourceManager = "cloudresourcemanager.googleapis.com";

    /// <summary>Cloud SQL's Admin API.</summary>
    public const string SqlAdmin = "sqladmin.googleapis.com";

    public const string ServiceNetworking = "servicenetworking.googleapis.com";
}

/// <summary>The e-mail address of an IAM service account, which is its name everywhere outside of its project.</summary>
public sealed partial record ServiceAccountEmail
{
    private ServiceAccountEmail(string text) => Text = text;

    public string Text { get; }

    /// <summary>The account as an IAM policy names it.</summary>
    public string Member => $"serviceAccount:{Text}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out ServiceAccountEmail? email)
    {
        email = text is not null && Shape().IsMatch(text) ? new ServiceAccountEmail(text) : null;
        return email is not null;
    }

    public static ServiceAccountEmail Parse(string text) =>
        TryParse(text, out var email)
            ? email
            : throw new FormatException(
                $"'{text}' is not the e-mail address of a service account: it must be written as in 'name@project.iam.gserviceaccount.com'.");

    public override string ToString() => Text;

    // "tower@research-1.iam.gserviceaccount.com", "tower@research.example.com.iam.gserviceaccount.com" (domain-scoped project);
    // not "me@example.com", "tower@research-1", or the default accounts ("1234-compute@developer.gserviceaccount.com"), which whole projects share.
    [GeneratedRegex(
        @"\A[a-z]([a-z0-9-]{4,28}[a-z0-9])@[a-z]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.iam\.gserviceaccount\.com\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shape();
}
