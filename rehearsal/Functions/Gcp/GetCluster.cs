using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Gcp;

/// <summary>A GKE cluster that exists already, in the project's workload identity pool.</summary>
internal sealed class GetCluster : IFunction
{
    public string Token => "gcp:container/getCluster:getCluster";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var (name, project) = (arguments.TextOf("name") ?? "", Answer.Project(arguments, context));
        var location = arguments.TextOf("location") ?? context.Request.Config.GetValueOrDefault("gcp:region", "us-central1");
        return Answer.Echo(
            arguments,
            ("id", Answer.Text($"projects/{project}/locations/{location}/clusters/{name}")), ("location", Answer.Text(location)), ("project", Answer.Text(project)),
            ("endpoint", Answer.Text("203.0.113.10")), ("masterVersion", Answer.Text($"{KubernetesVersions.Default}.0-gke.1000")), ("nodeVersion", Answer.Text($"{KubernetesVersions.Default}.0-gke.1000")),
            ("network", Answer.Text($"projects/{project}/global/networks/default")), ("subnetwork", Answer.Text($"projects/{project}/regions/{location}/subnetworks/default")),
            ("masterAuths", new ListProperty([Answer.Object(
                ("clientCertificate", Answer.Text("")), ("clientKey", new SecretProperty(Answer.Text(""))), ("clusterCaCertificate", Answer.Text(RehearsedCertificate.Base64)), ("clientCertificateConfigs", new ListProperty([])))])),
            ("workloadIdentityConfigs", new ListProperty([Answer.Object(("workloadPool", Answer.Text($"{project}.svc.id.goog")))])),
            ("selfLink", Answer.Text($"https://container.googleapis.com/v1/projects/{project}/locations/{location}/clusters/{name}")));
    }
}
