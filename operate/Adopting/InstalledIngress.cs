using System.Collections.Immutable;
using Infra.Routing;
using k8s.Models;

namespace Operate.Adopting;

/// <summary>The Ingresses that route a host, and whose controller reads them.</summary>
/// <param name="ClassName">The class that they name; empty where they leave it to the cluster's default.</param>
/// <param name="Objects">The Ingresses.</param>
internal sealed record InstalledIngress(string ClassName, ImmutableArray<V1Ingress> Objects)
{
    private const string OldClass = "kubernetes.io/ingress.class";
    private const string Issuer = "cert-manager.io/cluster-issuer";
    private const string AcmCertificates = "alb.ingress.kubernetes.io/certificate-arn";

    public static InstalledIngress? Find(LiveNamespace live, string host)
    {
        // Sessions live beside the connect host, often in an Ingress of their own
        var sessions = $"*{host[Math.Max(host.IndexOf('.', StringComparison.Ordinal), 0)..]}";
        var routing = live.Ingresses.Where(ingress => (ingress.Spec.Rules ?? []).Any(rule => rule.Host == host || rule.Host == sessions)).ToImmutableArray();
        return routing.IsEmpty ? null : new(routing[0].Spec.IngressClassName ?? Annotation(routing[0], OldClass) ?? "", routing);
    }

    /// <summary>Writes <c>studios.ingress</c> of a draft.</summary>
    public void Describe(DraftSettings ingress, ICollection<string> notes)
    {
        var kind = Kind();
        if (kind is null)
        {
            ingress.In("traefik");
            notes.Add($"Which controller serves the IngressClass '{ClassName}' cannot be told: ingress.traefik is a guess; "
                + "alb, gce, gateway and nginx are the others.");
        }

        var controller = ingress.In(kind ?? "traefik");
        var usual = kind == "nginx" ? IngressController.Nginx.DefaultClassName : IngressController.Traefik.DefaultClassName;
        if (kind is "nginx" or "traefik" && ClassName.Length > 0 && ClassName != usual)
        {
            controller.Set("className", ClassName);
        }

        if (kind == "nginx")
        {
            controller.Set("clusterIssuer", Objects.Select(item => Annotation(item, Issuer)).FirstOrDefault(issuer => issuer is not null));
        }

        if (!Objects.Any(item => Annotation(item, Issuer) is not null))
        {
            DescribeCertificates(kind, ingress, notes);
        }

        notes.Add("Ingresses that are not among the imported objects stay beside the stack's own: delete them once those have an address.");
    }

    private void DescribeCertificates(string? kind, DraftSettings ingress, ICollection<string> notes)
    {
        var secrets = Objects.SelectMany(item => item.Spec.Tls ?? []).Where(tls => tls.SecretName is not null).ToArray();
        if (kind == "alb" && Objects.Select(item => Annotation(item, AcmCertificates)).FirstOrDefault(arns => arns is not null) is { } arn)
        {
            notes.Add($"Certificates of the balancer, {arn}: write each with the names on it below ingress.certificates (arn with its names).");
        }
        else if (secrets.Length > 0)
        {
            ingress.SetCertificates([.. secrets.GroupBy(tls => tls.SecretName, StringComparer.Ordinal)
                .Select(tls => (tls.Key, tls.SelectMany(one => one.Hosts ?? []).Distinct(StringComparer.Ordinal).ToArray()))]);
        }
    }

    private string? Kind() => ClassName switch
    {
        _ when ClassName.Contains("traefik", StringComparison.OrdinalIgnoreCase) => "traefik",
        _ when ClassName.Contains("nginx", StringComparison.OrdinalIgnoreCase) => "nginx",
        _ when ClassName.Contains("alb", StringComparison.OrdinalIgnoreCase) => "alb",
        "gce" or "gce-internal" => "gce",
        _ => null,
    };

    private static string? Annotation(V1Ingress ingress, string key) =>
        ingress.Metadata.Annotations is { } annotations && annotations.TryGetValue(key, out var value) ? value : null;
}
