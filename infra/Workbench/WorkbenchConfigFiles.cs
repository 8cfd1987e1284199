using System.Collections.Immutable;
using Infra.Routing;

namespace Infra.Workbench;

/// <summary>The value <c>config</c> of the chart: files of server and sessions. Whatever stands in one of them is a text.</summary>
internal static class WorkbenchConfigFiles
{
    private const string ServerFile = "rserver.conf";
    private const string JupyterFile = "jupyter.conf";

    /// <summary>The value.</summary>
    public static ImmutableDictionary<string, object> Value(WorkbenchPlan plan, WorkbenchObjects objects)
    {
        var config = Spec.From(
            ("database", Spec.From(("conf", Spec.From(("existingSecret", objects.DatabaseFile))))),
            ("server", Server(plan)),
            ("session", Session(plan)));
        var profiles = WorkbenchProfile.Written(plan.Profiles, plan.ResourceProfiles);
        if (!profiles.IsEmpty)
        {
            config = config.Add("profiles", Spec.From(("launcher.kubernetes.profiles.conf", Sections(profiles, profile => profile.Section))));
        }

        if (objects.OpenIdSecret is { } client)
        {
            config = config.Add("existingSecrets", Spec.List(Spec.From(
                ("name", client.Name), ("items", Spec.List(Spec.From(("key", client.Key), ("path", WorkbenchValues.OpenIdFile)))))));
        }

        var pam = plan.SignIn is { } signIn && !plan.Rootless ? signIn.Pam : ImmutableDictionary<string, object>.Empty;
        return pam.IsEmpty ? config : config.Add("pam", pam);
    }

    private static ImmutableDictionary<string, object> Server(WorkbenchPlan plan)
    {
        // The chart's annotations say that there are metrics, and its own file turns them off.
        var server = Spec.From(("metrics-enabled", "1"))
            .AddRange(plan.SignIn?.Server ?? ImmutableDictionary<string, object>.Empty)
            .AddRange(WorkbenchProfile.Given(("admin-group", plan.AdminGroup), ("admin-superuser-group", plan.SuperuserGroup)));
        var files = Spec.From(
            (ServerFile, server),
            (JupyterFile, Spec.From(
                    ("session-cull-minutes", WorkbenchProfile.Text(plan.Sessions.JupyterCullMinutes)!),
                    ("session-shutdown-minutes", WorkbenchProfile.Text(plan.Sessions.JupyterShutdownMinutes)!))
                .AddRange(plan.Ides.Jupyter)))
            .AddRange(plan.Ides.ServerFiles)
            .AddRange(plan.Launcher.Files)
            .AddRange(plan.Logging.Files);
        return plan.ResourceProfiles.IsEmpty
            ? files
            : files.Add("launcher.kubernetes.resources.conf", Sections(plan.ResourceProfiles, profile => profile.Section));
    }

    private static ImmutableDictionary<string, object> Session(WorkbenchPlan plan) => Spec.From(
            ("rsession.conf", Spec.From(
                    ("session-timeout-minutes", WorkbenchProfile.Text(plan.Sessions.TimeoutMinutes)!),
                    ("session-timeout-suspend", plan.Sessions.SuspendOnTimeout ? "1" : "0"),
                    ("session-quit-child-processes-on-exit", plan.Sessions.QuitChildProcesses ? "1" : "0"))
                .AddRange(WorkbenchProfile.Given(
                    ("session-save-action-default", plan.Sessions.SaveWorkspace?.ToString().ToLowerInvariant()),
                    ("default-rsconnect-server", plan.Sessions.ConnectServer)))),
            ("repos.conf", Spec.From(("CRAN", plan.Sessions.Cran))))
        .AddRange(plan.Ides.SessionFiles);

    // Map keys are written in the order of their characters: * before @, and both before every letter, so that what counts for fewer people comes later.
    private static ImmutableDictionary<string, object> Sections<T>(
        ImmutableSortedDictionary<string, T> sections, Func<T, ImmutableDictionary<string, object>> write) =>
        sections.ToImmutableDictionary(section => section.Key, section => (object)write(section.Value), StringComparer.Ordinal);
}
