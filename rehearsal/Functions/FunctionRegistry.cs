using System.Collections.Frozen;
using Rehearsal.Registration;
using Rehearsal.Schemas;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>All functions with a rehearsed answer.</summary>
internal sealed class FunctionRegistry(EngineContext context, SchemaStore schemas)
{
    private static readonly FrozenDictionary<string, IFunction> Functions = Catalog.All.ToFrozenDictionary(f => f.Token, StringComparer.Ordinal);

    /// <summary>Answers an invoke; null when an argument is unknown, so that the answer is too.</summary>
    /// <exception cref="Protocol.GrpcException">There is no such answer, or the arguments are wrong.</exception>
    public PropertyMap? Invoke(string token, PropertyMap arguments)
    {
        context.Secrets.Learn(arguments);
        if (!Functions.TryGetValue(token, out var function))
        {
            var hint = NearestName.Of(token, Functions.Keys) is { } nearest ? $" (the nearest one that has is '{nearest}')" : "";
            throw context.Events.Refuse($"the function '{token}' has no rehearsed answer{hint}: add a class for it to rehearsal/Functions and list it in Catalog.cs");
        }
        var package = schemas.Find(token.Split(':')[0]);
        var spec = package?.Function(token);
        if (spec is not null && new InputChecker(package!).Check(spec.Inputs, arguments) is { IsEmpty: false } failures)
            throw context.Events.Refuse($"{token}: {string.Join("; ", failures.Select(f => $"{f.Path} {f.Reason}"))}");
        if (arguments.ContainsUnknowns) return null;
        var answer = function.Invoke(Open(arguments), context);
        if (spec is not null) answer = new NeutralValue(package!).Complete(answer, spec.Outputs);
        // the answer to a secret question is secret
        return arguments.ContainsSecrets ? answer.Select(v => new SecretProperty(v)) : answer;
    }

    private static PropertyMap Open(PropertyMap arguments) => arguments.ContainsSecrets ? arguments.Select(Open) : arguments;

    private static PropertyValue Open(PropertyValue value) => value switch
    {
        SecretProperty secret => Open(secret.Value),
        ListProperty list => new ListProperty([.. list.Items.Select(Open)]),
        ObjectProperty map => new ObjectProperty(Open(map.Properties)),
        _ => value,
    };
}
