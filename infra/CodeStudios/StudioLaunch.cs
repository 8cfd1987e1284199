using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.CodeStudios;

/// <summary>The two ways in which a template runs.</summary>
public enum LaunchKind
{
    /// <summary>For its owner: everything is started, and files are written.</summary>
    Studio,

    /// <summary>For its visitors: what is marked for webapps is started, and files are read.</summary>
    Webapp,
}

/// <summary>A variable of a container.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as Kubernetes expands it; null for what <paramref name="FieldPath"/> says.</param>
/// <param name="FieldPath">A field of the pod (downward API); null for a value.</param>
public sealed record LaunchVariable(string Name, string? Value, string? FieldPath = null);

/// <summary>How Kubernetes asks whether a pod is ready.</summary>
/// <param name="Port">The port.</param>
/// <param name="Path">The path to get; null asks only whether the port is open.</param>
/// <param name="Scheme"><c>HTTP</c> or <c>HTTPS</c>; read with a path only.</param>
public sealed record LaunchProbe(int Port, string? Path = null, string Scheme = "HTTP")
{
    /// <summary>Headers to ask with.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>What the pods of a template are told: variables in the order in which they refer to each other, ports, and how readiness is asked for.</summary>
/// <param name="State">What the template's blocks have made.</param>
/// <param name="Kind">Studio or webapp.</param>
/// <param name="BrowserPath">The prefix that browsers see, without a slash at the end; it may hold variables of <see cref="PodVariables"/>.</param>
public sealed partial record StudioLaunch(CodeStudioState State, LaunchKind Kind, string BrowserPath)
{
    /// <summary>The variable that tells servers the prefix; with an underscore and a port it tells that of the port.</summary>
    public const string PathVariable = "DKU_CODE_STUDIO_BROWSER_PATH";

    /// <summary>What the variables begin with that tell whether a port is reached from outside the pod.</summary>
    public const string PublicVariable = "DKU_CODE_STUDIO_IS_PUBLIC_PORT_";

    /// <summary>Its name as Deployment, Service and container.</summary>
    public string Name => Kind is LaunchKind.Studio ? "studio" : "webapp";

    /// <summary>The ports that it answers at, in the order of their blocks.</summary>
    public ImmutableArray<StudioPort> Ports => Kind is LaunchKind.Studio ? State.Ports : State.WebappPorts;

    /// <summary>Whether every pod has a path of its own, which nobody knows before it runs.</summary>
    public bool HasPathPerPod => PodVariables.AreIn(BrowserPath);

    /// <summary>The variables, those of the pod first: <c>$(NAME)</c> refers to what stands before it, and stays as it is where that comes later.</summary>
    public ImmutableArray<LaunchVariable> Variables(ImmutableSortedDictionary<string, string> further)
    {
        var own = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        own[PathVariable] = BrowserPath;
        own[CodeStudioImage.LaunchVariable] = Name;
        foreach (var port in State.Ports)
        {
            own[$"{PathVariable}_{Text(port.Port)}"] = PathOf(port);
            // The image says 1 for each: what a webapp does not start is not offered by it either.
            own[$"{PublicVariable}{Text(port.Port)}"] = Ports.Contains(port) ? "1" : "0";
        }

        // The image has them too, and there nothing knows the pod.
        foreach (var (name, value) in State.Environment.Where(variable => PodVariables.AreIn(variable.Value) && !own.ContainsKey(variable.Key)))
        {
            own[name] = value;
        }

        foreach (var (name, value) in further)
        {
            own[name] = value;
        }

        return
        [
            .. PodVariables.Fields.Select(field => new LaunchVariable(field.Name, null, field.Path)),
            .. own.Select(variable => new LaunchVariable(variable.Key, PodVariables.Expanded(variable.Value))),
        ];
    }

    /// <summary>How to ask whether a pod is ready; null where nothing answers at a port.</summary>
    public LaunchProbe? Readiness
    {
        get
        {
            var asked = Url().Match(State.Readiness.Url);
            // An address that differs from pod to pod is in no probe: Kubernetes expands no variable there.
            if (State.Readiness.Tcp || Kind is LaunchKind.Webapp || HasPathPerPod || !asked.Success)
            {
                return Ports.IsEmpty ? null : new LaunchProbe(Ports[0].Port);
            }

            var path = BaseUrl().Replace(asked.Groups["path"].Value, match =>
                match.Groups["port"] is { Success: true, Value: var port } ? $"{BrowserPath}/{port}" : BrowserPath);
            return new LaunchProbe(
                int.Parse(asked.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture),
                path.StartsWith('/') ? path : $"/{path}",
                asked.Groups["scheme"].Value.ToUpperInvariant())
            {
                Headers = State.Readiness.Headers,
            };
        }
    }

    /// <summary>The prefix of one port.</summary>
    public string PathOf(StudioPort port) => $"{BrowserPath}/{Text(port.Port)}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    // "http://localhost:8888${baseUrlPort8888}/api".
    [GeneratedRegex(@"\A(?<scheme>https?)://[^:/]+:(?<port>[0-9]{1,5})(?<path>.*)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Url();

    [GeneratedRegex(@"\$\{baseUrl(Port(?<port>[0-9]{1,5}))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BaseUrl();
}

/// <summary>The variables in which a pod finds itself (facts of Dataiku, §4), and how values refer to them.</summary>
public static class PodVariables
{
    /// <summary>Each with its field of the downward API.</summary>
    public static ImmutableArray<(string Name, string Path)> Fields { get; } =
    [
        ("K8S_NODE_NAME", "spec.nodeName"),
        ("K8S_POD_ID", "metadata.uid"),
        ("K8S_POD_NAME", "metadata.name"),
        ("K8S_POD_NAMESPACE", "metadata.namespace"),
    ];

    /// <summary>Whether a value refers to one.</summary>
    public static bool AreIn(string value) => Fields.Any(field => value.Contains(Dss(field.Name), StringComparison.Ordinal));

    /// <summary>A value of DSS as Kubernetes reads it: <c>${K8S_POD_NAME}</c> becomes <c>$(K8S_POD_NAME)</c>, every other dollar stands for itself.</summary>
    /// <remarks>
    /// Kubernetes takes <c>$$</c> for one dollar and <c>$(NAME)</c> for a variable (its documentation, "Define Dependent Environment Variables").
    /// </remarks>
    public static string Expanded(string value) => Fields.Aggregate(
        value.Replace("$", "$$", StringComparison.Ordinal),
        (text, field) => text.Replace($"${Dss(field.Name)}", $"$({field.Name})", StringComparison.Ordinal));

    private static string Dss(string name) => $"${{{name}}}";
}

/// <summary>Names of ports: at most 15 lower-case letters, digits and single hyphens, a letter among them (Kubernetes, <c>IsValidPortName</c>).</summary>
public static class PortNames
{
    private const int Longest = 15;

    /// <summary>The name of a port: the start of its label and its number, which is unique in a template.</summary>
    public static string Of(StudioPort port)
    {
        var number = port.Port.ToString(CultureInfo.InvariantCulture);
        var room = Longest - number.Length - 1;
        var word = StudioPath.Word(port.Label);
        word = word.Any(char.IsAsciiLetter) ? word : "port";
        return $"{(word.Length > room ? word[..room] : word).TrimEnd('-')}-{number}" is var name && name[..^(number.Length + 1)].Any(char.IsAsciiLetter)
            ? name
            : $"port-{number}";
    }
}
