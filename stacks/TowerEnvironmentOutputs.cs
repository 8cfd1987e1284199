using Pulumi;

namespace Stacks;

/// <summary>What a Platform user types into the form of a Kubernetes compute environment.</summary>
/// <param name="Namespace">Namespace.</param>
/// <param name="HeadServiceAccount">Head service account.</param>
/// <param name="TokenSecret">Secret whose key <c>token</c> goes into the credentials; null unless one was asked for.</param>
/// <param name="StorageClaim">Storage claim name; null without a scratch claim.</param>
public sealed record TowerEnvironmentOutputs(
    Output<string> Namespace,
    Output<string> HeadServiceAccount,
    Output<string>? TokenSecret,
    Output<string>? StorageClaim);
