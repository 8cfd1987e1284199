using System.Collections.Immutable;
using Infra.Accounts;
using Infra.Naming;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The Google Cloud project, and the names of what this stack makes there.</summary>
internal sealed class GcpWiring
{
    private const string NamePrefix = "studio";

    private readonly string _stackName;

    private GcpWiring(GcpProject project, string stackName)
    {
        Project = project;
        _stackName = stackName;
    }

    public GcpProject Project { get; }

    public static GcpWiring Create(GcpSettings settings, StackContext stack) => new(
        new GcpProject(
            "gcp",
            new GcpProjectArgs { ProjectId = settings.Project, Region = settings.Region, Labels = Labels(settings), Services = Apis(stack.Settings) }),
        $"{NamePrefix}-{Deployment.Instance.StackName}");

    /// <summary>Physical name of what the stack has one of; unique in the project, because Pulumi stacks are.</summary>
    public string Name(GcpNameRule rule, string role = "") => GcpName.For(rule, _stackName, role);

    /// <summary>Options of a component whose resources live in the project.</summary>
    public ComponentResourceOptions Options() => new() { Providers = { Project.Provider } };

    /// <summary>Options of a component with resources in the project and objects on a cluster.</summary>
    public ComponentResourceOptions Options(Infra.Clusters.ICluster cluster) => new() { Providers = { Project.Provider, cluster.Provider } };

    private static ImmutableDictionary<string, string> Labels(GcpSettings settings) => settings.Labels
        .ToImmutableDictionary()
        .SetItem("pulumi-project", GcpName.Label(Deployment.Instance.ProjectName))
        .SetItem("pulumi-stack", GcpName.Label(Deployment.Instance.StackName));

    // Only what the stack uses: every API that is on can be misused, and some ask for an agreement first.
    private static ImmutableSortedSet<string> Apis(PlatformSettings settings)
    {
        var services = ImmutableSortedSet.Create(
            StringComparer.Ordinal,
            GcpServices.Compute,
            GcpServices.Container,
            GcpServices.Iam,
            GcpServices.Logging,
            GcpServices.Monitoring,
            GcpServices.ResourceManager,
            GcpServices.ServiceNetworking);
        object?[] concepts =
        [
            settings.Cluster, settings.Dns, settings.CertManager, settings.ExternalDns, settings.Storage, settings.Redis, settings.Workbench?.Database,
        ];
        return services.Union(concepts.OfType<IUsesGoogleApis>().SelectMany(concept => concept.GoogleApis));
    }
}
