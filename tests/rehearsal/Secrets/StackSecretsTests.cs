using Rehearsal;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.Secrets;

// Promise: the passphrase is looked for only when something is sealed, and a missing one is explained.
public sealed class StackSecretsTests : IDisposable
{
    private readonly StackFiles.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_UsesThePassphraseVariable()
        => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE"] = "test" }).Open(Sample.Ciphertext).ShouldBe("hello wörld");

    [Fact]
    public void Open_UsesThePassphraseFile_WithoutItsLineEnd()
        => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE_FILE"] = _folder.Write("phrase", "test\n") }).Open(Sample.Ciphertext).ShouldBe(
            "hello wörld");

    [Fact]
    public void Rejects_AMissingPassphrase()
    {
        var error = Should.Throw<BadInputException>(() => Secrets(Sample.Salt, []).Open(Sample.Ciphertext));

        error.Message.ShouldBe("Stack 'dev' has sealed values, and no passphrase is set to open or seal them.");
        error.Fix.ShouldBe("Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it.");
    }

    [Fact]
    public void Rejects_AnUnreadablePassphraseFile()
        => Should.Throw<BadInputException>(() => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE_FILE"] = _folder.At("gone") }).Open(Sample.Ciphertext))
            .Message
            .ShouldStartWith("PULUMI_CONFIG_PASSPHRASE_FILE names a file that cannot be read: ");

    [Fact]
    public void Rejects_SealedValuesWithoutSalt()
        => Should.Throw<BadInputException>(() => Secrets(null, new() { ["PULUMI_CONFIG_PASSPHRASE"] = "test" }).Open(Sample.Ciphertext)).Message
            .ShouldBe("Stack 'dev' has `secure:` values but no `encryptionsalt`, so nobody can open them.");

    [Fact]
    public void Rejects_AProviderThatOnlyTheCliCanUse()
        => Should.Throw<BadInputException>(
            () => new StackSecrets("dev", StackFile.Empty with { SecretsProvider = "awskms://alias/key?region=eu" }, _ => null).Open("v1:a:b")).Message
            .ShouldBe("The secrets of stack 'dev' are sealed by 'awskms', which only the official CLI can open.");

    [Fact]
    public void SealerOrNew_MakesASalt_WhenTheStackHasNone()
    {
        var sealer = Secrets(null, new() { ["PULUMI_CONFIG_PASSPHRASE"] = "" }).SealerOrNew();

        PassphraseSealer.Open("", sealer.Salt).Open(sealer.Seal("x")).ShouldBe("x");
    }

    private static StackSecrets Secrets(string? salt, Dictionary<string, string> environment) =>
        new("dev", StackFile.Empty with { EncryptionSalt = salt }, environment.GetValueOrDefault);
}
