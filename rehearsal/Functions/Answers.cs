using System.Collections.Immutable;
using Rehearsal.Planning;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>What the operator says that providers would answer: to functions, and to reads of resources that exist.</summary>
internal sealed record Answers(ImmutableArray<FunctionAnswer> Functions, ImmutableArray<ResourceAnswer> Resources)
{
    public static readonly Answers None = new([], []);

    /// <summary>The first answer that fits; null when there is none.</summary>
    public FunctionAnswer? Function(string token, PropertyMap arguments)
        => Functions.FirstOrDefault(answer => answer.Token == token && answer.Arguments.All(given => Fits(given.Value, arguments.Find(given.Key))));

    public ResourceAnswer? Resource(string type, string? id) => Resources.FirstOrDefault(answer => answer.Type == type && answer.Id == id);

    // What the file leaves out of an object may be anything
    private static bool Fits(PropertyValue wanted, PropertyValue? given) => (wanted, Differ.Opened(given)) switch
    {
        (ObjectProperty pattern, ObjectProperty map) => pattern.Properties.All(member => Fits(member.Value, map.Properties.Find(member.Key))),
        (ListProperty pattern, ListProperty list) => pattern.Items.Length == list.Items.Length
            && pattern.Items.Zip(list.Items).All(pair => Fits(pair.First, pair.Second)),
        _ => Differ.Same(wanted, given),
    };
}

/// <summary>The answer to a function.</summary>
/// <param name="Token">The function.</param>
/// <param name="Arguments">Arguments that it is asked with; others may be anything.</param>
/// <param name="Result">The whole answer: what it leaves out is empty, but for what follows from the arguments.</param>
internal sealed record FunctionAnswer(string Token, PropertyMap Arguments, PropertyMap Result);

/// <summary>A resource that exists, or of which is known that it does not.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its provider's id.</param>
/// <param name="State">Its properties; null when there is no such resource.</param>
internal sealed record ResourceAnswer(string Type, string Id, PropertyMap? State)
{
    /// <summary>The properties over those that were known before.</summary>
    public static PropertyMap Over(PropertyMap known, PropertyMap state) => state.Aggregate(known, (all, property) => all.With(
        property.Key, all.Find(property.Key) is { } before ? Over(before, property.Value) : property.Value));

    /// <summary>Inputs that say what the properties say now, of those that were given.</summary>
    public static PropertyMap Given(PropertyMap inputs, PropertyMap state) => PropertyMap.From(inputs.Select(input => KeyValuePair.Create(
        input.Key, state.Find(input.Key) is { } now ? Given(input.Value, now) : input.Value)));

    private static PropertyValue Over(PropertyValue before, PropertyValue now) => (before, now) switch
    {
        (SecretProperty secret, _) => Over(secret.Value, now) is var value and not SecretProperty ? new SecretProperty(value) : now,
        (ObjectProperty old, ObjectProperty map) => new ObjectProperty(Over(old.Properties, map.Properties)),
        _ => now,
    };

    private static PropertyValue Given(PropertyValue input, PropertyValue now) => (input, now) switch
    {
        (SecretProperty secret, _) => Given(secret.Value, now) is var value and not SecretProperty ? new SecretProperty(value) : now,
        (ObjectProperty old, ObjectProperty map) => new ObjectProperty(Given(old.Properties, map.Properties)),
        _ => now,
    };
}
