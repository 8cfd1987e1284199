using System.Collections.Immutable;
using Infra.CodeStudios;
using Infra.Manifests;
using Infra.Storage;
using Stacks.Settings;

namespace Stacks.Wiring;

/// <summary>The Code Studios of all templates that run on the cluster.</summary>
internal static class CodeStudiosWiring
{
    public static ImmutableSortedDictionary<string, CodeStudioOutputs>? Create(CodeStudiosSettings settings, ISharedStorage? storage, StackContext stack)
    {
        var made = settings.Templates.Where(template => template.Value.Kubernetes is not null).SelectMany(template =>
        {
            var state = template.Value.Template(template.Key).Build().State;
            return template.Value.Kubernetes!.Studios.Select(studio => KeyValuePair.Create(
                $"{template.Key}/{studio.Key}", Make(new(template.Key, studio.Key, template.Value, studio.Value, state), settings, storage, stack)));
        }).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return made.IsEmpty ? null : made;
    }

    private static CodeStudioOutputs Make(Chosen chosen, CodeStudiosSettings settings, ISharedStorage? storage, StackContext stack)
    {
        var (template, name, _, studio, state) = chosen;
        var kubernetes = chosen.Settings.Kubernetes!;
        var space = studio.NamespaceIn(template, name);
        var instance = KubernetesName.Join(KubernetesName.Parse(template), KubernetesName.Parse(name));
        var path = studio.PathIn(template, name);
        var made = new CodeStudio(
            $"code-studio-{template}-{name}",
            new CodeStudioArgs
            {
                Access = StudioAccessList.Of(studio.Owner, chosen.Settings.Permissions?.Permissions),
                BrowserPath = path,
                Certificates = settings.Ingress?.Certificates ?? [],
                Claims = studio.Claims.ToImmutableSortedDictionary(
                    claim => claim.Zone, claim => new StudioClaim(claim.Size ?? kubernetes.ClaimSize, claim.ExistingClaim)),
                CreatesNamespace = studio.CreateNamespace,
                DefaultClaim = new StudioClaim(kubernetes.ClaimSize),
                Directory = CodeStudioPlaces.DirectoryOn(stack.Settings.Storage, template, name),
                Edge = settings.Ingress?.Edge,
                FurtherEgress = [.. kubernetes.Egress.Select(rule => rule.Egress)],
                Image = kubernetes.Image,
                Instance = instance,
                Isolated = kubernetes.NetworkPolicy,
                MetadataServiceAllowed = stack.Cluster.IdentityFromMetadataServer,
                Namespace = space,
                Pod = kubernetes.Pod.Options,
                Protected = stack.Protects(ProtectedParts.Template(template)),
                PullSecrets = kubernetes.ImagePullSecret is { } secret ? [secret] : [],
                Running = studio.Running,
                SkipAwait = settings.Ingress?.SkipAwait ?? false,
                State = state,
                Storage = storage,
                Variables = kubernetes.Environment,
                Webapp = studio.Webapp is { } webapp ? new StudioWebapp(webapp.Replicas, webapp.PathIn(template, name), webapp.Pod.Options) : null,
            },
            stack.OnCluster());
        return Outputs(chosen, settings.Ingress?.Host.Text, space.Text, made);
    }

    private static CodeStudioOutputs Outputs(Chosen chosen, string? host, string space, CodeStudio made)
    {
        var launch = new StudioLaunch(chosen.State, LaunchKind.Studio, chosen.Studio.PathIn(chosen.Template, chosen.Name));
        var webapp = chosen.Studio.Webapp is { } settings
            ? new StudioLaunch(chosen.State, LaunchKind.Webapp, settings.PathIn(chosen.Template, chosen.Name))
            : null;
        var actions = StudioCommands.Actions(chosen.State, space);
        return new()
        {
            Actions = actions.IsEmpty ? null : actions,
            Claims = made.Claims.Count == 0 ? null : made.Claims,
            Namespace = made.Namespace,
            PortForward = StudioCommands.PortForward(launch, space),
            Urls = StudioCommands.Addresses(launch, host),
            WebappUrls = webapp is null ? null : StudioCommands.Addresses(webapp, host),
        };
    }

    private sealed record Chosen(string Template, string Name, CodeStudioTemplateSettings Settings, CodeStudioSettings Studio, CodeStudioState State);
}
