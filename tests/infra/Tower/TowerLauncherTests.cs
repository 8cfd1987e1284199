using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Infra.Manifests;
using Infra.Tower;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using Pulumi.Testing;
using Pulumi.Utilities;
using Tests.Support;

namespace Tests.Infra.Tower;

// Promise: the launcher may do exactly what Seqera's manifest lets it do, for everybody that the Platform signs in as.
public sealed class TowerLauncherTests
{
    private const string Metadata = """
        "namespace": "tower-nf",
        "labels": {
          "app.kubernetes.io/name": "tower-launcher", "app.kubernetes.io/instance": "platform", "app.kubernetes.io/component": "launcher",
          "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/part-of": "studio-platform"
        }
        """;

    [Fact]
    public async Task LauncherToken_HasTheseChildren() => (await Deployed.Of(options => new LauncherToken(
        "token",
        new LauncherTokenArgs
        {
            Labels = ImmutableDictionary<string, string>.Empty,
            Namespace = "tower-nf",
            SecretName = "tower-launcher-token",
            ServiceAccountName = "tower-launcher-sa",
        },
        options))).Lineages.ShouldBe([
            "platform:tower:LauncherToken$kubernetes:core/v1:Secret::token",
            "platform:tower:LauncherToken::token",
        ]);

    [Fact]
    public async Task Role_HasTheOfficialRules()
    {
        var deployed = await Deployed.Of(() => new TowerLauncher("launcher", Args()));

        deployed.Inputs("launcher-role").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
              "metadata": { "name": "tower-launcher-role", {{Metadata}} },
              "rules": [
                {
                  "apiGroups": [""],
                  "resources": ["configmaps", "persistentvolumeclaims", "pods", "pods/exec", "pods/log", "pods/status"],
                  "verbs": ["create", "delete", "get", "list", "watch"]
                },
                { "apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["create", "delete", "get", "list", "watch"] },
                { "apiGroups": ["batch"], "resources": ["jobs", "jobs/log", "jobs/status"], "verbs": ["create", "delete", "get", "list", "watch"] }
              ]
            }
            """));
    }

    [Fact]
    public async Task Account_IsBound_WithItsNamespace()
    {
        TowerLauncher? launcher = null;
        var deployed = await Deployed.Of(options => launcher = new TowerLauncher("launcher", Args(), options));

        deployed.Inputs("launcher-account").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "ServiceAccount",
              "metadata": { "name": "tower-launcher-sa", "annotations": { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/fusion" }, {{Metadata}} }
            }
            """));
        deployed.Inputs("launcher-account-binding").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
              "metadata": { "name": "tower-launcher-rolebind", {{Metadata}} },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "tower-launcher-role" },
              "subjects": [{ "kind": "ServiceAccount", "name": "tower-launcher-sa", "namespace": "tower-nf" }]
            }
            """));
        (await Deployed.ValueOf(launcher!.ServiceAccountName)).ShouldBe("tower-launcher-sa");
        launcher.AccountToken.ShouldBeNull();
        deployed.OutputNames("TowerLauncher::launcher").ShouldBe(["namespace", "serviceAccountName"]);
        deployed.Lineages.ShouldBe([
            "platform:tower:TowerLauncher$kubernetes:core/v1:ServiceAccount::launcher-account",
            "platform:tower:TowerLauncher$kubernetes:rbac.authorization.k8s.io/v1:Role::launcher-role",
            "platform:tower:TowerLauncher$kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::launcher-account-binding",
            "platform:tower:TowerLauncher$kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::launcher-user-binding",
            "platform:tower:TowerLauncher::launcher",
        ]);
    }

    [Fact]
    public async Task People_ShareOneBinding()
    {
        var deployed = await Deployed.Of(() => new TowerLauncher("launcher", Args(groups: ["tower-launchers"])));

        deployed.Inputs("launcher-user-binding").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
              "metadata": { "name": "tower-launcher-userbind", {{Metadata}} },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "tower-launcher-role" },
              "subjects": [
                { "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "tower-launcher-user" },
                { "apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "tower-launchers" }
              ]
            }
            """));
    }

    [Fact]
    public async Task People_HaveNoBinding_WhenThereAreNone() =>
        (await Deployed.Of(() => new TowerLauncher("launcher", new TowerLauncherArgs { Namespace = "tower-nf", Users = [] })))
            .Has("launcher-user-binding")
            .ShouldBeFalse();

    [Fact]
    public async Task Token_IsAskedForFromKubernetes_WhenEnabled()
    {
        TowerLauncher? launcher = null;
        var deployed = await Deployed.Of(() => launcher = new TowerLauncher("launcher", Args(tokenEnabled: true)));

        deployed.Inputs("launcher-token").ShouldBe(Deployed.Json($$"""
            {
              "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/service-account-token",
              "metadata": { "name": "tower-launcher-token", "annotations": { "kubernetes.io/service-account.name": "tower-launcher-sa" }, {{Metadata}} }
            }
            """));
        var token = launcher!.AccountToken.ShouldNotBeNull();
        token.Reference.Key.ShouldBe("token");
        (await Deployed.ValueOf(token.Reference.SecretName)).ShouldBe("tower-launcher-token");
    }

    [Fact]
    public async Task Token_AndAuthority_AreReadBackAsSecrets()
    {
        TowerLauncher? launcher = null;
        await Deployed.Of(() => launcher = new TowerLauncher("launcher", Args(tokenEnabled: true)));

        var token = launcher!.AccountToken.ShouldNotBeNull();
        (await Deployed.ValueOf(token.Value)).ShouldBe(MockValues.FilledSecret("launcher-token", "token"));
        (await Deployed.ValueOf(token.CertificateAuthority)).ShouldBe(MockValues.FilledSecret("launcher-token", "ca.crt"));
        (await Output.IsSecretAsync(token.Value)).ShouldBeTrue();
        (await Output.IsSecretAsync(token.CertificateAuthority)).ShouldBeTrue();
    }

    // A first preview has no data yet, a later one has what the state holds: the token is unknown in the first and known ever after, and nothing is made but
    // the Secret.
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    public async Task Token_IsUnknownUntilTheSecretExists(bool isPreview, bool exists, bool isKnown)
    {
        LauncherToken? token = null;
        var cluster = new TokenSecrets(exists);

        await Deployment.TestAsync(
            cluster,
            new TestOptions { IsPreview = isPreview },
            () => token = new TowerLauncher("launcher", Args(tokenEnabled: true)).AccountToken);

        (await OutputUtilities.GetIsKnownAsync(token!.Value)).ShouldBe(isKnown);
        (await OutputUtilities.GetIsKnownAsync(token.CertificateAuthority)).ShouldBe(isKnown);
        (await Output.IsSecretAsync(token.Value)).ShouldBeTrue();
        (await OutputUtilities.GetValueAsync(token.Value)).ShouldBe(isKnown ? "token of launcher-token" : null);
        cluster.Secrets.ShouldBe(["launcher-token"]);
    }

    // roleRef cannot be changed: a renamed Role needs new bindings, and only under new names can they exist before the old ones go.
    [Fact]
    public async Task ARenamedRole_BringsBindingsOfOtherNames()
    {
        var deployed = await Deployed.Of(() =>
            new TowerLauncher("launcher", new TowerLauncherArgs { Namespace = "tower-nf", RoleName = KubernetesName.Parse("nextflow") }));

        deployed.Inputs("launcher-role").ShouldContain("\"name\": \"nextflow\"");
        deployed.Inputs("launcher-account-binding").ShouldContain("\"name\": \"nextflow-account-bind\"");
        deployed.Inputs("launcher-user-binding").ShouldContain("\"name\": \"nextflow-user-bind\"");
    }

    // Kubernetes deletes the token Secret of an account that is gone, so that of a new account must be another object.
    [Fact]
    public async Task AnotherAccount_HasATokenSecretOfItsOwn()
    {
        var deployed = await Deployed.Of(() => new TowerLauncher(
            "launcher", new TowerLauncherArgs { Namespace = "tower-nf", ServiceAccountName = KubernetesName.Parse("tower-launcher"), TokenEnabled = true }));

        deployed.Inputs("launcher-token").ShouldContain("\"name\": \"tower-launcher-api-token\"");
    }

    [Theory]
    [InlineData("launcher-account-binding")]
    [InlineData("launcher-user-binding")]
    public async Task Bindings_AreCreatedBeforeTheOldOnesAreDeleted(string binding) =>
        (await Captured.Options<RoleBindingArgs>(binding, options => new TowerLauncher("launcher", Args(), options))).DeleteBeforeReplace.ShouldBe(false);

    [Property]
    public Property BindingNames_DifferWheneverTheRolesDo() =>
        Prop.ForAll(
                Gen.Elements("tower-launcher-role", "tower-launcher", "tower-launcher-rolebind", "a", "a-user", "a-account", "a-role", "tower-launcher-user")
                    .Two()
                    .ToArbitrary(),
                roles =>
                {
                    var (first, second) = (new LauncherNames(KubernetesName.Parse(roles.Item1)), new LauncherNames(KubernetesName.Parse(roles.Item2)));
                    string[] both = [first.AccountBinding, first.UserBinding, second.AccountBinding, second.UserBinding];
                    return both.Distinct().Count() == (roles.Item1 == roles.Item2 ? 2 : 4);
                });

    [Fact]
    public void Rules_AreSorted_AndNoneIsGivenTwice()
    {
        var given = LauncherRules.All.SelectMany(rule => rule.Resources.Select(resource => (rule.ApiGroup, Resource: resource))).ToArray();

        given.ShouldBe(given.Distinct());
        LauncherRules.All.Select(rule => rule.ApiGroup).ShouldBeInOrder();
        LauncherRules.All.ShouldAllBe(rule => rule.Reason.Length > 0);
        given.ShouldAllBe(rule => LauncherRules.ByApiGroup[rule.ApiGroup].Contains(rule.Resource));
        LauncherRules.Verbs.ShouldBeInOrder();
        LauncherRules.Verbs.Intersect(["patch", "update", "deletecollection", "*", "escalate", "bind", "impersonate"]).ShouldBeEmpty();
    }

    private static TowerLauncherArgs Args(bool tokenEnabled = false, ImmutableArray<string>? groups = null) => new()
    {
        Namespace = "tower-nf",
        ServiceAccountAnnotations = new Pulumi.InputMap<string> { ["eks.amazonaws.com/role-arn"] = "arn:aws:iam::1:role/fusion" },
        Groups = groups ?? [],
        TokenEnabled = tokenEnabled,
    };

    /// <summary>A cluster as the provider shows it: without the Secret it has neither id nor data, with it both.</summary>
    private sealed class TokenSecrets(bool exist) : IMocks
    {
        private readonly ConcurrentQueue<string> _secrets = new();

        public IEnumerable<string> Secrets => _secrets;

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            if (args.Type != "kubernetes:core/v1:Secret")
            {
                return Task.FromResult<(string?, object)>((args.Name, args.Inputs));
            }

            _secrets.Enqueue(args.Name!);
            var data = new[] { "token", "ca.crt" }.ToImmutableDictionary(
                key => key,
                key => Convert.ToBase64String(Encoding.UTF8.GetBytes(MockValues.FilledSecret(args.Name!, key))));
            return Task.FromResult<(string?, object)>(exist ? ($"tower-nf/{args.Name}", args.Inputs.SetItem("data", data)) : (null, args.Inputs));
        }

        public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException($"'{args.Token}' is not asked of a cluster.");

        public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest request) => Task.CompletedTask;
    }
}
