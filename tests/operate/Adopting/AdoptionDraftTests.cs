using Operate.Adopting;
using Rehearsal.StackFiles;
using Stacks.Settings.Reading;
using Tests.Rehearsal.StackFiles;

namespace Tests.Operate.Adopting;

// Promise: what the vendor's pages leave in a namespace is described by settings that this program accepts.
public sealed class AdoptionDraftTests
{
    [Fact]
    public void Studios_AreDescribed_AsTheVendorsManifestsMadeThem()
    {
        var draft = AdoptionDraft.Write("prod", "prod-admin", [VendorNamespace.Studios()]);

        draft.IsEmpty.ShouldBeFalse();
        draft.Text.ShouldBe("""
            # What `./platform adopt prod` found in seqera-platform of the context prod-admin. Lines with REPLACE wait for you.
            config:
              platform:cluster:
                existing:
                  context: prod-admin
              platform:redis:
                inCluster:
                  name: redis
                  memory: 2Gi
                  image: docker.io/library/redis:7.2
                  persistence:
                    size: 8Gi
                    storageClassName: gp3
              platform:studios:
                platform:
                  url: https://platform.example.org
                  version: 26.1.3
                  namespace: seqera-platform
                connectUrl: https://connect.example.org
                imagePullSecret: cr.seqera.io
                logLevel: debug
                proxy:
                  replicas: 3
                server:
                  replicas: 2
                ingress:
                  nginx: {}
                  certificates:
                    - { tlsSecret: studios-tls, names: [connect.example.org, '*.example.org'] }
                redis:
                  database: 1

            """, StringCompareShould.IgnoreLineEndings);
        ProblemsOf(draft).ShouldBeEmpty();
    }

    [Fact]
    public void AComputeEnvironment_IsDescribed_WithItsVolume()
    {
        var draft = AdoptionDraft.Write("prod", "prod-admin", [VendorNamespace.Tower()]);

        draft.Text.ShouldContain("""
                  tower-nf:
                    namespace: tower-nf
                    # The namespace stays with who made it; true makes it the stack's, which deletes it with everything in it.
                    createNamespace: false
                    users: [ci-user]
                    scratch:
                      claimName: tower-scratch
                      size: 4800Gi
                      volume:
                        name: tower-storage
                        size: 4800Gi
                        storageClassName: lustre
            """);
        ProblemsOf(draft).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("v26.1.3", "cr.seqera.io/enterprise/studios/proxy:0.11.0", "", "connectVersion", false)]
    [InlineData("v26.1.3", "cr.seqera.io/enterprise/studios/proxy:0.12.1", "", "connectVersion: 0.12.1", true)]
    [InlineData("v26.1.3", "cr.seqera.io/private/nf-tower-enterprise/data-studio/connect-proxy:0.11.0", "", "connectImages: legacy", true)]
    [InlineData("v25.1.0", "cr.seqera.io/private/nf-tower-enterprise/data-studio/connect-proxy:0.8.0", "", "connectImages", false)]
    [InlineData("v26.1.3", "registry.example.org/mirror/enterprise/studios/proxy:0.11.0", "", "imageRegistry: registry.example.org/mirror", true)]
    [InlineData("v26.1.3", "cr.seqera.io/enterprise/studios/proxy:0.11.0", "TOWER_DATA_STUDIO_ALLOWED_WORKSPACES: ''", "allowedWorkspaces: []", true)]
    [InlineData("v26.1.3", "cr.seqera.io/enterprise/studios/proxy:0.11.0", "TOWER_DATA_STUDIO_ALLOWED_WORKSPACES: '12, 7'", "allowedWorkspaces: [12, 7]", true)]
    [InlineData("v26.1.3", "cr.seqera.io/enterprise/studios/proxy:0.11.0", "TOWER_DATA_STUDIO_ENABLE_PATH_ROUTING: 'true'", "pathRouting: true", true)]
    [InlineData("latest", "cr.seqera.io/enterprise/studios/proxy:0.11.0", "", "# REPLACE: the Platform's version", true)]
    public void Variants_AreTold(string version, string proxy, string backend, string line, bool isThere)
    {
        var draft = AdoptionDraft.Write("prod", "prod-admin", [VendorNamespace.Studios(version, proxy, backend)]);

        draft.Text.Contains(line, StringComparison.Ordinal).ShouldBe(isThere, draft.Text);
    }

