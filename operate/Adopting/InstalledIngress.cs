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
        var routing = live.Ingresses.Where(ingress => (ingress.Spec.Rules ?? []).Any(rule => rule.Host == host)).ToImmutableArray();
        return routing.IsEmpty ? null : new(routing[0].Spec.IngressClassName ?? Annotation(routing[0], OldClass) ?? "", routing);
    }

    /// <summary>Writes <c>studios.ingress</c> of a draft.</summary>
    public void Describe(DraftSettings ingress, ICollection<string> notes)
    {
        var kind = Kind();
        if (kind is null)
        {
            ingress.In("traefik");
            notes.Add($"Which controller serves the IngressClass '{ClassName}' cannot be told: ingress.traefik is a guess; alb, gce, gateway and nginx are the others.");
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
            DescribeCertificates(kind, controller, notes);
        }

        var names = string.Join(", ", Objects.Select(item => item.Metadata.Name));
        notes.Add($"The stack makes Ingresses of its own names beside {names}: delete those once the new ones have an address.");
    }

    private void DescribeCertificates(string? kind, DraftSettings controller, ICollection<string> notes)
    {
        var secrets = Objects.SelectMany(item => item.Spec.Tls ?? []).Where(tls => tls.SecretName is not null).ToArray();
        if (kind == "alb" && Objects.Select(item => Annotation(item, AcmCertificates)).FirstOrDefault(arns => arns is not null) is { } arn)
        {
            notes.Add($"Certificates of the balancer, {arn}: write each with the names on it below ingress.alb.certificates (arn, names).");
        }
        else if (secrets.Length > 0)
        {
            controller.SetCertificates([.. secrets.Select(tls => (tls.SecretName, (tls.Hosts ?? []).ToArray())).DistinctBy(tls => tls.SecretName)]);
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
