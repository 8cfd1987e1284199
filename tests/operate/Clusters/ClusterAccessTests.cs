using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Operate.Clusters;
using Operate.Verifying;
using Tests.Operate.Support;
using Tests.Rehearsal.StackFiles;

namespace Tests.Operate.Clusters;

/// <summary>Every way not to reach a cluster is a sentence with a fix, and no way leads to another cluster than the stack's.</summary>
public sealed class ClusterAccessTests : IDisposable
{
    private static readonly Uri Nowhere = new("https://127.0.0.1:9/");

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    private ClusterAccess Access => new() { Environment = name => _environment.GetValueOrDefault(name), Settings = StudioStack.Settings.Cluster };

    [Fact]
    public async Task Rejects_NoKubeconfig_AtAll()
    {
        _environment["HOME"] = _folder.Path;

        var trouble = await TroubleAsync(Access);

        trouble.Fault.ShouldBe(ClusterFault.Unconfigured);
        trouble.Message.ShouldBe($"There is no kubeconfig: KUBECONFIG is not set, and {_folder.At(".kube/config")} is not there.");
    }

    [Theory]
    [InlineData("kind: [", "is not a kubeconfig")]
    [InlineData("", "is not a kubeconfig")]
    [InlineData("<html>please sign in</html>", "is not a kubeconfig")]
    public async Task Rejects_WhatIsNoKubeconfig_WithoutRepeatingIt(string text, string part)
    {
        var trouble = await TroubleAsync(Access with { File = _folder.Write("config", text) });

        trouble.Message.ShouldContain(part);
        trouble.Message.ShouldNotContain("sign in");
    }

    [Fact]
    public async Task Rejects_ContextThatIsNotThere_AndNamesThoseThatAre()
    {
        var file = _folder.Write("config", ApiServer.KubeconfigFor(Nowhere, "other", "t"));

        var trouble = await TroubleAsync(Access with { File = file });

        trouble.Message.ShouldBe($"The context 'kind-studios' is not in the kubeconfig {file}: it has other.");
        trouble.Fix.ShouldBe("Give another with --context, or correct cluster.existing.context of the stack file.");
    }

    [Fact]
    public async Task TheCurrentContext_IsNotTaken_FromSomebodysOwnKubeconfig()
    {
        _environment["KUBECONFIG"] = _folder.Write("config", ApiServer.KubeconfigFor(Nowhere, "whatever-was-last", "t"));

        var trouble = await TroubleAsync(Access with { Settings = null, DeployedName = "studios" });

        trouble.Message.ShouldBe(
            "Which context of the kubeconfig in KUBECONFIG is the stack's cannot be told: none or several are of the cluster studios; it has "
            + "whatever-was-last.");
    }

    [Theory]
    [InlineData("arn:aws:eks:eu-west-1:123456789012:cluster/studios")]
    [InlineData("gke_project_europe-west1_studios")]
    public async Task ACloudsOwnContext_IsFound_ByTheNameOfTheCluster(string context)
    {
        _environment["KUBECONFIG"] = string.Join(
            Path.PathSeparator,
            _folder.Write("a", ApiServer.KubeconfigFor(Nowhere, "first", "t")),
            _folder.Write("b", ApiServer.KubeconfigFor(Nowhere, context, "t")));

        using var reader = await (Access with { Settings = null, DeployedName = "studios" }).OpenAsync(CancellationToken.None);

        reader.Context.ShouldBe(context);
    }

    [Fact]
    public async Task TheStacksOwnKubeconfig_IsFollowed_WithItsCurrentContext()
    {
        using var reader = await (
            Access with
            {
                Settings = null,
                OwnKubeconfig = ApiServer.KubeconfigFor(new("http://127.0.0.1:9"), "own", "t0ken"),
            }
        ).OpenAsync(CancellationToken.None);

        (reader.Context, reader.Server).ShouldBe(("own", new Uri("http://127.0.0.1:9/")));
        reader.Credentials.ShouldBe(["t0ken"]);
    }

    [Fact]
    public async Task Rejects_AServerThatNobodyListensAt()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var trouble = await AskedAsync(ApiServer.KubeconfigFor(new($"http://127.0.0.1:{port}"), "kind-studios", "t"));

