using Infra.Quotas;
using Stacks.Settings.Problems;

namespace Stacks.Settings;

/// <summary>What connect-proxy would refuse to start with, and what would count against the wrong person.</summary>
internal static class StudiosQuotaRules
{
    public static IEnumerable<SettingsProblem> Check(StudiosSettings settings, PlatformSettings platform, SettingPath at)
    {
        if (settings.Quotas is not { } quotas)
        {
            yield break;
        }

        var policy = quotas.ToPolicy();
        foreach (var problem in QuotaPolicyRules.Check(policy))
        {
            yield return new(new SettingPath($"{at[nameof(settings.Quotas)]}.{InSettings(problem.Path)}"), problem.What, problem.Allowed, "correct the policy as allowed", problem.Given);
        }

        if (policy.CountsClientAddresses && settings.Proxy.TrustedProxies.IsEmpty)
        {
            yield return new(
                at[nameof(settings.Proxy)][nameof(settings.Proxy.TrustedProxies)],
                "is empty, so the quotas by client_ip would count everybody's traffic against the balancer's address",
                "the address ranges between balancer and proxy",
                "add trustedProxies: [<range of the balancer's subnets>]",
                "[]");
        }

        if (platform.Redis?.Existing is { Version: { } version } && version.Major < QuotaPolicy.OldestRedis)
        {
            yield return new(
                SettingPath.Top(nameof(platform.Redis))[nameof(platform.Redis.Existing)][nameof(platform.Redis.Existing.Version)],
                "cannot keep the counters of studios.quotas",
                $"{QuotaPolicy.OldestRedis}.0.0 or newer",
                "upgrade the server, or remove quotas",
                version.ToString());
        }
    }

    private static string InSettings(string path) => path
        .Replace(".source.type", ".source", StringComparison.Ordinal)
        .Replace(".source.name", ".header", StringComparison.Ordinal)
        .Replace(".source.", ".", StringComparison.Ordinal);
}
