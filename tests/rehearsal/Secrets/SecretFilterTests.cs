using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Rehearsal.Secrets;
using Rehearsal.Wire;

namespace Tests.Rehearsal.Secrets;

// Whatever a program prints, no secret that passed the engine can be read in it.
public class SecretFilterTests
{
    [Property]
    public Property NoSecret_SurvivesInAnyText()
        => Prop.ForAll(
            Arb.From(
                from secrets in Word.ListOf(200) from cut in Gen.Choose(0, 199) from before in Word from after in Word select (secrets, cut, before, after)),
                entry =>
        {
            var filter = new SecretFilter();
            foreach (var secret in entry.secrets)
            {
                filter.Learn(new SecretProperty(new StringProperty(secret)));
            }
            var text = filter.Apply($"{entry.before} {entry.secrets[entry.cut]}-{entry.after}");
            return entry.secrets.All(step => !text.Contains(step, StringComparison.Ordinal));
        });

    [Fact]
    public void SecretsLearntBetweenTexts_AreHiddenAtOnce()
    {
        var filter = new SecretFilter();
        for (var i = 0; i < 500; i++)
        {
            filter.LearnText($"secret<{i}>");
            filter.Apply($"now secret<{i}> and secret<0>").ShouldBe("now [secret] and [secret]");
        }
    }

    [Theory]
    [InlineData("""{"user": "ann", "keys": [{"token": "t0ken-1"}], "port": 54321}""", "t0ken-1 at 54321 of ann", "[secret] at [secret] of [secret]")]
    [InlineData("-----BEGIN KEY-----\nAAAABBBB\nCCCCDDDD\n-----END KEY-----\n", "line AAAABBBB of -----BEGIN KEY-----", "line [secret] of -----BEGIN KEY-----")]
    [InlineData("a\"b<c>", "json \"a\\\"b<c>\" and \"a\\u0022b\\u003Cc\\u003E\"", "json \"[secret]\" and \"[secret]\"")]
    [InlineData("inner", "inner-secret inner", "[secret]-secret [secret]")]
    [InlineData("ab", "about abc", "about abc")]
    public void Secrets_AreFoundInTheFormsInWhichTheyLeave(string secret, string text, string filtered)
    {
        var filter = new SecretFilter();
        filter.LearnText(secret);
        filter.Apply(text).ShouldBe(filtered);
    }

    [Fact]
    public void OnlySecrets_AreLearnt()
    {
        var filter = new SecretFilter();
        filter.Learn(PropertyMap.Create(
            ("open", new StringProperty("visible")),
            ("map", new ObjectProperty(PropertyMap.Create(("key", new SecretProperty(new ListProperty([new StringProperty("hidden")]))))))));
        filter.Apply("visible hidden").ShouldBe("visible [secret]");
    }

    // Whatever stands around it, before and after, in the bytes that were encoded
    [Fact]
    public void Base64_ThatHoldsASecret_IsHiddenWhole() =>
        Prop.ForAll(
                Arb.From(from secret in Word.Where(word => word.Length >= 5) from before in Word from after in Word select (secret, before, after)),
                entry =>
                {
                    var filter = new SecretFilter();
                    filter.Learn(new SecretProperty(new StringProperty(entry.secret)));
                    return new[] { "", "1", "12", entry.before }.All(before =>
                        new[] { "", "1", "12", entry.after }.All(after =>
                        {
                            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + entry.secret + after));
                            return filter.Apply($"({encoded})") == "([secret])"
                                && filter.Apply($"({encoded.Replace('+', '-').Replace('/', '_').TrimEnd('=')})") == "([secret])";
                        }));
                })
            .QuickCheckThrowOnFailure();

    private static Gen<string> Word
        => from length in Gen.Choose(3, 12) from letters in Gen.Elements("abcdefghij\"<\n".ToCharArray()).ArrayOf(length) select new string(letters) + "#";
}
