using FsCheck.Xunit;
using Rehearsal.Wire;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Wire;

// A map behaves as a set of named values, whatever the order in which they came.
[Properties(Arbitrary = [typeof(PropertyGenerator)])]
public class PropertyMapTests
{
    [Property]
    public bool Order_DoesNotMatter(PropertyMap map) =>
        PropertyMap.From(map.Reverse()).Equals(map) && PropertyMap.From(map.Reverse()).GetHashCode() == map.GetHashCode();

    [Property]
    public bool With_SetsOneValue_AndWithoutTakesItAway(PropertyMap map) =>
        map.With("m", BooleanProperty.True)["m"].Equals(BooleanProperty.True) && map.With("m", BooleanProperty.True).Without("m").Equals(map);

    [Fact]
    public void With_ReplacesAValue() => PropertyMap.Create(("b", BooleanProperty.True), ("a", BooleanProperty.True)).With("a", BooleanProperty.False)
        .ShouldBe(PropertyMap.Create(("a", BooleanProperty.False), ("b", BooleanProperty.True)));

    [Fact]
    public void Rejects_ANameThatOccursTwice()
        => Should.Throw<ArgumentException>(() => PropertyMap.Create(("a", BooleanProperty.True), ("a", BooleanProperty.False)))
        .Message.ShouldStartWith("the property 'a' occurs twice");
}
