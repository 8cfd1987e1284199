using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings.CodeStudios;

// Promise: a Code Studio that could not start, would lose its files or let a stranger run code is refused where it is written.
public sealed class CodeStudioRulesTests
{
    private const string At = "platform:codeStudios.templates.app.kubernetes";

    private static readonly StackSample Sample = new(
        """
        {
          "cluster": { "existing": { "context": "kind-studios", "kind": "kubernetes" } },
          "storage": { "nfs": { "server": "10.0.0.5", "path": "/exports" } },
          "codeStudios": {
            "ingress": { "host": "studios.example.com", "open": true, "traefik": {} },
            "templates": {
              "app": {
                "permissions": { "groups": ["data-scientists"] },
                "blocks": [
                  { "fileSynchronization": { "zones": [{ "zone": "codeStudioVersioned" }, { "zone": "userVersioned" }] } },
                  { "kubernetesParameters": { "readinessProbeUrl": "http://localhost:9000/" } },
                  { "entrypoint": { "command": "serve", "useInWebapps": true, "exposedPort": { "port": 9000 } } }
                ],
                "kubernetes": {
                  "image": "registry.example.com/app:1@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                  "studios": { "one": { "webapp": { "replicas": 2 } } }
                }
              }
            }
          }
        }
        """);

    [Fact]
    public void Takes_TheSample() => Messages().ShouldBeEmpty();

    [Theory]
    [InlineData("image", "\"registry.example.com/app:1\"", "image: has no digest, so that the same tag could become another image under running pods")]
    [InlineData("studios", "{}", "studios: is empty")]
    [InlineData("environment", """{ "K8S_POD_NAME": "x" }""", "environment.K8S_POD_NAME: is set by the platform itself")]
    [InlineData("environment", """{ "DKU_CODE_STUDIO_BROWSER_PATH": "/x" }""", "environment.DKU_CODE_STUDIO_BROWSER_PATH: is set by the platform itself")]
    [InlineData("networkPolicy", "false", null)]
    [InlineData("studios.one.claims", """[{ "zone": "recipes" }]""", "studios.one.claims[0].zone: is not synced by the template")]
    [InlineData("studios.one.claims", """[{ "zone": "userVersioned" }, { "zone": "userVersioned" }]""", "studios.one.claims[1].zone: has a claim already")]
    [InlineData(
        "studios.one.claims",
        """[{ "zone": "userVersioned", "existingClaim": "mine" }]""",
        "studios.one.claims[0].existingClaim: is in a namespace that this stack makes"
    )]
    [InlineData(
        "studios.one",
        """{ "createNamespace": false, "claims": [{ "zone": "userVersioned", "existingClaim": "a", "size": "1Gi" }] }""",
        "studios.one.claims[0].size: is given beside existingClaim"
    )]
    [InlineData("studios.one", """{ "createNamespace": false, "claims": [{ "zone": "userVersioned", "existingClaim": "a" }] }""", null)]
    [InlineData("studios.one.pathPrefix", "\"code\"", "studios.one.pathPrefix: is not a prefix of paths")]
    [InlineData("studios.one.pathPrefix", "\"/a/../b\"", "studios.one.pathPrefix: is not a prefix of paths")]
    [InlineData("studios.one.pathPrefix", "\"/a/\"", "studios.one.pathPrefix: is not a prefix of paths")]
    [InlineData("studios.one.pathPrefix", "\"/a${HOME}\"", "studios.one.pathPrefix: is not a prefix of paths")]
    [InlineData("studios.one.pathPrefix", "\"/a${K8S_POD_NAME}\"", "studios.one.pathPrefix: differs from pod to pod, and no rule of an Ingress can name it")]
    [InlineData("studios.one.webapp.pathPrefix", "\"/a_${K8S_POD_NAME}\"", "studios.one.webapp.pathPrefix: differs from pod to pod")]
    [InlineData("studios.one.webapp.pathPrefix", "\"/code-studios/app/one/app\"", "studios.one.webapp.pathPrefix: and platform:codeStudios.templates.app")]
    [InlineData("studios.one.webapp.replicas", "0", "studios.one.webapp.replicas: is out of range")]
    [InlineData("studios.two", """{ "pathPrefix": "/code-studios/app/one" }""", "studios.two.pathPrefix: and platform:codeStudios.templates.app")]
    [InlineData(
        "studios.two",
        """{ "namespace": "code-studio-app-one" }""",
        "studios.two.namespace: belongs to platform:codeStudios.templates.app.kubernetes.studios.one"
    )]
    [InlineData("studios.one.namespace", "\"traefik\"", "studios.one.namespace: belongs to Traefik")]
    [InlineData("studios.one.namespace", "\"default\"", "studios.one.namespace: is reserved")]
    [InlineData("studios.one.owner", "\"system:masters\"", "studios.one.owner: is reserved")]
    public void OfKubernetes_HoldsThis(string path, string json, string? what)
    {
        var messages = Messages(($"codeStudios.templates.app.kubernetes.{path}", json));
        if (what is null)
        {
            messages.ShouldBeEmpty();
        }
        else
        {
            messages.ShouldHaveSingleItem().ShouldStartWith($"{At}.{what}");
        }
    }

