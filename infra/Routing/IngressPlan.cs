using System.Collections.Immutable;

namespace Infra.Routing;

/// <summary>One Ingress object, without what is known only once something exists.</summary>
/// <param name="Role">Last part of its logical name: <c>hosts</c> or <c>sessions</c>.</param>
/// <param name="ClassName"><c>spec.ingressClassName</c>; null where the class is an annotation.</param>
/// <param name="Annotations">Annotations.</param>
/// <param name="Rules">Rules, exact hosts first.</param>
/// <param name="Service">Service that all rules lead to.</param>
/// <param name="ServicePort">Its port.</param>
/// <param name="TlsSecret">Secret named by the plan itself (cert-manager fills it); null where the certificate is given or the controller has it.</param>
public sealed record IngressPlan(
    string Role,
    string? ClassName,
    ImmutableSortedDictionary<string, string> Annotations,
    ImmutableArray<IngressRulePlan> Rules,
    string Service,
    int ServicePort,
    string? TlsSecret = null);
