using FsCheck;
using FsCheck.Xunit;
using Rehearsal;
using Rehearsal.Secrets;

namespace Tests.Rehearsal.Secrets;

// Promise: what Pulumi's passphrase provider sealed opens here, and the other way round; nothing else opens.
public sealed class PassphraseSealerTests
{
    // One key derivation takes a third of a second, so the tests share two sealers
    private static readonly PassphraseSealer Sealer = PassphraseSealer.Create("correct horse");
    private static readonly PassphraseSealer Other = PassphraseSealer.Create("correct horse");

    [Fact]
    public void Salt_OfAnotherImplementation_Opens()
    {
        // The scheme is checked against another implementation: see Sample
        var sealer = PassphraseSealer.Open("test", Sample.Salt);

        sealer.TryOpen(Sample.Ciphertext).ShouldBe("hello wörld");
        sealer.Salt.ShouldBe(Sample.Salt);
    }

    [Fact]
    public void Salt_HasPulumisForm()
    {
        var parts = Sealer.Salt.Split(':');

        parts.Length.ShouldBe(5);
        (parts[0], Convert.FromBase64String(parts[1]).Length, parts[2], Convert.FromBase64String(parts[3]).Length, Convert.FromBase64String(parts[4]).Length)
            .ShouldBe(("v1", 8, "v1", 12, "pulumi".Length + 16));
    }

    [Property]
    public bool Values_ComeBackAsTheyWere(NonNull<string> value) => Sealer.TryOpen(Sealer.Seal(Valid(value.Get))) == Valid(value.Get);

    [Fact]
    public void SameValue_SealsDifferentlyEachTime() => Sealer.Seal("x").ShouldNotBe(Sealer.Seal("x"));

    [Fact]
    public void Rejects_WrongPassphrase_WithoutSayingIt()
    {
        var error = Should.Throw<BadInputException>(() => PassphraseSealer.Open("marker-wrong", Sealer.Salt));

        error.Message.ShouldBe("The passphrase is wrong: it does not open this stack's `encryptionsalt`.");
        error.Fix.ShouldBe("Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the passphrase with which the stack's secrets were sealed.");
        (error.ToString() + error.Fix).ShouldNotContain("marker-wrong");
    }

    [Fact]
    public void AValueOfAnotherStack_DoesNotOpen() => Sealer.TryOpen(Other.Seal("x")).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("v2:AAAAAAAAAAAAAAAA:AAAA")]
    [InlineData("v1:AAAAAAAAAAAAAAAA:AAAA")]
    [InlineData("v1:!!:!!")]
    public void DamagedValues_DoNotOpen(string ciphertext) => Sealer.TryOpen(ciphertext).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("v1:AAAA:x")]
    [InlineData("v2:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAA")]
    public void Rejects_DamagedSalts(string salt)
        => Should.Throw<BadInputException>(() => PassphraseSealer.Open("p", salt)).Message.ShouldBe(
            "`encryptionsalt` is damaged: it has to be `v1:`, a salt and a check value.");

    // A lone surrogate is no text that a YAML file or an environment variable could hold
    private static string Valid(string text) => new([.. text.Where(entry => !char.IsSurrogate(entry))]);
}
