using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>The Kubernetes versions that GKE offers, newest first.</summary>
internal sealed class GetEngineVersions : IFunction
{
    public string Token => "gcp:container/getEngineVersions:getEngineVersions";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var prefix = arguments.TextOf("versionPrefix") ?? "";
        var versions = KubernetesVersions.Offered.Select(v => $"{v}.0-gke.1000").Where(v => v.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var latest = versions.FirstOrDefault() ?? "";
        return Answer.Echo(
            arguments,
            ("id", Answer.Text("rehearsed")), ("defaultClusterVersion", Answer.Text(latest)), ("latestMasterVersion", Answer.Text(latest)), ("latestNodeVersion", Answer.Text(latest)),
            ("validMasterVersions", Answer.List(versions)), ("validNodeVersions", Answer.List(versions)),
            ("releaseChannelDefaultVersion", Channels(latest)), ("releaseChannelLatestVersion", Channels(latest)));
    }

    private static PropertyValue Channels(string version) => Answer.Object(("RAPID", Answer.Text(version)), ("REGULAR", Answer.Text(version)), ("STABLE", Answer.Text(version)));
}
