using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Moq;
using Pulumi.Testing;

namespace Tests.Support;

/// <summary>
/// The one stand-in for the engine: it echoes inputs, gives every object an id and a name, and fills in what only a provider computes.
/// An invoke that no test declared fails.
/// </summary>
internal sealed class PlatformMocks
{
    private readonly ConcurrentQueue<MockResourceArgs> _resources = new();
    private readonly ConcurrentQueue<MockRegisterResourceOutputsRequest> _outputs = new();

    /// <summary>Makes the stand-in.</summary>
    /// <param name="reads">What resources that are there already look like, by logical name, as JSON.</param>
    public PlatformMocks(IReadOnlyDictionary<string, string>? reads = null)
    {
        var mocks = new Mock<IMocks>(MockBehavior.Strict);
        mocks.Setup(engine => engine.NewResourceAsync(It.IsAny<MockResourceArgs>()))
            .Returns((MockResourceArgs resource) =>
            {
                _resources.Enqueue(resource);
                return Task.FromResult<(string?, object)>(($"{resource.Name}_id",
                    reads?.GetValueOrDefault(resource.Name!) is { } found ? MockValues.FromJson(found) : State(resource)));
            });
        mocks.Setup(engine => engine.CallAsync(It.Is<MockCallArgs>(call => call.Token!.StartsWith("aws:"))))
            .Returns((MockCallArgs call) => Task.FromResult<object>(AwsMocks.Answer(call)));
        mocks.Setup(engine => engine.CallAsync(It.Is<MockCallArgs>(call => call.Token!.StartsWith("gcp:"))))
            .Returns((MockCallArgs call) => Task.FromResult<object>(GcpMocks.Answer(call)));
        mocks.Setup(engine => engine.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>()))
            .Returns((MockRegisterResourceOutputsRequest request) =>
            {
                _outputs.Enqueue(request);
                return Task.CompletedTask;
            });
        Object = mocks.Object;
    }

    public IMocks Object { get; }

    public IReadOnlyCollection<MockResourceArgs> Resources => _resources;

    public IReadOnlyCollection<MockRegisterResourceOutputsRequest> Outputs => _outputs;

    private static ImmutableDictionary<string, object> State(MockResourceArgs resource)
    {
        var state = resource.Inputs;
        foreach (var (property, value) in Computed(resource))
        {
            state = state.SetItem(property, value);
        }

        return state;
    }

    private static ImmutableDictionary<string, object> Computed(MockResourceArgs resource)
    {
        var name = resource.Name!;
        return resource.Type switch
        {
            "random:index/randomId:RandomId" => Properties(("hex", "1a2b3c4d")),
            "random:index/randomPassword:RandomPassword" => Properties(("result", MockValues.Password(name))),
            "tls:index/privateKey:PrivateKey" => Properties(
                ("privateKeyOpenssh", MockValues.PrivateOpenSsh(name)),
                ("privateKeyPem", MockValues.PrivatePem(name)),
                ("privateKeyPemPkcs8", MockValues.PrivatePem(name)),
                ("publicKeyOpenssh", $"ssh {name}"),
                ("publicKeyPem", MockValues.PublicPem(name)),
                ("publicKeyFingerprintSha256", MockValues.Fingerprint(name))),
            "tls:index/selfSignedCert:SelfSignedCert" or "tls:index/locallySignedCert:LocallySignedCert" => Properties(("certPem", $"certificate-of-{name}")),
            "tls:index/certRequest:CertRequest" => Properties(("certRequestPem", $"request-of-{name}")),
            { } type when type.StartsWith("aws:", StringComparison.Ordinal) => AwsMocks.Computed(resource),
            "kubernetes:core/v1:Secret" when resource.Inputs.GetValueOrDefault("type") is "kubernetes.io/service-account-token" => Properties(
                ("metadata", Metadata(resource)),
                ("data", FilledSecret(name))),
            { } type when type.StartsWith("gcp:", StringComparison.Ordinal) => GcpMocks.Computed(resource),
            { } type when type.StartsWith("kubernetes:", StringComparison.Ordinal) => Properties(("metadata", Metadata(resource))),
            _ => ImmutableDictionary<string, object>.Empty,
        };
    }

    private static ImmutableDictionary<string, object> FilledSecret(string name) =>
        Properties([
            .. new[] { "token", "ca.crt" }.Select(key => (key, (object)Convert.ToBase64String(Encoding.UTF8.GetBytes(MockValues.FilledSecret(name, key))))),
        ]);

    private static ImmutableDictionary<string, object> Metadata(MockResourceArgs resource)
    {
        var given = resource.Inputs.GetValueOrDefault("metadata") as ImmutableDictionary<string, object> ?? ImmutableDictionary<string, object>.Empty;
        var named = given.ContainsKey("name") ? given : given.SetItem("name", MockValues.AutomaticName(resource.Name!));
        return named.ContainsKey("namespace") ? named : named.SetItem("namespace", "default");
    }

    private static ImmutableDictionary<string, object> Properties(params (string Name, object Value)[] properties) =>
        properties.ToImmutableDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
}
