using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.CodeStudios;

/// <summary>The locked block of what Kubernetes is told about the pod.</summary>
public sealed partial record KubernetesParameters : CodeStudioBlock
{
    /// <summary>Its kind in stack files.</summary>
    public const string KindName = "kubernetesParameters";

    /// <summary>As DSS's exports have it.</summary>
    public const bool DefaultTcpReadiness = true;

    /// <summary>As DSS has it.</summary>
    public const int DefaultInitialSyncMinutes = 10;

    /// <summary>Whether Kubernetes asks the first port by TCP.</summary>
    public bool UseTcpReadiness { get; init; } = DefaultTcpReadiness;

    /// <summary>Address that is asked by HTTP; empty for that of the first block which has one.</summary>
    public string ReadinessProbeUrl { get; init; } = "";

    /// <summary>Headers to ask it with.</summary>
    public ImmutableSortedDictionary<string, string> ReadinessProbeHeaders { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Ports beside those of entrypoints.</summary>
    public ImmutableArray<StudioExposedPort> ExposedPorts { get; init; } = [];

    /// <summary>Annotations of pods.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Labels of pods.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Minutes that the first copy of files into a pod may take.</summary>
    public int InitialSyncTimeoutInMinutes { get; init; } = DefaultInitialSyncMinutes;

    public override string Kind => KindName;

    public override bool IsUnique => true;

    public override CodeStudioState Apply(CodeStudioState before)
    {
        var state = before with
        {
            Readiness = before.Readiness with { Tcp = UseTcpReadiness, Headers = ReadinessProbeHeaders },
            Annotations = Annotations,
            Labels = Labels,
            InitialSyncMinutes = InitialSyncTimeoutInMinutes,
        };
        state = ReadinessProbeUrl.Length == 0 ? state : state.WithReadiness(ReadinessProbeUrl);
        return ExposedPorts.Aggregate(state, (made, port) => made.With(port.Port(useInWebapps: false)));
    }

    public override IEnumerable<BlockFault> Check(CodeStudioState before)
    {
        if (ReadinessProbeUrl.Length > 0 && !UrlShape().IsMatch(ReadinessProbeUrl))
        {
            yield return new(
                "readinessProbeUrl", "is no address that a pod can be asked at",
                "http:// and localhost, a port, ${baseUrl} or ${baseUrlPort<port>} if need be, a path",
                "for example http://localhost:8888${baseUrlPort8888}/api", ReadinessProbeUrl);
        }

        var made = before;
        for (var index = 0; index < ExposedPorts.Length; index++)
        {
            foreach (var fault in ExposedPorts[index].Check($"exposedPorts[{BlockChecks.Text(index)}]", made))
            {
                yield return fault;
            }

            made = made.With(ExposedPorts[index].Port(useInWebapps: false));
        }
    }

    // "http://localhost:8888${baseUrlPort8888}/api", "http://127.0.0.1:8080/healthz".
    [GeneratedRegex(@"\Ahttps?://(localhost|127\.0\.0\.1):[0-9]{1,5}(\$\{baseUrl(Port[0-9]{1,5})?\})?(/[A-Za-z0-9._~/?=&%-]*)?\z",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UrlShape();
}
