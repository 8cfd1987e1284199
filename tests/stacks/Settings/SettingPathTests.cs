using FsCheck.Xunit;
using Stacks.Settings;

namespace Tests.Stacks.Settings;

// Promise: a path says which key it means, whatever the key holds: as Pulumi's property paths do, which the command line finds in the file.
public sealed class SettingPathTests
{
    [Theory]
    [InlineData("name", "platform:labels.name")]
    [InlineData("<name>", "platform:labels.<name>")]
    [InlineData("a/b-c_d", "platform:labels.a/b-c_d")]
    [InlineData("app.kubernetes.io/name", "platform:labels[\"app.kubernetes.io/name\"]")]
    [InlineData("a \"b\"", "platform:labels[\"a \\\"b\\\"\"]")]
    [InlineData("x[0]", "platform:labels[\"x[0]\"]")]
    [InlineData("a:b", "platform:labels[\"a:b\"]")]
    [InlineData("", "platform:labels[\"\"]")]
    public void AnEntry_IsQuotedWhereItHasTo(string key, string expected) => SettingPath.Top("labels").Entry(key).Text.ShouldBe(expected);

    [Property]
    public bool TheKey_IsTheLastPart(string? key) => SettingPath.Top("labels").Entry(key ?? "").Key == (key ?? "");

    [Theory]
    [InlineData("aws:region", "aws:region")]
    [InlineData("aws:a.b", "aws:[\"a.b\"]")]
    [InlineData("region", "region")]
    public void AForeignKey_IsQuotedInItsNamespace(string key, string expected) => SettingPath.Of(key).Text.ShouldBe(expected);
}
