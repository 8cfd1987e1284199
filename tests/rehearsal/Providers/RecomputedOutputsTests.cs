using Rehearsal.Graph;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Providers;

// Promise: what counts the changes of a resource is unknown before they are made, and whatever reads it is shown to change.
public sealed class RecomputedOutputsTests
{
    private const string Template = "aws:ec2/launchTemplate:LaunchTemplate";

    private static readonly PropertyMap Inputs = PropertyMap.Create(
        ("imageId", new StringProperty("ami-1")), ("description", new StringProperty("nodes")), ("updateDefaultVersion", BooleanProperty.True));

    private static readonly PropertyMap Outputs = Inputs.With("latestVersion", new NumberProperty(3)).With("defaultVersion", new NumberProperty(2));

    [Theory]
    [InlineData("imageId", true)]
    [InlineData("userData", true)]
    [InlineData("description", false)]
    [InlineData("__defaults", false)]
    public void ATemplate_GetsAVersion(string input, bool counted)
    {
        var changed = Inputs.With(input, new StringProperty("other"));

        Counted(changed, preview: true).ShouldBe(counted
            ? Outputs.With("latestVersion", UnknownProperty.Instance).With("defaultVersion", UnknownProperty.Instance)
            : Outputs);
        Counted(changed, preview: false).ShouldBe(counted
            ? Outputs.With("latestVersion", new NumberProperty(4)).With("defaultVersion", new NumberProperty(3))
            : Outputs);
    }

    [Fact]
    public void TheDefault_StaysWhereTheProgramKeepsIt()
    {
        var kept = Inputs.With("imageId", new StringProperty("ami-2")).With("updateDefaultVersion", BooleanProperty.False);

        Counted(kept, preview: true).ShouldBe(Outputs.With("latestVersion", UnknownProperty.Instance));
    }

    [Fact]
    public void AnUpdateWithoutAChange_CountsNothing() => Counted(Inputs, preview: true).ShouldBe(Outputs);

    [Fact]
    public void OtherResources_CountNothing() => RecomputedOutputs.Count(
        State("aws:ec2/vpc:Vpc"), Inputs.With("imageId", new StringProperty("other")), Outputs, preview: true).ShouldBe(Outputs);

    private static PropertyMap Counted(PropertyMap inputs, bool preview) => RecomputedOutputs.Count(State(Template), inputs, Outputs, preview);

    private static ResourceState State(string type) => new()
    {
        Urn = Urn.Create("s", "p", null, type, "r"),
        Type = type,
        Custom = true,
        Id = "lt-1",
        Inputs = Inputs,
        Outputs = Outputs,
    };
}
