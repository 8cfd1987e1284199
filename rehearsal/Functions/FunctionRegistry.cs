using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Providers;
using Rehearsal.Providers.Tls;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>Answers functions: with what is known of them here, with what the operator says, and with unknown values for the rest.</summary>
internal sealed class FunctionRegistry(EngineContext context, SchemaStore schemas, ProviderResolver providers)
{
    private const string Engine = "pulumi";

    private static readonly FrozenDictionary<string, Function> Functions = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["pulumi:pulumi:getResource"] = Resource,
        ["tls:index/getPublicKey:getPublicKey"] = PublicKey,
    }.Concat(AwsFunctions.All).Concat(GcpFunctions.All).ToFrozenDictionary(StringComparer.Ordinal);

    // What most functions answer with and ask the provider for where nobody says it
    private static readonly string[] Places = ["project", "region"];

    private readonly ConcurrentDictionary<string, bool> _unanswered = new(StringComparer.Ordinal);

    /// <summary>The functions of which something is known.</summary>
    public static IEnumerable<string> Tokens => Functions.Keys;

    /// <summary>Answers an invoke; what only a provider knows is unknown.</summary>
    /// <param name="invoke">The token as the type, the arguments as the properties.</param>
    /// <exception cref="Protocol.GrpcException">The arguments are wrong, or there is no such provider.</exception>
    public PropertyMap Invoke(ResourceGoal invoke)
    {
        var (token, arguments) = (invoke.Type, References.Resolve(invoke.Properties));
        context.Secrets.Learn(arguments);
        var name = token.Split(':') is [{ Length: > 0 } first, _, { Length: > 0 }] ? first
            : throw context.Events.Refuse($"'{token}' is no token of a function: expected <package>:<module>:<function>");
        var configuration = Configuration(invoke, name);
        var package = schemas.Find(name);
        var spec = package?.Function(token);
        if (spec is not null)
        {
            arguments = new InputCoercion(package!).Coerce(spec.Inputs, arguments);
            if (new InputChecker(package!).Check(spec.Inputs, arguments) is { IsEmpty: false } failures)
            {
                throw context.Events.Refuse($"{token}: {string.Join("; ", failures.Select(failure => $"{failure.Path} {failure.Reason}"))}");
            }
        }
        var answer = Answer(token, arguments, configuration, package, spec);
        context.Secrets.Learn(answer);
        // The answer to a secret question is secret
        return arguments.ContainsSecrets ? answer.Select(value => value is SecretProperty ? value : new SecretProperty(value)) : answer;
    }

    private PropertyMap Answer(string token, PropertyMap arguments, PropertyMap configuration, PackageSchema? package, ResourceSpec? spec)
    {
        var call = new FunctionCall(PropertyMask.Reveal(arguments), configuration, context);
        var given = context.Request.Answers.Function(token, arguments);
        var known = Functions.TryGetValue(token, out var function);
        var answer = known && !arguments.ContainsUnknowns ? Computed(token, function!, call) : PropertyMap.Empty;
        if (given is null && !known && _unanswered.TryAdd(token, value: true))
        {
            context.Events.Warning(
                $"Only its provider can answer '{token}', so what follows from the answer is unknown: say what it is with --answers FILE (docs/answers.md)");
        }
        answer = given is null ? answer : given.Result.Aggregate(answer, (all, result) => all.With(result.Key, result.Value));
        if (spec is null)
        {
            return given is null && answer.Count == 0 ? PropertyMap.Create(("result", UnknownProperty.Instance)) : answer;
        }
        answer = Echoed(spec.Outputs, call, answer);
        return (given is null ? Unknown(spec.Outputs, answer) : new NeutralValue(package!).Complete(answer, spec.Outputs))
            .Hide(spec.Outputs.Properties.Where(property => property.Value.Secret).Select(property => property.Key));
    }

    private PropertyMap Computed(string token, Function function, FunctionCall call)
    {
        try
        {
            return function(call);
        }
        catch (FormatException e)
        {
            throw context.Events.Refuse($"{token}: {e.Message}");
        }
    }

    // Most functions answer with what they were asked, too
    private static PropertyMap Echoed(ObjectSpec results, FunctionCall call, PropertyMap answer)
    {
        foreach (var (key, value) in call.Arguments.Where(argument => argument.Value is not NullProperty && results.Properties.ContainsKey(argument.Key)))
        {
            answer = answer.ContainsKey(key) ? answer : answer.With(key, value);
        }
        foreach (var key in Places.Where(key => results.Properties.ContainsKey(key) && !answer.ContainsKey(key)))
        {
            answer = call.Configured(key) is { } text ? answer.With(key, Values.Text(text)) : answer;
        }
        return answer;
    }

    private static PropertyMap Unknown(ObjectSpec results, PropertyMap answer)
        => results.Required.Where(key => !answer.ContainsKey(key)).Aggregate(answer, (all, key) => all.With(key, UnknownProperty.Instance));

    // The provider that answers: the one that the program names, its parent's, or the default one
    private PropertyMap Configuration(ResourceGoal invoke, string package)
    {
        if (package == Engine)
        {
            return PropertyMap.Empty;
        }
        var parent = invoke.Parent is null ? null : context.Graph.Find(invoke.Parent);
        var reference = providers.Resolve(urn: null, package, invoke.Provider, parent, invoke.Version, invoke.PluginDownloadUrl);
        return context.Graph.Find(ProviderReference.Parse(reference).Urn)?.State.Inputs ?? PropertyMap.Empty;
    }

    // A resource of the running program by its URN, which SDKs ask for when they meet a reference to it.
    private static PropertyMap Resource(FunctionCall call)
    {
        var resource = Urn.TryParse(call["urn"], out var urn) ? call.Context.Graph.Find(urn) : null;
        if (resource is null)
        {
            throw call.Context.Events.Refuse($"the resource '{call["urn"]}' is asked for by its URN and is not registered");
        }
        return PropertyMap.Create(
            ("urn", Values.Text(call["urn"])), ("id", Values.Text(resource.State.Id ?? "")), ("state", new ObjectProperty(resource.State.Outputs)));
    }

    // The public half of a private key in PEM, computed.
    private static PropertyMap PublicKey(FunctionCall call)
    {
        using var key = TlsKey.Parse(call.Arguments.RequiredText("privateKeyPem"), "privateKeyPem");
        return KeyOutputs.AddPublic(call.Arguments, key).Plus(("algorithm", key.Algorithm), ("id", KeyOutputs.Id(key.SubjectPublicKeyInfo)));
    }
}

