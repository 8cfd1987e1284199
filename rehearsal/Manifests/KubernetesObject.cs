using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Rehearsal.Manifests;

/// <summary>One Kubernetes object of a plan, ready to be written: only plain values are left in it.</summary>
/// <param name="Urn">The resource that it comes from.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; empty for cluster-wide objects and for those that follow the context of kubectl.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPatch">Whether it changes some fields of an object that others own.</param>
/// <param name="Body">Everything from <c>apiVersion</c> on.</param>
/// <param name="Notes">What a reader has to know about it, one sentence each.</param>
public sealed record KubernetesObject(Urn Urn, string Kind, string Namespace, string Name, bool IsPatch, PropertyMap Body, ImmutableArray<string> Notes);