    [Fact]
    public void AnotherRelease_IsDescribed_ByTheNamesOfItsChart()
    {
        var live = VendorNamespace.Read("research", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: seqera-platform-backend, annotations: {meta.helm.sh/release-name: seqera}}
            spec: {selector: {}, template: {spec: {containers: [{name: backend, image: "cr.seqera.io/enterprise/backend:v26.1.3"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: research-cron, annotations: {meta.helm.sh/release-name: seqera}}
            spec: {selector: {}, template: {spec: {containers: [{name: cron, image: "cr.seqera.io/enterprise/backend:v26.1.3"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: studios-proxy}
            spec: {selector: {}, template: {spec: {containers: [{name: proxy, image: "cr.seqera.io/enterprise/studios/proxy:0.11.0"}]}}}
            """);

        var draft = AdoptionDraft.Write("prod", "prod-admin", [live]);

        draft.Text.ShouldContain("install: helm");
        draft.Text.ShouldContain("helmRelease: seqera");
        draft.Text.ShouldContain("cronDeployment: research-cron");
        draft.Text.ShouldNotContain("backendDeployment");
        // What stands in a Secret or nowhere is asked for, never guessed
        draft.Text.ShouldContain("# REPLACE: TOWER_SERVER_URL");
        draft.Text.ShouldContain("# REPLACE: the address of connect-proxy");
        draft.Text.ShouldContain("# REPLACE: host and port of Redis");
        draft.Notes.ShouldContain(note => note.Contains("no connect-server", StringComparison.Ordinal));
    }

    [Fact]
    public void ANamespaceWithoutAnyOfIt_GivesNothing()
    {
        AdoptionDraft.Write("prod", "prod-admin", [VendorNamespace.Empty("default")]).IsEmpty.ShouldBeTrue();
        var workbench = VendorNamespace.Read("posit", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: rstudio-workbench, labels: {helm.sh/chart: rstudio-workbench-0.9.1}}
            spec: {selector: {}, template: {spec: {containers: [{name: rstudio, image: "rstudio/rstudio-workbench:2025.05.1"}]}}}
            """);
        var draft = AdoptionDraft.Write("prod", "prod-admin", [workbench]);
        draft.IsEmpty.ShouldBeTrue();
        draft.Notes.ShouldHaveSingleItem().ShouldContain("rstudio-workbench-0.9.1");
    }

    [Fact]
    public void TheFileOfTheFirstUpdate_HoldsTheClusterAlone()
        => AdoptedFiles.Cluster("""
            encryptionsalt: v1:c2FsdA==:v1:abc
            config:
              platform:cluster: {existing: {context: prod-admin}}
              platform:kubeconfig: {secure: v1:x}
              platform:redis: {inCluster: {}}
            """).ReplaceLineEndings("\n").ShouldBe("encryptionsalt: v1:c2FsdA==:v1:abc\nconfig:\n  platform:cluster: {existing: {context: prod-admin}}\n  platform:kubeconfig: {secure: 'v1:x'}\n");

    private static IEnumerable<string> ProblemsOf(AdoptionDraft draft)
    {
        using var folder = new TemporaryFolder();
        var file = StackFile.Read(folder.Write("Pulumi.prod.yaml", draft.Text), "platform");
        var project = ProjectFile.Read(Tests.Support.Repository.Root);
        var config = StackConfig.Read(project, "prod", file, (_, _) => null);
        return SettingsValidation.Read(new RawSettings(config.Values, config.SecretKeys)).Problems.Select(problem => $"{problem}");
    }
}
