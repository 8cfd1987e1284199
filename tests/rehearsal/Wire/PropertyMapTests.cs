using FsCheck;
using FsCheck.Fluent;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Wire;

// A map behaves as a set of named values, whatever the order in which they came.
public class PropertyMapTests
{
    [Fact]
    public void Order_DoesNotMatter()
        => Prop.ForAll(
            PropertyGenerator.Maps, map => PropertyMap.From(map.Reverse()).Equals(map) && PropertyMap.From(map.Reverse()).GetHashCode() == map.GetHashCode())
        .QuickCheckThrowOnFailure();

    [Fact]
    public void With_SetsOneValue_AndWithoutTakesItAway()
        => Prop.ForAll(
            PropertyGenerator.Maps,
            map => map.With("m", BooleanProperty.True)["m"].Equals(BooleanProperty.True) && map.With("m", BooleanProperty.True).Without("m").Equals(map))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void With_ReplacesAValue() => PropertyMap.Create(("b", BooleanProperty.True), ("a", BooleanProperty.True)).With("a", BooleanProperty.False)
        .ShouldBe(PropertyMap.Create(("a", BooleanProperty.False), ("b", BooleanProperty.True)));

    [Fact]
    public void Rejects_ANameThatOccursTwice()
        => Should.Throw<ArgumentException>(() => PropertyMap.Create(("a", BooleanProperty.True), ("a", BooleanProperty.False)))
        .Message.ShouldStartWith("the property 'a' occurs twice");
}
