using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Org.BouncyCastle.Crypto.Generators;
using Rehearsal.Providers;
using Rehearsal.Wire;
using static Tests.Rehearsal.Providers.Making;

namespace Tests.Rehearsal.Providers;

// The random package's resources have real values, in the forms and under the rules of the real provider.
public class RandomMakersTests
{
    [Fact]
    public void Strings_HaveTheirLength_AndTheLeastNumberOfEachKind()
        => Prop.ForAll(Arb.From(from up in Gen.Choose(0, 4)
                                from low in Gen.Choose(0, 4)
                                from num in Gen.Choose(0, 4)
                                from special in Gen.Choose(0, 4)
                                from more in Gen.Choose(1, 20)
                                select (up, low, num, special, length: up + low + num + special + more)), c =>
                            {
                                var text = Text(
                                    Make("random:index/randomString:RandomString", ("length", N(c.length)), ("minUpper", N(c.up)), ("minLower", N(c.low)),
                                        ("minNumeric", N(c.num)), ("minSpecial", N(c.special))).Outputs, "result");
                                return text.Length == c.length && text.Count(char.IsAsciiLetterUpper) >= c.up && text.Count(char.IsAsciiLetterLower) >= c.low
                                    && text.Count(char.IsAsciiDigit) >= c.num
                                    && text.Count(ch => !char.IsAsciiLetterOrDigit(ch)) >= c.special;
                            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Strings_UseOnlyTheKindsAllowed()
        => Text(Make(
            "random:index/randomString:RandomString", ("length", N(200)), ("upper", BooleanProperty.False), ("numeric", BooleanProperty.False),
            ("overrideSpecial", S("_"))).Outputs, "result")
            .ShouldAllBe(c => char.IsAsciiLetterLower(c) || c == '_');

    [Fact]
    public void Rejects_RulesThatContradictTheLength()
        => Should.Throw<FormatException>(() => Make("random:index/randomString:RandomString", ("length", N(3)), ("minUpper", N(2)), ("minLower", N(2))))
            .Message.ShouldBe("length is 3, less than minUpper + minLower + minNumeric + minSpecial = 4");

    [Theory]
    [InlineData(20)]
    [InlineData(90)]
    public void Passwords_FitTheirBcryptHash_AndTheirIdTellsNothing(int length)
    {
        var (id, outputs) = Make("random:index/randomPassword:RandomPassword", ("length", N(length)));
        var password = Text(outputs, "result");

        id.ShouldBe("none");
        password.Length.ShouldBe(length);
        Text(outputs, "bcryptHash").ShouldStartWith("$2a$10$");
        OpenBsdBCrypt.CheckPassword(Text(outputs, "bcryptHash"), password[..Math.Min(72, length)].ToCharArray()).ShouldBeTrue();
    }

    [Fact]
    public void Ids_AreTheSameBytesInFourSpellings()
    {
        var (id, outputs) = Make("random:index/randomId:RandomId", ("byteLength", N(9)), ("prefix", S("p-")));
        var bytes = Convert.FromHexString(Text(outputs, "hex")[2..]);

        bytes.Length.ShouldBe(9);
        Convert.FromBase64String(Text(outputs, "b64Std")[2..]).ShouldBe(bytes);
        BigInteger.Parse(Text(outputs, "dec")[2..]).ShouldBe(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
        Text(outputs, "b64Url").ShouldBe("p-" + id);
    }

    [Fact]
    public void Bytes_AreTheSameInBothSpellings()
    {
        var outputs = Make("random:index/randomBytes:RandomBytes", ("length", N(32))).Outputs;
        Convert.FromBase64String(Text(outputs, "base64")).ShouldBe(Convert.FromHexString(Text(outputs, "hex")));
        Convert.FromHexString(Text(outputs, "hex")).Length.ShouldBe(32);
    }

    [Fact]
    public void Uuids_AreOfVersion4()
        => Make("random:index/randomUuid:RandomUuid").Id.ShouldMatch("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");

    [Fact]
    public void Integers_LieBetweenTheirBounds_AndFollowTheirSeed()
        => Prop.ForAll(Arb.From(from min in Gen.Choose(-50, 50) from more in Gen.Choose(0, 50) select (min, max: min + more)), c =>
        {
            var (id, outputs) = Make("random:index/randomInteger:RandomInteger", ("min", N(c.min)), ("max", N(c.max)), ("seed", S("s")));
            var result = ((NumberProperty)outputs["result"]).Value;
            return result >= c.min && result <= c.max && id == $"{result}"
                && Make("random:index/randomInteger:RandomInteger", ("min", N(c.min)), ("max", N(c.max)), ("seed", S("s"))).Id == id;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shuffles_KeepTheItems_AndRepeatThemWhenMoreAreAsked()
    {
        PropertyValue items = new ListProperty([S("a"), S("b"), S("c")]);
        Results(("inputs", items)).Order(StringComparer.Ordinal).ShouldBe(["a", "b", "c"]);
        Results(("inputs", items), ("resultCount", N(7))).Count().ShouldBe(7);
        Results(("inputs", items), ("seed", S("x"))).ShouldBe(Results(("inputs", items), ("seed", S("x"))));

        static IEnumerable<string> Results(params (string, PropertyValue)[] inputs)
            => Make("random:index/randomShuffle:RandomShuffle", inputs).Outputs.Texts("results");
    }

    [Theory]
    [InlineData(1, "-", "^[a-z]+$")]
    [InlineData(2, "-", "^[a-z]+-[a-z]+$")]
    [InlineData(4, "_", "^[a-z]+_[a-z]+_[a-z]+_[a-z]+$")]
    public void Pets_HaveTheirNumberOfWords(int length, string separator, string form)
        => Make("random:index/randomPet:RandomPet", ("length", N(length)), ("separator", S(separator))).Id.ShouldMatch(form);
}
