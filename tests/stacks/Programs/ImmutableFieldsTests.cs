using Infra.Manifests;
using Rehearsal.Graph;
using Rehearsal.Wire;
using Tests.Stacks.Support;
using Tests.Support;

namespace Tests.Stacks.Programs;

// Promise: no update of ours is refused by an API server or a webhook because a field cannot be changed: such a change makes another object.
[Trait(Long.Category, Long.Name)]
public sealed class ImmutableFieldsTests
{
    // Kinds whose immutable fields all stand in the provider's own table, or which have none. A kind that is new here was looked up in the validation of its
    // API server or controller first.
    private static readonly HashSet<string> WithoutFurther = new(StringComparer.Ordinal)
    {
        "apps/v1/DaemonSet", "apps/v1/Deployment", "apps/v1/DeploymentPatch", "apps/v1/StatefulSet", "autoscaling/v2/HorizontalPodAutoscaler",
        "cert-manager.io/v1/ClusterIssuer", "cloud.google.com/v1/BackendConfig",
        // Group and kind of a NodePool's class, and whether an EC2NodeClass names a role or a profile: each of ours has one of them for good.
        "eks.amazonaws.com/v1/NodeClass", "karpenter.k8s.aws/v1/EC2NodeClass", "karpenter.sh/v1/NodePool",
        "gateway.networking.k8s.io/v1/Gateway", "monitoring.coreos.com/v1/ServiceMonitor", "gateway.networking.k8s.io/v1/HTTPRoute", "helm.sh/v3/Release",
        "networking.gke.io/v1/GCPBackendPolicy",
        "networking.gke.io/v1/GCPGatewayPolicy", "networking.gke.io/v1/HealthCheckPolicy", "networking.gke.io/v1/ManagedCertificate",
        "networking.gke.io/v1beta1/FrontendConfig", "networking.k8s.io/v1/Ingress", "networking.k8s.io/v1/NetworkPolicy", "policy/v1/PodDisruptionBudget",
        "rbac.authorization.k8s.io/v1/Role", "rbac.authorization.k8s.io/v1/RoleBinding", "traefik.io/v1alpha1/IngressRoute", "traefik.io/v1alpha1/Middleware",
        "v1/ConfigMap", "v1/ConfigMapPatch", "v1/LimitRange", "v1/Namespace", "v1/PersistentVolumeClaim", "v1/ResourceQuota", "v1/Secret", "v1/ServiceAccount",
    };

    [Theory]
    [MemberData(nameof(WholeProgramTests.Paths), MemberType = typeof(WholeProgramTests))]
    public async Task AFieldThatCannotChange_ReplacesItsObject(string file)
    {
        var objects = await Objects(file);

        objects
            .Where(found => ImmutableFields.All.ContainsKey(found.Kind))
            .SelectMany(found => ImmutableFields.All[found.Kind]
                .Where(field => Has(found.Resource.Inputs, field.Split('.')) && !found.Resource.ReplaceOnChanges.Contains(field))
                .Select(field => $"{found.Resource.Urn.Name}: {field}"))
            .ShouldBeEmpty("make the object with ImmutableFields.Replacing");
    }

    [Theory]
    [MemberData(nameof(WholeProgramTests.Paths), MemberType = typeof(WholeProgramTests))]
    public async Task AKind_WasLookedUp(string file) => (await Objects(file))
        .Select(found => found.Kind)
        .Where(kind => !WithoutFurther.Contains(kind) && !ImmutableFields.All.ContainsKey(kind))
        .Distinct()
        .ShouldBeEmpty("look up what its validation refuses to change, and write it into ImmutableFields, or the kind here");

    [Fact]
    public async Task ABindingOfOurs_FollowsItsTargetGroup() => (await Objects(StackMoment.Installed("Pulumi.prod.yaml")))
        .Where(found => found.Kind == ImmutableFields.TargetGroupBinding)
        .Select(found => (found.Resource.Urn.Name, string.Join(", ", found.Resource.ReplaceOnChanges)))
        .Order()
        .ShouldBe([
            ("edge-platform-binding", "spec.ipAddressType, spec.targetGroupARN, spec.targetType, spec.vpcID"),
            ("edge-studios-binding", "spec.ipAddressType, spec.targetGroupARN, spec.targetType, spec.vpcID"),
            ("front-ssh-binding", "spec.ipAddressType, spec.targetGroupARN, spec.targetType, spec.vpcID"),
        ]);

    private static async Task<List<(string Kind, ResourceState Resource)>> Objects(string file) =>
    [
        .. (await RehearsedStack.Of(file)).Result.Plan.Steps.Select(step => step.New!)
            .Where(resource => resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal))
            .Select(resource => (Kind(resource.Type), resource)),
    ];

    // The token kubernetes:core/v1:Service of the API's v1/Service.
    private static string Kind(string type)
    {
        var parts = type.Split(':');
        return $"{parts[1].Replace("core/", "", StringComparison.Ordinal)}/{parts[2]}";
    }

    private static bool Has(PropertyMap inputs, ReadOnlySpan<string> path) => inputs.Find(path[0]) switch
    {
        null => false,
        ObjectProperty inner when path.Length > 1 => Has(inner.Properties, path[1..]),
        _ => true,
    };
}
