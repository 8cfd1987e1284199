using System.Collections.Immutable;
using Infra.Manifests;
using Infra.Routing;

namespace Infra.Workbench;

/// <summary>The Ubuntu in the images of server and sessions.</summary>
public enum WorkbenchSystem
{
    Ubuntu2404,
    Ubuntu2204,
}

/// <summary>The images of Workbench; what is null is the chart's.</summary>
/// <remarks>
/// The chart writes repository, colon and tag (rstudio/helm, charts/rstudio-workbench, _helpers.tpl and configmap-general.yaml, read 2026-11-26): a tag with a
/// digest behind it is what nodes pull by digest. Names and tags of the two init containers go to Workbench itself, which puts them together in a way that
/// nobody outside can read: they have no digest.
/// </remarks>
public sealed record WorkbenchImages
{
    public const WorkbenchSystem DefaultSystem = WorkbenchSystem.Ubuntu2404;
    public const bool DefaultSessionComponents = true;

    /// <summary>Version of Workbench that the pinned chart brings (Chart.yaml, appVersion).</summary>
    public const string ChartVersion = "2026.08.1";

    // The pinned chart's images (values.yaml, session.image and components.sessionInit.image).
    private const string SessionRepository = "posit/workbench-session";
    private const string SessionInitRepository = "posit/workbench-session-init";
    private const string SessionR = "4.5.2";
    private const string SessionPython = "3.14.3";

    /// <summary>Which Ubuntu they are made of. Default 24.04.</summary>
    public WorkbenchSystem System { get; init; } = DefaultSystem;

    /// <summary>Version of Workbench, of server and session components; null for the chart's.</summary>
    public string? Version { get; init; }

    /// <summary>Image of the server.</summary>
    public ImageReference? Server { get; init; }

    /// <summary>Image of sessions whose profile names none.</summary>
    public ImageReference? Session { get; init; }

    /// <summary>Whether an init container brings what sessions need of Workbench; false for images that hold it. Default true.</summary>
    public bool SessionComponents { get; init; } = DefaultSessionComponents;

    /// <summary>Image of that init container.</summary>
    public ImageReference? SessionInit { get; init; }

    /// <summary>Image of the init container that brings another Positron, used with <see cref="WorkbenchIdes.PositronVersion"/>.</summary>
    public ImageReference? PositronInit { get; init; }

    /// <summary>Secrets of the namespace with which nodes pull all of them.</summary>
    public ImmutableArray<string> PullSecrets { get; init; } = [];

    /// <summary>Pull secrets as pods name them.</summary>
    internal ImmutableArray<object> PullSecretNames => [.. PullSecrets.Select(name => Spec.From(("name", name)))];

    // Ubuntu's own number, as the tags have it.
    private string Release => System is WorkbenchSystem.Ubuntu2204 ? "ubuntu-22.04" : "ubuntu-24.04";

    /// <summary>Image of sessions whose profile names none.</summary>
    /// <param name="registry">A registry with copies of the chart's images; null for the publisher's.</param>
    internal string SessionFrom(string? registry) =>
        Session?.ToString() ?? Copy(registry, $"{SessionRepository}:R{SessionR}-python{SessionPython}-{Release}");

    /// <summary>Image of the init container of sessions; null where they have none.</summary>
    /// <param name="registry">As above.</param>
    internal string? SessionInitFrom(string? registry) => SessionComponents
        ? SessionInit?.ToString() ?? Copy(registry, $"{SessionInitRepository}:{Version ?? ChartVersion}")
        : null;

    private static string Copy(string? registry, string image) => registry is null ? image : $"{registry}/{image}";

    /// <summary>The values <c>image</c>, <c>session</c>, <c>components</c> and <c>versionOverride</c>; empty where everything is the chart's.</summary>
    /// <param name="positron">Version of Positron; null for the one in the server's image.</param>
    internal ImmutableDictionary<string, object> Values(string? positron) => WorkbenchProfile.Given(
        ("versionOverride", Version),
        ("image", Some(Placed(Server).AddRange(WorkbenchProfile.Given(
            ("os", OtherSystem), ("imagePullSecrets", PullSecrets.IsEmpty ? null : PullSecretNames))))),
        ("session", Some(WorkbenchProfile.Given(("image", Some(Placed(Session).AddRange(WorkbenchProfile.Given(("os", OtherSystem)))))))),
        ("components", Some(WorkbenchProfile.Given(
            ("enabled", SessionComponents ? null : (object)false),
            ("sessionInit", Some(WorkbenchProfile.Given(("image", Some(Placed(SessionInit)))))),
            ("positron", Some(WorkbenchProfile.Given(("version", positron), ("image", Some(Placed(PositronInit))))))))));

    private string? OtherSystem => System == DefaultSystem ? null : Release;

    private static ImmutableDictionary<string, object> Placed(ImageReference? image) => image is null
        ? ImmutableDictionary<string, object>.Empty
        : Spec.From(
            ("repository", $"{image.Registry}/{image.Repository}"),
            ("tag", image.Digest is null ? image.Tag : $"{image.Tag}@{image.Digest}"));

    private static ImmutableDictionary<string, object>? Some(ImmutableDictionary<string, object> values) => values.IsEmpty ? null : values;
}
