namespace Infra.Quotas;

/// <summary>Why connect-proxy would refuse to start with a policy, or count against the wrong person.</summary>
/// <param name="Path">Place in the policy: <c>buckets[0].quotas[1].window</c>.</param>
/// <param name="What">What is wrong, as a clause without the value.</param>
/// <param name="Given">The value.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record QuotaProblem(string Path, string What, string Given, string Allowed);