        (trouble.Fault, trouble.IsFinal).ShouldBe((ClusterFault.Unreachable, true));
        trouble.Message.ShouldStartWith($"The API server http://127.0.0.1:{port}/ cannot be reached: ");
    }

    [Fact]
    public async Task Rejects_AHostThatDoesNotResolve()
    {
        var trouble = await AskedAsync(ApiServer.KubeconfigFor(new("http://no-such-host.invalid"), "kind-studios", "t"));

        trouble.Fault.ShouldBe(ClusterFault.Unreachable);
        trouble.Message.ShouldBe("The host of the API server http://no-such-host.invalid/ does not resolve.");
    }

    [Fact]
    public async Task Rejects_AnExpiredToken()
    {
        await using var server = await ApiServer.StartAsync();

        var trouble = await AskedAsync(server.Kubeconfig(token: "expired"));

        trouble.Fault.ShouldBe(ClusterFault.Unauthenticated);
        trouble.Message.ShouldBe("The API server does not accept the credentials of the kubeconfig (401): the token has expired, or it is another cluster's.");
    }

    [Fact]
    public async Task Rejects_ACertificateOfAnotherAuthority()
    {
        using var shown = Certificate("shown");
        using var trusted = Certificate("trusted");
        await using var server = await ApiServer.StartAsync(shown);

        (await AskedAsync(server.Kubeconfig(authority: trusted))).Fault.ShouldBe(ClusterFault.Untrusted);
        using var reader = await (Access with { OwnKubeconfig = server.Kubeconfig(authority: shown) }).OpenAsync(CancellationToken.None);
        $"{(await reader.GetAsync("version", CancellationToken.None))["gitVersion"]}".ShouldBe("v1.33.1");
    }

    [Fact]
    public async Task Rejects_AServerThatIsTooSlow()
    {
        await using var server = await ApiServer.StartAsync();
        server.Delay = TimeSpan.FromSeconds(20);
        using var reader = await (Access with { OwnKubeconfig = server.Kubeconfig(), Patience = TimeSpan.FromMilliseconds(60) }).OpenAsync(
            CancellationToken.None);

        var trouble = await Should.ThrowAsync<ClusterException>(() => reader.ListAsync(ApiKind.Pods, "default", CancellationToken.None));

        trouble.Fault.ShouldBe(ClusterFault.Slow);
        trouble.Message.ShouldBe($"The API server {server.Url} did not answer api/v1/namespaces/default/pods within 0 s.");
    }

    [Fact]
    public async Task Rejects_WhatIsNoApiServer()
    {
        using var listener = new HttpListener();
        var port = 20_000 + RandomNumberGenerator.GetInt32(20_000);
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var answering = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            await context.Response.OutputStream.WriteAsync("<html>Sign in to the proxy</html>"u8.ToArray());
            context.Response.Close();
        });

        var trouble = await AskedAsync(ApiServer.KubeconfigFor(new($"http://127.0.0.1:{port}"), "kind-studios", "t"));
        await answering;

        trouble.Message.ShouldBe($"What http://127.0.0.1:{port}/ answers to version is no object of Kubernetes.");
    }

    [Fact]
    public async Task ListsOfManyPages_AreReadToTheirEnd()
    {
        await using var server = await ApiServer.StartAsync();
        for (var number = 0; number < 1_203; number++)
        {
            server.Add(StudioCluster.Secret("many", $"s-{number:0000}", ("k", "v")));
        }

        using var reader = await (Access with { OwnKubeconfig = server.Kubeconfig() }).OpenAsync(CancellationToken.None);
        var all = await reader.ListAsync(ApiKind.Secrets, "many", CancellationToken.None, metadataOnly: true);

        all.Select(item => $"{item["metadata"]!["name"]}").ShouldBe(Enumerable.Range(0, 1_203).Select(number => $"s-{number:0000}"));
        all.ShouldAllBe(item => !item.ContainsKey("data"));
    }

    [Fact]
    public async Task AnUnreachedCluster_IsOneFailure_AndTheOtherGroupsSkip()
    {
        await using var server = await ApiServer.StartAsync();
        var sight = StudioStack.Sight(server, token: "expired");
        var groups = KubernetesGroups.All(sight, StudioStack.Settings, null, TimeProvider.System);

        var findings = await Task.WhenAll(groups.Select(StudioStack.FindingsAsync));

        findings.SelectMany(found => found).Count(finding => finding.Outcome == Outcome.Failed).ShouldBe(1);
        findings.ShouldAllBe(found => found.Length == 1);
        groups.Select(group => group.Name).ShouldBe(KubernetesGroups.Names);
        findings[1][0].Found.ShouldBe("not asked: the API server was not reached, see kubernetes");
        server.Requests.Count.ShouldBe(1);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<ClusterException> TroubleAsync(ClusterAccess access) =>
        await Should.ThrowAsync<ClusterException>(() => access.OpenAsync(CancellationToken.None));

    private async Task<ClusterException> AskedAsync(string kubeconfig)
    {
        var sight = new ClusterSight((Access with { OwnKubeconfig = kubeconfig }).OpenAsync, StackParts.For(StudioStack.Settings));
        return await Should.ThrowAsync<ClusterException>(() => sight.ReaderAsync(CancellationToken.None));
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var hosts = new SubjectAlternativeNameBuilder();
        hosts.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(hosts.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return made;
    }
}
