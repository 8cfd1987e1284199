namespace Infra.CodeStudios;

/// <summary>The port that an entrypoint exposes, with all that DSS says of one.</summary>
/// <param name="Number">Its number.</param>
public sealed record StudioExposedPort(int Number)
{
    /// <summary>The only way of exposing that is public.</summary>
    public const string DefaultExposition = "port_forward";

    /// <summary>Caption of its tab.</summary>
    public string Label { get; init; } = "";

    /// <summary>Whether it is shown as a tab.</summary>
    public bool ExposeHtml { get; init; } = true;

    /// <summary>What a proxy appends to the address of the pod.</summary>
    public string ProxiedUrlSuffix { get; init; } = ProxiedUrlSuffixes.WithoutPrefix;

    /// <summary>How webapps expose it.</summary>
    public string Exposition { get; init; } = DefaultExposition;

    /// <summary>Whether a project may choose another way.</summary>
    public bool AllowExpositionOverride { get; init; }

    /// <summary>Port of DSS's relay; null for the one after <see cref="Number"/>. Pods of ours have no relay.</summary>
    public int? ContainerPort { get; init; }

    /// <summary>The same as a port of a state.</summary>
    internal StudioPort Port(bool useInWebapps) => new(Number, Label)
    {
        ExposeHtml = ExposeHtml,
        ProxiedUrlSuffix = ProxiedUrlSuffix,
        Exposition = Exposition,
        AllowExpositionOverride = AllowExpositionOverride,
        UseInWebapps = useInWebapps,
        IsPrefixBound = ProxiedUrlSuffixes.KeepsPrefix(ProxiedUrlSuffix),
    };

    internal IEnumerable<BlockFault> Check(string field, CodeStudioState before)
    {
        foreach (var fault in BlockChecks.Port(Number, $"{field}.port", before))
        {
            yield return fault;
        }

        if (!ProxiedUrlSuffixes.IsOne(ProxiedUrlSuffix))
        {
            yield return new(
                $"{field}.proxiedUrlSuffix", "is nothing that a proxy can append to an address", ProxiedUrlSuffixes.Allowed,
                "/ for a server that answers at its root, $request_uri for one that keeps the prefix", ProxiedUrlSuffix);
        }

        if (ContainerPort is < CodeStudioBlock.LeastPort or > CodeStudioBlock.GreatestPort)
        {
            yield return new(
                $"{field}.containerPort", "cannot be bound without privileges, or is none", $"{CodeStudioBlock.LeastPort} to {CodeStudioBlock.GreatestPort}",
                "remove it: the port after the exposed one is taken", BlockChecks.Text(ContainerPort.Value));
        }
        else if (ContainerPort == Number)
        {
            yield return new(
                $"{field}.containerPort", "is the exposed port itself, which the server binds", "another port than the exposed one",
                "remove it: the port after the exposed one is taken", BlockChecks.Text(ContainerPort.Value));
        }
    }
}

/// <summary>What a proxy appends to the address of a pod (<c>proxy_pass http://pod:port$suffix</c> of nginx).</summary>
public static class ProxiedUrlSuffixes
{
    /// <summary>The prefix is taken away.</summary>
    public const string WithoutPrefix = "/";

    /// <summary>The prefix is kept, in the words of nginx; the first is the documented one, the others are seen in exports.</summary>
    public static readonly IReadOnlyList<string> WithPrefix = ["$request_uri", "/$request_uri", "$uri$is_args$args"];

    /// <summary>What is allowed, as a phrase.</summary>
    public static string Allowed => $"/, {string.Join(", ", WithPrefix)}, or a path that starts with /";

    /// <summary>Whether a server gets the prefix of its port with each request.</summary>
    public static bool KeepsPrefix(string suffix) => WithPrefix.Contains(suffix);

    /// <summary>Whether it can be appended. A space, a quote, a semicolon or a brace would end the line of nginx.</summary>
    public static bool IsOne(string suffix) => KeepsPrefix(suffix)
        || (suffix.StartsWith('/') && suffix.All(character => char.IsAsciiLetterOrDigit(character) || "/-._~%".Contains(character, StringComparison.Ordinal)));
}
