using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Infra.Iam;

namespace Tests.Infra.Iam;

// Promise: equal policies are equal text, and the text says what the policy says.
public sealed class PolicyDocumentTests
{
    private static readonly Gen<ImmutableArray<string>> Words =
        from length in Gen.Choose(1, 5)
        from words in Gen.ArrayOf(Gen.Elements("s3:GetObject", "s3:PutObject", "ec2:DescribeVpcs", "arn:aws:s3:::a+b<c>", "über", "\"quoted\""), length)
        select words.Distinct().ToImmutableArray();

    [Fact]
    public void Order_DoesNotMatter() => Prop.ForAll(Arb.From(Words), Arb.From(Words), (actions, resources) =>
        Document(actions, resources).ToJson() == Document([.. actions.Reverse()], [.. resources.Reverse()]).ToJson()).QuickCheckThrowOnFailure();

    [Fact]
    public void Everything_CanBeReadBack() => Prop.ForAll(Arb.From(Words), Arb.From(Words), (actions, resources) =>
    {
        var statement = JsonDocument.Parse(Document(actions, resources).ToJson()).RootElement.GetProperty("Statement")[0];
        return Values(statement.GetProperty("Action")).SequenceEqual(actions.Order(StringComparer.Ordinal))
            && Values(statement.GetProperty("Resource")).SequenceEqual(resources.Order(StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_IsWhatIamStores() => new PolicyDocument(
        new PolicyStatement("Allow1", ["s3:PutObject"])
        {
            Principal = PolicyPrincipal.Aws("arn:aws:iam::123456789012:root"),
            Resources = ["b", "a"],
            Conditions =
            [
                new PolicyCondition("StringEquals", "z", "2", "1"),
                new PolicyCondition("Bool", "aws:SecureTransport", "false"),
                new PolicyCondition("StringEquals", "a", "<3+4>"),
            ],
        }).ToJson().ShouldBe(
        """{"Version":"2012-10-17","Statement":[{"Sid":"Allow1","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"s3:PutObject","Resource":["a","b"],"Condition":{"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"a":"<3+4>","z":["1","2"]}}}]}""");

    private static PolicyDocument Document(ImmutableArray<string> actions, ImmutableArray<string> resources) =>
        new(new PolicyStatement(null, actions) { Resources = resources });

    private static IEnumerable<string> Values(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetString()!) : [value.GetString()!];
}