    [Theory]
    [InlineData(
        """{ "host": "studios.example.com", "traefik": {} }""",
        "signIn: is missing, and with it everybody who reaches the host runs code in every Code Studio"
    )]
    [InlineData("""{ "host": "studios.example.com", "gateway": { "name": "g", "namespace": "gateways" } }""", "signIn: is missing")]
    [InlineData(
        """{ "host": "studios.example.com", "open": true, "signIn": { "address": "https://a.example.com/x" }, "traefik": {} }""",
        "open: is given beside signIn"
    )]
    [InlineData("""{ "host": "studios.example.com", "open": false, "traefik": {} }""", "signIn: is missing")]
    [InlineData("""{ "host": "*.example.com", "open": true, "traefik": {} }""", "host: is a wildcard")]
    [InlineData("""{ "host": "studios.example.com", "signIn": { "address": "https://a.example.com/x", "page": "https://a.example.com/y" }, "traefik": {} }""",
        "signIn.page: is read by nginx only")]
    [InlineData("""{ "host": "studios.example.com", "signIn": { "address": "http://a/x; } location /" }, "nginx": {} }""", "signIn.address: is not an address")]
    [InlineData(
        """{ "host": "studios.example.com", "signIn": { "address": "https://a.example.com/x" }, "gateway": { "name": "g", "namespace": "gateways" } }""",
        "signIn: is nothing that this controller can be told to ask"
    )]
    [InlineData(
        """{ "host": "studios.example.com", "open": true, "traefik": { "certificateResolver": "a", "tlsSecret": "b" } }""",
        "traefik.certificateResolver: is given beside tlsSecret"
    )]
    public void OfTheIngress_HoldsThis(string json, string what) =>
        Messages(("codeStudios.ingress", json)).ShouldHaveSingleItem().ShouldStartWith($"platform:codeStudios.ingress.{what}");

    [Theory]
    [InlineData("cluster", null, "platform:cluster: is missing, and platform:codeStudios.templates.app.kubernetes.studios.one runs on it")]
    [InlineData("storage", null, "platform:storage: is missing, and platform:codeStudios.templates.app.kubernetes.studios.one keeps its zones there")]
    [InlineData(
        "tower",
        """{ "environments": { "code-studios": { "scratch": {} } } }""",
        "platform:tower.environments.code-studios.scratch.directory: holds code-studios, where the zones of Code Studios are kept"
    )]
    [InlineData(
        "tower",
        """{ "environments": { "a": { "namespace": "code-studio-app-one" } } }""",
        "platform:codeStudios.templates.app.kubernetes.studios.one.namespace: belongs to platform:tower"
    )]
    public void OfTheRest_HoldsThis(string path, string? json, string what) =>
        Messages((path, json)).ShouldContain(message => message.StartsWith(what, StringComparison.Ordinal));

