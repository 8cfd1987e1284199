using System.Collections.Immutable;
using Operate.Deployed;
using Rehearsal.Secrets;
using Stacks.Settings;

namespace Operate.Verifying;

/// <summary>What the checks of one run know.</summary>
public sealed record VerifyContext
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>What its file says.</summary>
    public required PlatformSettings Settings { get; init; }

    /// <summary>What it exports.</summary>
    public required DeployedOutputs Outputs { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>How hosts are reached, and which authorities are trusted.</summary>
    public required NetworkReach Reach { get; init; }

    /// <summary>Secrets of the stack file that could be opened, by key without namespace: <c>redisPassword</c>.</summary>
    public ImmutableDictionary<string, string> Secrets { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Takes out of every finding what is secret; a check that learns a secret tells it here.</summary>
    public SecretFilter Filter { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>File of <c>--kubeconfig</c>, absolute; null for kubectl's own rules.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Context of <c>--context</c>; null for the current one of the file.</summary>
    public string? KubeContext { get; init; }

    /// <summary>Where <c>--redis</c> says that the Redis server is reached from here.</summary>
    public HostPort? Redis { get; init; }

    /// <summary>The workspace whose templates are asked for.</summary>
    public string? Workspace { get; init; }

    /// <summary>The hosts of the platform; the same for every group, the random one of a session included.</summary>
    public VerifyTargets Targets => LazyInitializer.EnsureInitialized(ref field, () => VerifyTargets.Of(Outputs, Settings))!;
}

/// <summary>The groups of checks of <c>verify</c>, in the order of the report.</summary>
/// <remarks>
/// A further group is a class of its own file that implements <see cref="ICheckGroup"/> and takes the context, and a line here. Its name is what
/// <c>--only</c> and <c>--skip</c> take. It gives a skipped finding with the reason where the stack has no such part; what it throws becomes a failed finding.
/// </remarks>
public static class CheckGroups
{
    public static IReadOnlyList<ICheckGroup> All(VerifyContext context) =>
    [
        new DnsChecks(context),
        new TlsChecks(context),
        new HttpChecks(context),
        new WorkbenchHttpChecks(context),
        new RedisChecks(context),
        new SshChecks(context),
        .. KubernetesGroups.All(context),
    ];

    /// <summary>The names that there are, for <c>--only</c> and <c>--skip</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dns", "tls", "http", "workbench", "redis", "ssh", .. KubernetesGroups.Names];
}
