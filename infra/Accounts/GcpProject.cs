using Pulumi;
using Pulumi.Gcp.Projects;
using Organizations = Pulumi.Gcp.Organizations;

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