    // Each names the block's position, kind and field.
    [Theory]
    [InlineData(
        """{ "entrypoint": { "command": "serve", "exposedPort": { "port": 9000 } } }""",
        "platform:codeStudios.templates.app.kubernetes.studios.one.webapp: cannot run: the blocks have no entrypoint with useInWebapps and an exposed port"
    )]
    [InlineData(
        """{ "entrypoint": { "command": "serve", "useInWebapps": true, "exposedPort": { "port": 80 } } }""",
        "platform:codeStudios.templates.app.blocks[2].entrypoint.exposedPort.port: "
    )]
    [InlineData(
        """{ "entrypoint": { "command": "serve", "useInWebapps": true, "exposedPort": { "port": 9000, "proxiedUrlSuffix": "$x" } } }""",
        "platform:codeStudios.templates.app.blocks[2].entrypoint.exposedPort.proxiedUrlSuffix: "
    )]
    [InlineData(
        """{ "streamlit": { "port": 9001 } }, { "starterFiles": { "zone": "notebooks", "files": [] } }""",
        "platform:codeStudios.templates.app.blocks[3].starterFiles.zone: "
    )]
    public void OfTheBlocks_HoldsThis(string block, string what) =>
        Messages(
                (
                    "codeStudios.templates.app.blocks",
                    $$"""
                    [{ "fileSynchronization": { "zones": [{ "zone": "codeStudioVersioned" }, { "zone": "userVersioned" }] } }, { "kubernetesParameters": { "readinessProbeUrl": "http://localhost:9000/" } }, {{block}}]
                    """))
            .ShouldContain(message => message.StartsWith(what, StringComparison.Ordinal));

    [Fact]
    public void Rejects_LabelsThatSelectPods() =>
        Messages(
                (
                    "codeStudios.templates.app.blocks",
                    """
                    [{ "fileSynchronization": { "zones": [{ "zone": "codeStudioVersioned" }] } }, { "kubernetesParameters": { "readinessProbeUrl": "http://localhost:9000/", "labels": { "app.kubernetes.io/name": "mine" } } },
                     { "entrypoint": { "command": "serve", "useInWebapps": true, "exposedPort": { "port": 9000 } } }]
                    """))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:codeStudios.templates.app.blocks[1].kubernetesParameters.labels[\"app.kubernetes.io/name\"]: is set by the platform itself");

    [Theory]
    [InlineData("""{ "adoptedGke": { "name": "studios" } }""")]
    [InlineData("""{ "existing": { "context": "gke", "kind": "gke" } }""")]
    public void Rejects_EverybodyWithAGoogleAccount(string cluster) => Messages(
            ("cluster", cluster), ("gcp", """{ "project": "example-research", "region": "europe-west1" }"""),
            ("codeStudios.templates.app.permissions", """{ "everyone": true }"""))
        .ShouldContain(message => message.StartsWith(
            "platform:codeStudios.templates.app.permissions.everyone: is whoever the cluster has authenticated", StringComparison.Ordinal));

    private const string Alb =
        """{ "host": "studios.example.com", "open": true, "alb": { "certificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef" } }""";

    [Fact]
    public void Rejects_ABalancerOfAnotherCloud() => Messages(("codeStudios.ingress", Alb))
        .ShouldHaveSingleItem().ShouldStartWith("platform:codeStudios.ingress.alb: is a controller of EKS, and platform:cluster describes plain Kubernetes");

