using System.Collections.Immutable;
using Rehearsal.Graph;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Graph;

// Promise: of a resource that stays as it was only one state is kept, and sharing what is equal never changes what a state says.
public class ResourceStateTests
{
    private static readonly Urn Other = Urn.Parse("urn:pulumi:s::p::any:index:Thing::other");

    public static TheoryData<string> Changes =>
    [
        "Id", "Inputs", "Outputs", "Dependencies", "PropertyDependencies", "Protect", "Parent", "AdditionalSecretOutputs", "ReplaceWith", "IgnoreChanges",
        "ReplaceOnChanges", "HideDiffs", "Hooks", "InitErrors", "ReplacementTrigger", "Unread", "Aliases",
    ];

    [Fact]
    public void AnEqualState_IsTheSameObject()
    {
        var state = Sample();

        state.OrEqual(Sample()).ShouldBeSameAs(state);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void AnotherState_KeepsWhatItSays_AndSharesTheRest(string property)
    {
        var (state, changed) = (Sample(), Changed(property));

        var result = state.OrEqual(changed);

        result.ShouldNotBeSameAs(state);
        changed.OrEqual(result).ShouldBeSameAs(changed);
        if (property != "Inputs")
        {
            result.Inputs.ShouldBeSameAs(state.Inputs);
        }
        if (property != "PropertyDependencies")
        {
            result.PropertyDependencies.ShouldBeSameAs(state.PropertyDependencies);
        }
    }

    // Every list and map anew, as from two readings
    private static ResourceState Sample() => new()
    {
        Urn = Urn.Parse("urn:pulumi:s::p::any:index:Thing::one"),
        Type = "any:index:Thing",
        Custom = true,
        Id = "1",
        Inputs = PropertyMap.Create(("size", new NumberProperty(1)), ("tags", new ListProperty([new StringProperty("a"), new StringProperty("b")]))),
        Outputs = PropertyMap.Create(("arn", new SecretProperty(new StringProperty("arn:1")))),
        Dependencies = [Other],
        PropertyDependencies = ImmutableSortedDictionary<string, ImmutableArray<Urn>>.Empty.Add("size", [Other]).Add("tags", default),
        AdditionalSecretOutputs = ["arn"],
        IgnoreChanges = ["tags"],
        Hooks = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("BeforeDelete", ["say"]),
    };

    private static ResourceState Changed(string property) => property switch
    {
        "Id" => Sample() with { Id = "2" },
        "Inputs" => Sample() with { Inputs = PropertyMap.Create(("size", new NumberProperty(2))) },
        "Outputs" => Sample() with { Outputs = PropertyMap.Create(("arn", new StringProperty("arn:1"))) },
        "Dependencies" => Sample() with { Dependencies = [Other, Other] },
        "PropertyDependencies" => Sample() with { PropertyDependencies = Sample().PropertyDependencies.SetItem("tags", [Other]) },
        "Protect" => Sample() with { Protect = true },
        "Parent" => Sample() with { Parent = Other },
        "AdditionalSecretOutputs" => Sample() with { AdditionalSecretOutputs = [] },
        "ReplaceWith" => Sample() with { ReplaceWith = [Other] },
        "IgnoreChanges" => Sample() with { IgnoreChanges = ["size"] },
        "ReplaceOnChanges" => Sample() with { ReplaceOnChanges = ["size"] },
        "HideDiffs" => Sample() with { HideDiffs = ["size"] },
        "Hooks" => Sample() with { Hooks = Sample().Hooks.SetItem("BeforeDelete", ["say", "more"]) },
        "InitErrors" => Sample() with { InitErrors = ["not ready"] },
        "ReplacementTrigger" => Sample() with { ReplacementTrigger = new StringProperty("1") },
        "Unread" => Sample() with { Unread = ImmutableSortedDictionary<string, string>.Empty.Add("views", "1") },
        _ => Sample() with { Aliases = ["urn:pulumi:s::p::any:index:Thing::former"] },
    };
}