/// <summary>Completes an answer that the operator gave: results that the schema promises and the answer leaves out are empty.</summary>
internal sealed class NeutralValue(PackageSchema schema)
{
    public PropertyMap Complete(PropertyMap answer, ObjectSpec results)
    {
        foreach (var (key, property) in results.Properties)
        {
            var given = answer.Find(key);
            var complete = given is null or NullProperty ? results.Required.Contains(key) ? Empty(property.Type) : given : Complete(given, property.Type);
            complete = property.Secret && complete is not (null or NullProperty or SecretProperty) ? new SecretProperty(complete) : complete;
            if (complete is not null && !ReferenceEquals(complete, given))
            {
                answer = answer.With(key, complete);
            }
        }
        return answer;
    }

    private PropertyValue Complete(PropertyValue value, TypeSpec type) => (value, type.Kind) switch
    {
        (ListProperty list, TypeKind.List) when type.Element!.Kind == TypeKind.Object
            => new ListProperty([.. list.Items.Select(item => Complete(item, type.Element))]),
        (ObjectProperty map, TypeKind.Object) when schema.Type(type.Token)?.Object is { } spec => new ObjectProperty(Complete(map.Properties, spec)),
        _ => value,
    };

    private PropertyValue Empty(TypeSpec type) => type.Kind switch
    {
        TypeKind.Text => new StringProperty(""),
        TypeKind.Boolean => BooleanProperty.False,
        TypeKind.Integer or TypeKind.Number => new NumberProperty(0),
        TypeKind.List => new ListProperty(ImmutableArray<PropertyValue>.Empty),
        _ => Complete(new ObjectProperty(PropertyMap.Empty), type),
    };
}
