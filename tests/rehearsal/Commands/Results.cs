using Protocol;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Commands;

/// <summary>Results of a rehearsal, with a secret in every place where one can be.</summary>
internal static class Results
{
    public const string Marker = "s3cr3t-marker";

    public static readonly Urn Root = Urn.Create("dev", "platform", null, Urn.RootType, "platform-dev");
    public static readonly Urn Cache = Urn.Create("dev", "platform", Root, "platform:cache:Redis", "redis");
    public static readonly Urn Secret = Urn.Create("dev", "platform", Cache, "kubernetes:core/v1:Secret", "redis-auth");
    public static readonly Urn Service = Urn.Create("dev", "platform", Cache, "kubernetes:core/v1:Service", "redis");
    public static readonly Urn Provider = Urn.Create("dev", "platform", Root, "pulumi:providers:kubernetes", "cluster");

    public static RehearsalResult Empty { get; } = Result(RehearsalOutcome.Succeeded);

    public static RehearsalResult Redis { get; } = Empty with
    {
        Plan = new Plan(
        [
            Step(Operation.Create, new ResourceState { Urn = Root, Type = Urn.RootType }),
            Step(Operation.Create,
                new ResourceState
                    { Urn = Provider, Type = Provider.Type, Custom = true, Parent = Root,
                        Inputs = PropertyMap.Create(("namespace", Text("tower")), ("kubeconfig", Hidden)) }),
            Step(Operation.Create, new ResourceState { Urn = Cache, Type = Cache.Type, Parent = Root, Inputs = PropertyMap.Create(("password", Hidden)) }),
            Step(Operation.Create, new ResourceState
            {
                Urn = Secret,
                Type = Secret.Type,
                Custom = true,
                Parent = Cache,
                Protect = true,
                Provider = $"{Provider}::{WireSignatures.UnknownString}",
                Dependencies = [Cache],
                AdditionalSecretOutputs = ["data"],
                CustomTimeouts = new CustomTimeouts("5m", "", "1h30m"),
                Inputs = PropertyMap.Create(
                    ("apiVersion", Text("v1")),
                    ("kind", Text("Secret")),
                    ("metadata", Map(("name", Text("redis-auth")), ("namespace", Text("cache")))),
                    ("stringData", new SecretProperty(Map(("password", Text(Marker)), ("user", Text("default")))))),
                Outputs = PropertyMap.Create(("data", new SecretProperty(Map(("password", Text(Marker))))), ("id", UnknownProperty.Instance)),
            }),
            Step(Operation.Create, new ResourceState
            {
                Urn = Service,
                Type = Service.Type,
                Custom = true,
                Parent = Cache,
                Provider = $"{Provider}::{WireSignatures.UnknownString}",
                Inputs = PropertyMap.Create(
                    ("apiVersion", Text("v1")),
                    ("kind", Text("Service")),
                    ("spec",
                        Map(("clusterIP", UnknownProperty.Instance), ("ports", new ListProperty([Map(("port", new NumberProperty(6379)))])),
                            ("publishNotReadyAddresses", BooleanProperty.True))))
            }),
        ]),
        Outputs = PropertyMap.Create(
            ("address", Text("redis.cache:6379")), ("password", Hidden), ("ip", UnknownProperty.Instance), ("users", new ListProperty([Text("a"), Hidden]))),
    };

    private static SecretProperty Hidden => new(Text(Marker));

    public static RehearsalResult Failed(params Diagnostic[] diagnostics) => Result(RehearsalOutcome.ProgramFailed) with { Diagnostics = [.. diagnostics] };

    public static RehearsalResult Result(RehearsalOutcome outcome) => new()
    {
        Outcome = outcome,
        Plan = new Plan([]),
        Outputs = PropertyMap.Empty,
        Diagnostics = [],
        Duration = TimeSpan.FromMilliseconds(620),
    };

    public static StringProperty Text(string text) => new(text);

    public static ObjectProperty Map(params ReadOnlySpan<(string Key, PropertyValue Value)> properties) => new(PropertyMap.Create(properties));

    public static PlanStep Step(Operation operation, ResourceState state)
        => new() { Operation = operation, Urn = state.Urn, Provider = state.Provider, New = state };
}
