using Rehearsal;
using Rehearsal.Secrets;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.Secrets;

// Promise: what cannot be opened here stays unknown, with the reason; what was given wrongly is an error; no advice weakens or destroys a secret.
public sealed class StackSecretsTests : IDisposable
{
    private readonly StackFiles.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_UsesThePassphraseVariable()
        => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE"] = "test" }).Open(Sample.Ciphertext, "token").ShouldBe("hello wörld");

    [Fact]
    public void Open_UsesThePassphraseFile_WithoutItsLineEnd()
        => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE_FILE"] = _folder.Write("phrase", "test\n") }).Open(Sample.Ciphertext, "token").ShouldBe(
            "hello wörld");

    // A fork's pull request has no secrets: its CI leaves the variable out, or sets it to nothing
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void WithoutAPassphrase_ValuesStayUnknown(string? passphrase)
        => Unknown(StackFile.Empty with { EncryptionSalt = Sample.Salt }, passphrase).ShouldBe(
            "sealed values of stack 'dev' stay unknown (p:token): no passphrase is set, in PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.");

    [Theory]
    [InlineData("awskms://alias/key?region=eu", "v1:a:b", "'awskms' seals them, which only the official CLI can open")]
    [InlineData("default", "AAABAK5x", "'default' seals them, which only the official CLI can open")]
    [InlineData(null, "AAABAK5x", "Pulumi Cloud seals them, which only the official CLI can open")]
    [InlineData(
        "passphrase", "v1:a:b",
        "the line `encryptionsalt`, or `secretsprovider` and `encryptedkey`, with which they were sealed is missing: the file's history has it")]
    public void WhatAnotherProviderSealed_StaysUnknown(string? provider, string ciphertext, string reason)
    {
        var config = new Dictionary<string, ConfigValue> { ["p:token"] = new(ciphertext, IsSecret: true, IsObject: false, "") };

        Unknown(StackFile.Empty with { SecretsProvider = provider, Config = config }, "test").ShouldBe(
            $"sealed values of stack 'dev' stay unknown (p:token): {reason}.");
    }

    [Fact]
    public void ManyUnknownKeys_AreCounted()
    {
        var secrets = Secrets(Sample.Salt, []);
        secrets.Open(Sample.Ciphertext, "a").ShouldBeNull();

        secrets.WhyUnknown(["a", "b", "c", "d", "e", "f"]).ShouldStartWith("sealed values of stack 'dev' stay unknown (a, b, c, d and 2 more): ");
    }

    [Fact]
    public void Rejects_AWrongPassphrase()
        => Should.Throw<BadInputException>(() => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE"] = "wrong" }).Open(Sample.Ciphertext, "token"))
            .Message.ShouldBe("The passphrase is wrong: it does not open this stack's `encryptionsalt`.");

    [Fact]
    public void Rejects_ADamagedValue_WithItsKey_AndWithoutAdviceThatDestroysIt()
    {
        var error = Should.Throw<BadInputException>(
            () => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE"] = "test" }).Open("v1:AAAA:AAAA", "Pulumi.dev.yaml, line 3, column 5: p:token"));

        error.Message.ShouldBe("Pulumi.dev.yaml, line 3, column 5: p:token does not open: its `secure:` text is damaged, or was sealed for another stack.");
        error.Fix.ShouldBe("Take the text from the file's history, or from whoever sealed it.");
    }

    [Fact]
    public void Rejects_AnUnreadablePassphraseFile()
        => Should.Throw<BadInputException>(
            () => Secrets(Sample.Salt, new() { ["PULUMI_CONFIG_PASSPHRASE_FILE"] = _folder.At("gone") }).Open(Sample.Ciphertext, "token"))
            .Message
            .ShouldStartWith("PULUMI_CONFIG_PASSPHRASE_FILE names a file that cannot be read: ");

    [Fact]
    public void SealerOrNew_MakesASalt_WhenTheStackHasNone()
    {
        var sealer = Secrets(null, new() { ["PULUMI_CONFIG_PASSPHRASE"] = "" }).SealerOrNew();

        PassphraseSealer.Open("", sealer.Salt).TryOpen(sealer.Seal("x")).ShouldBe("x");
    }

    [Fact]
    public void Rejects_SealingWithoutAPassphrase()
    {
        var error = Should.Throw<BadInputException>(() => Secrets(Sample.Salt, []).SealerOrNew());

        error.Message.ShouldBe("No passphrase is set to seal a value of stack 'dev' with.");
        error.Fix.ShouldBe("Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it; whoever types the value at a terminal is asked for it.");
    }

    private static string Unknown(StackFile file, string? passphrase)
    {
        var secrets = new StackSecrets("dev", file, name => name == "PULUMI_CONFIG_PASSPHRASE" ? passphrase : null);
        secrets.Open(file.Config.Count == 0 ? Sample.Ciphertext : file.Config["p:token"].Text, "p:token").ShouldBeNull();
        return secrets.WhyUnknown(["p:token"]);
    }

    private static StackSecrets Secrets(string? salt, Dictionary<string, string> environment) =>
        new("dev", StackFile.Empty with { EncryptionSalt = salt }, environment.GetValueOrDefault);
}
