using Rehearsal.Secrets;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Wire;

// Promise: a secret of the configuration stays hidden when a program passes it on as plain text.
public sealed class ConfigSecretsTests
{
    [Theory]
    [InlineData("MARKER-secret")]
    [InlineData("before MARKER-secret after")]
    [InlineData("TUFSS0VSLXNlY3JldA==")]
    [InlineData("short")]
    [InlineData("inside-an-object")]
    public void PlainText_ThatHoldsASecret_IsMarked(string text) => Mark(text).ShouldBe(new SecretProperty(new StringProperty(text)));

    [Theory]
    [InlineData("shorter")]
    [InlineData("10Gi")]
    [InlineData("")]
    public void OtherText_StaysPlain(string text) => Mark(text).ShouldBe(new StringProperty(text));

    private static PropertyValue? Mark(string text)
    {
        var secrets = new ConfigSecrets(["MARKER-secret", "short", """{"key":"inside-an-object","size":"10Gi"}""", ""]);
        var marked = secrets.Mark(
            PropertyMap.Create(("outer", new ObjectProperty(PropertyMap.Create(("inner", new ListProperty([new StringProperty(text)])))))));
        return ((ListProperty)((ObjectProperty)marked.Find("outer")!).Properties.Find("inner")!).Items[0];
    }
}
