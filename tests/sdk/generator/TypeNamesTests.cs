// Protects the C# types of inputs and outputs, those of nested collections and unions among them.
using Generator.Naming;
using Generator.Schema;

namespace Tests.Sdk.Generator;

public class TypeNamesTests
{
    private static readonly TypeSpec Text = new() { Type = "string" };
    private static readonly TypeSpec Texts = new() { Type = "array", Items = Text };
    private static readonly TypeSpec Number = new() { Type = "integer" };
    private static readonly TypeSpec Anything = new() { Ref = "pulumi.json#/Any" };
    private static readonly TypeSpec Size = new() { Ref = "#/types/demo:index/Size:Size" };
    private static readonly PackageSpec Package = PackageSpec.Parse(
        """{ "name": "demo", "version": "1.0.0", "types": { "demo:index/Size:Size": { "enum": [] } } }""");

    private static readonly TypeNames Types = new(Package, new Names(Package));

    public static TheoryData<TypeSpec, string> Inputs() => new()
    {
        { Text, "Pulumi.Input<string>" },
        { Number, "Pulumi.Input<int>" },
        { new TypeSpec { Type = "number" }, "Pulumi.Input<double>" },
        { Anything, "Pulumi.Input<object>" },
        { new TypeSpec { Ref = "pulumi.json#/Json" }, "Pulumi.InputJson" },
        { new TypeSpec { Ref = "pulumi.json#/Asset" }, "Pulumi.Input<Pulumi.AssetOrArchive>" },
        { Texts, "Pulumi.InputList<string>" },
        { new TypeSpec { Type = "array", Items = Texts }, "Pulumi.InputList<System.Collections.Immutable.ImmutableArray<string>>" },
        { new TypeSpec { Type = "object", AdditionalProperties = Anything }, "Pulumi.InputMap<object>" },
        { new TypeSpec { OneOf = [Number, Text] }, "Pulumi.InputUnion<int, string>" },
        { new TypeSpec { OneOf = [Text, Size] }, "Pulumi.InputUnion<string, Pulumi.Demo.Size>" },
        { new TypeSpec { OneOf = [Text, Number, Texts] }, "Pulumi.Input<object>" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Input_MayBeAnOutput(TypeSpec type, string expected) => Bare(Types.Input(type, Side.Args)).ShouldBe(expected);

    [Theory]
    [InlineData(Side.PlainArgs, "System.Collections.Generic.List<string>")]
    [InlineData(Side.Output, "System.Collections.Immutable.ImmutableArray<string>")]
    public void List_IsMutable_OnlyInPlainArguments(Side side, string expected) => Bare(Types.Plain(Texts, side)).ShouldBe(expected);

    [Fact]
    public void Enumeration_ComesBackAsText() => Types.Plain(new TypeSpec { OneOf = [Text, Size] }, Side.Output).ShouldBe("string");

    private static string Bare(string type) => type.Replace("global::", "", StringComparison.Ordinal);
}