    [Theory]
    [InlineData("""{ "eks": { "administrators": ["arn:aws:iam::123456789012:role/platform-deploy"], "publicAccess": ["203.0.113.0/24"], "autoMode": {} } }""", "platform:codeStudios.ingress.alb: has to take the prefix away before port 9000 of app")]
    [InlineData(
        """{ "eks": { "administrators": ["arn:aws:iam::123456789012:role/platform-deploy"], "publicAccess": ["203.0.113.0/24"], "nodePools": { "arm": { "instanceTypes": ["m7g.large"] } } } }""",
        "platform:cluster.eks.nodePools: have Graviton processors alone, and images of Code Studios"
    )]
    public void Rejects_ACluster_ThatCannotLeadThereOrRunThem(string cluster, string what) =>
        Messages(("cluster", cluster), ("codeStudios.ingress", Alb), ("aws", """{ "region": "eu-west-1" }"""), ("storage", """{ "efs": {} }"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith(what);

    [Fact]
    public void Rejects_ACertificateOfAnotherRegion() => Messages(
            ("cluster", """{ "eks": { "administrators": ["arn:aws:iam::123456789012:role/platform-deploy"], "publicAccess": ["203.0.113.0/24"], "nodePools": { "main": { "instanceTypes": ["m7i.large"] } } } }"""),
            ("codeStudios.ingress", Alb),
            ("aws", """{ "region": "eu-central-1" }"""), ("storage", """{ "efs": {} }"""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:codeStudios.ingress.alb.certificateArn: is in another region than the load balancer");

    [Fact]
    public void APathOfOnesOwn_NeedsNoIngress() => Messages(
        ("codeStudios.ingress", null), ("codeStudios.templates.app.kubernetes.studios.one.webapp.pathPrefix", "\"/w_${K8S_POD_NAME}\"")).ShouldBeEmpty();

    [Fact]
    public void Warns_OfMoreCertificatesOfAKindThanThereAre()
    {
        var studios = string.Join(", ", Enumerable.Range(1, 6).Select(number => $$""" "s{{number}}": {} """));
        var read = SettingsValidation.Read(
            Sample.Raw(
                ("codeStudios.ingress", """{ "host": "studios.example.com", "open": true, "nginx": { "clusterIssuer": "letsencrypt" } }"""),
                ("certManager", """{ "existing": { "clusterIssuers": ["letsencrypt"] } }"""),
                ("codeStudios.templates.app.kubernetes.studios", $"{{ {studios} }}")), new DateOnly(2026, 11, 26));

        read.Problems.ShouldBeEmpty();
        read.Warnings.ShouldHaveSingleItem().ToString().ShouldStartWith(
            "platform:codeStudios.ingress.nginx.clusterIssuer: issues the same certificate in 6 namespaces, and Let's Encrypt gives 5 of a kind in a week");
    }

    [Theory]
    [InlineData(
        """{ "image": "ecr.example.com/a:1", "tool": "jupyter", "key": "JUPYTER-OWN" }""",
        "studios.templates",
        """{ "JUPYTER-OWN": { "repository": "public.cr.seqera.io/a/b:1-0.12", "tool": "jupyter" } }""",
        "key: is that of studios.templates"
    )]
    [InlineData(
        """{ "image": "ecr.example.com/a:1" }""",
        "studios.logLevel",
        "\"info\"",
        "tool: is missing, and Platform 26.1.3 would show the template as custom"
    )]
    [InlineData(
        """{ "image": "ecr.example.com/a:1", "tool": "jupyter", "ssh": true, "connectClient": "0.9" }""",
        "studios.logLevel",
        "\"info\"",
        "ssh: needs a newer connect-client than 0.9"
    )]
    [InlineData("""{ "image": "ecr.example.com/a:1", "tool": "jupyter", "connectClient": "0.8" }""", "studios.pathRouting", "true", null)]
    [InlineData("""{ "image": "ecr.example.com/a:1", "tool": "jupyter", "connectClient": "0.7.4" }""", "studios.pathRouting", "true",
        "image: has connect-client 0.7.4, which does not support path routing")]
    public void OfSeqera_HoldsThis(string seqera, string path, string json, string? what)
    {
        var messages = Messages(
            ("redis", """{ "existing": { "address": "redis.example.com:6379" } }"""),
            ("studios", """{ "platform": { "url": "https://platform.example.com", "version": "26.1.3" }, "connectUrl": "https://connect.example.com" }"""),
            ("codeStudios.templates.app.seqera", seqera), (path, json));
        if (what is null)
        {
            messages.ShouldBeEmpty();
        }
        else
        {
            messages.ShouldHaveSingleItem().ShouldStartWith($"platform:codeStudios.templates.app.seqera.{what}");
        }
    }

    private static string[] Messages(params (string Path, string? Json)[] changes) => Sample.Messages(changes);
}
