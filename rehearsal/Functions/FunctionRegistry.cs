using System.Collections.Frozen;
using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Providers;
using Rehearsal.Providers.Tls;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>All functions with a rehearsed answer.</summary>
internal sealed class FunctionRegistry(EngineContext context, SchemaStore schemas)
{
    private static readonly FrozenDictionary<string, Function> Functions = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["pulumi:pulumi:getResource"] = Resource,
        ["tls:index/getPublicKey:getPublicKey"] = PublicKey,
    }.Concat(AwsFunctions.All).Concat(GcpFunctions.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The functions that are answered.</summary>
    public static IEnumerable<string> Tokens => Functions.Keys;

    /// <summary>Answers an invoke; null when an argument is unknown, so that the answer is too.</summary>
    /// <exception cref="Protocol.GrpcException">There is no such answer, or the arguments are wrong.</exception>
    public PropertyMap? Invoke(string token, PropertyMap arguments)
    {
        context.Secrets.Learn(arguments);
        if (!Functions.TryGetValue(token, out var function))
        {
            var hint = Nearest.Find(token, Functions.Keys) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
            throw context.Events.Refuse($"the function '{token}' has no rehearsed answer{hint} Add it to the table of its package in rehearsal/Functions.");
        }
        var package = schemas.Find(token.Split(':')[0]);
        var spec = package?.Function(token);
        if (spec is not null && new InputChecker(package!).Check(spec.Inputs, arguments) is { IsEmpty: false } failures)
        {
            throw context.Events.Refuse($"{token}: {string.Join("; ", failures.Select(f => $"{f.Path} {f.Reason}"))}");
        }
        if (arguments.ContainsUnknowns)
        {
            return null;
        }
        var answer = function(new FunctionCall(PropertyMask.Reveal(arguments), context));
        if (spec is not null)
        {
            answer = new NeutralValue(package!).Complete(answer, spec.Outputs);
        }
        // The answer to a secret question is secret
        return arguments.ContainsSecrets ? answer.Select(v => new SecretProperty(v)) : answer;
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

/// <summary>Completes a rehearsed answer: results that the schema promises and no handler cares about are empty.</summary>
internal sealed class NeutralValue(PackageSchema schema)
{
    public PropertyMap Complete(PropertyMap answer, ObjectSpec results)
    {
        foreach (var (key, property) in results.Properties)
        {
            var given = answer.Find(key);
            if (given is null or NullProperty)
            {
                if (results.Required.Contains(key))
                {
                    answer = answer.With(key, Empty(property.Type));
                }
            }
            else if (Complete(given, property.Type) is var complete && !ReferenceEquals(complete, given))
            {
                answer = answer.With(key, complete);
            }
        }
        return answer;
    }

    private PropertyValue Complete(PropertyValue value, TypeSpec type) => (value, type.Kind) switch
    {
        (ListProperty list, TypeKind.List) when type.Element!.Kind == TypeKind.Object
            => new ListProperty([.. list.Items.Select(i => Complete(i, type.Element))]),
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
