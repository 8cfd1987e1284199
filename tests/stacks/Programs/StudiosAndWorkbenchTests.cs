using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Providers;
using Rehearsal.Wire;
using Tests.Stacks.Support;

namespace Tests.Stacks.Programs;

// Promise: Studios, a compute environment and Workbench live on one cluster, in one domain and on one file system, and none touches what is another's.
public sealed class StudiosAndWorkbenchTests
{
    private const string File = "stacks/examples/Pulumi.studios-and-workbench.yaml";

    // The namespaces of the three, and nothing of one names an object of another's.
    private static readonly string[] Namespaces = ["posit-workbench", "seqera-platform", "tower-research"];

    [Fact]
    public async Task EachHasItsNamespace_AndNoTwoObjectsHaveOneName()
    {
        var objects = (await Rehearsed.Of(File)).Resources
            .Where(resource => resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal) && !resource.Type.EndsWith("Patch", StringComparison.Ordinal))
            .Select(resource => (resource.Type, Namespace: Text(resource, "metadata", "namespace"), Name: Text(resource, "metadata", "name")))
            .Where(made => made.Name is not null)
            .ToList();

        objects.Select(made => $"{made.Type} {made.Namespace}/{made.Name}").ShouldBeUnique();
        Namespaces.ShouldBeSubsetOf(objects.Select(made => made.Namespace).OfType<string>());
    }

    [Fact]
    public async Task NoClaim_LiesInAnothersDirectory()
    {
        var rehearsed = await Rehearsed.Of(File);
        var directories = rehearsed.Resources.Where(resource => resource.Type == "aws:efs/accessPoint:AccessPoint")
            .Select(resource => Text(resource, "rootDirectory", "path")!).Order(StringComparer.Ordinal).ToArray();
        var claims = rehearsed.Resources.Where(resource => resource.Type == "kubernetes:core/v1:PersistentVolumeClaim")
            .Select(resource => $"{Text(resource, "metadata", "namespace")}/{Text(resource, "metadata", "name")}").Order(StringComparer.Ordinal);

        directories.ShouldBe(["/research", "/workbench/home", "/workbench/shared"]);
        claims.ShouldBe(["posit-workbench/workbench-shared-pvc", "posit-workbench/workbench-user-pvc", "tower-research/tower-scratch"]);
    }

    [Fact]
    public async Task EachHost_HasOneRecord_AndOneIngressInItsNamespace()
    {
        var rehearsed = await Rehearsed.Of(File);
        var ingresses = rehearsed.Resources.Where(resource => resource.Type == "kubernetes:networking.k8s.io/v1:Ingress").ToArray();

        rehearsed.Resources.Where(resource => resource.Type == "aws:route53/record:Record" && resource.Urn.Name.StartsWith("record-", StringComparison.Ordinal))
            .Select(resource => resource.Inputs.OpenText("name")).Order(StringComparer.Ordinal)
            .ShouldBe(["*.research.example.com", "connect.research.example.com", "workbench.research.example.com"]);
        ingresses.Select(ingress =>
            $"{Text(ingress, "metadata", "namespace")} {Annotation(ingress, "alb.ingress.kubernetes.io/group.name")} {string.Join(' ', Hosts(ingress))}")
            .Order(StringComparer.Ordinal).ShouldBe([
                "posit-workbench posit-workbench workbench.research.example.com",
                "seqera-platform studio-platform *.research.example.com",
                "seqera-platform studio-platform connect.research.example.com",
            ]);
        // The wildcard of the sessions covers Workbench: one certificate for all three.
        rehearsed.Resources.Where(resource => resource.Type == "aws:acm/certificate:Certificate").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task NoSelectorOfStudios_FindsAPodOfWorkbench()
    {
        var rehearsed = await Rehearsed.Of(File);
        var selecting = rehearsed.Resources
            .Where(resource => resource.Type is "kubernetes:core/v1:Service" or "kubernetes:networking.k8s.io/v1:NetworkPolicy"
                or "kubernetes:policy/v1:PodDisruptionBudget")
            .Select(resource => (resource.Urn.Name, Namespace: Text(resource, "metadata", "namespace")))
            .ToArray();

        selecting.ShouldNotBeEmpty();
        // A selector finds pods of its own namespace only, and what selects across namespaces names them.
        selecting.ShouldAllBe(made => made.Name.StartsWith("workbench", StringComparison.Ordinal) == (made.Namespace == "posit-workbench"));
    }

    [Fact]
    public async Task Workbench_GoesAlone()
    {
        var plan = await RehearsedStack.PreviewedAsync(RehearsedStack.RequestFor(File).With("workbench", null), await RehearsedStack.Deployed(File));

        var changed = plan.Steps.Where(step => step.IsLogical && step.Operation is not (Operation.Same or Operation.Read))
            .Select(step => $"{step.Operation} {step.Name}").Distinct().Order(StringComparer.Ordinal).ToArray();
        changed.ShouldAllBe(step => step.StartsWith("Delete workbench", StringComparison.Ordinal)
            || step == "Delete record-workbench.research.example.com" || step.StartsWith("Delete data-key", StringComparison.Ordinal));
        changed.ShouldContain("Delete workbench");
    }

    private static string[] Hosts(ResourceState ingress) =>
    [
        .. ((ListProperty)((ObjectProperty)Differ.Opened(ingress.Inputs["spec"])!).Properties["rules"]).Items
            .Select(rule => ((ObjectProperty)rule).Properties.OpenText("host")!),
    ];

    private static string? Annotation(ResourceState resource, string name) =>
        Differ.Opened(((ObjectProperty)Differ.Opened(resource.Inputs["metadata"])!).Properties.Find("annotations")) is ObjectProperty annotations
            ? annotations.Properties.OpenText(name) : null;

    private static string? Text(ResourceState resource, string map, string key) =>
        Differ.Opened(resource.Inputs.Find(map)) is ObjectProperty found ? found.Properties.OpenText(key) : null;
}
