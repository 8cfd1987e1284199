using Rehearsal;
using Rehearsal.StackFiles;

namespace Tests.Rehearsal.StackFiles;

// Promise: a stack file means here what it means to the Pulumi CLI, and a broken one is refused with its line and column.
public sealed class StackFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scalars_KeepTheirOwnText()
    {
        var stack = Read("""
            config:
              platform:count: 3
              platform:price: 1.50
              platform:on: true
              platform:word: yes
              platform:hex: 0x1F
              platform:date: 2026-01-31
              platform:quoted: "007"
              platform:nothing:
            """);

        stack.Config.ToDictionary(entry => entry.Key, entry => entry.Value.Text).ShouldBe(
            new Dictionary<string, string>
            {
                ["platform:count"] = "3",
                ["platform:date"] = "2026-01-31",
                ["platform:hex"] = "0x1F",
                ["platform:nothing"] = "",
                ["platform:on"] = "true",
                ["platform:price"] = "1.50",
                ["platform:quoted"] = "007",
                ["platform:word"] = "yes",
            },
            ignoreOrder: true);
    }

    [Fact]
    public void Structures_AreJsonTextWithTypesAndSortedKeys()
    {
        var stack = Read("""
            config:
              base: &base {merged: 1}
              cluster:
                name: eks
                count: 3
                ratio: 1.5
                octal: 0o17
                old: 017
                million: 1_000_000
                minus: -4
                on: true
                word: yes
                text: "3"
                when: 2026-01-31
                nothing: ~
                zones: [a, b]
                <<: *base
            """);

        stack
            .Config["platform:cluster"]
            .Text.ShouldBe(
                """{"count":3,"merged":1,"million":1000000,"minus":-4,"name":"eks","nothing":null,"octal":15,"old":15,"on":true,"ratio":1.5,"text":"3","when":"2026-01-31T00:00:00Z","word":"yes","zones":["a","b"]}""");
        stack.Config["platform:cluster"].IsSecret.ShouldBeFalse();
    }

    [Fact]
    public void BareKeys_BelongToTheProject_OthersKeepTheirNamespace()
        => Read("config: {size: 1, 'aws:region': eu-west-1, 'platform:config:old': 2}").Config.Keys.ShouldBe(
            ["aws:region", "platform:old", "platform:size"], ignoreOrder: true);

    [Fact]
    public void SealedLeaf_MakesTheWholeKeySecret()
    {
        var value = Read("config: {redis: {host: db, users: [{name: a, password: {secure: v1:x:y}}]}, token: {secure: v1:p:q}, plain: {secure: [1]}}").Config;

        value.ToDictionary(entry => entry.Key, entry => entry.Value.IsSecret).ShouldBe(
            new Dictionary<string, bool> { ["platform:redis"] = true, ["platform:token"] = true, ["platform:plain"] = false }, ignoreOrder: true);
        value["platform:redis"].Open(cipher => $"<{cipher}>").ShouldBe("""{"host":"db","users":[{"name":"a","password":"<v1:x:y>"}]}""");
        value["platform:token"].Open(cipher => $"<{cipher}>").ShouldBe("<v1:p:q>");
    }

    [Fact]
    public void EncryptionSaltAndProvider_AreRead()
    {
        var stack = Read("secretsprovider: passphrase\nencryptionsalt: v1:a:b\n");

        (stack.SecretsProvider, stack.EncryptionSalt, stack.Config.Count).ShouldBe(("passphrase", "v1:a:b", 0));
    }

    [Fact]
    public void EmptyFile_HasNoConfig() => Read("# nothing yet\n").Config.ShouldBeEmpty();

    [Theory]
    [InlineData("config:\n  a: [1, 2\n  b: 3\n", "3:3")]
    [InlineData("config:\n  a: 'open\n", "2:6")]
    [InlineData("config:\n  a: 1\n  a: 2\n", "3:3")]
    public void Rejects_InvalidYaml_WithLineAndColumn(string text, string place)
    {
        var error = Rejected(text);

        error.Message.ShouldContain($"Pulumi.dev.yaml:{place}: this is not valid YAML: ");
        error.Message.ShouldEndWith(".");
    }

    [Fact]
    public void Rejects_AnAliasWithoutAnchor()
    {
        var error = Rejected("config:\n  a: *gone\n");

        error.Message.ShouldEndWith("Pulumi.dev.yaml:2:6: the alias '*gone' has no anchor before it.");
        error.Fix.ShouldBe("Put '&gone' before the value that it is to repeat.");
    }

    [Fact]
    public void Rejects_Tabs_WithTheReason() => Rejected("config:\n\ta: 1\n").Fix.ShouldBe("YAML is indented with spaces; this file has tabs.");

    [Fact]
    public void Rejects_UnknownTopLevelKey_WithTheNearest()
    {
        var error = Rejected("config: {}\nencryptionSalt: v1:a:b\n");

        error.Message.ShouldEndWith("Pulumi.dev.yaml:2:1: 'encryptionSalt' is not a key of a stack file.");
        error.Fix.ShouldBe(
            "Did you mean 'encryptionsalt'? Allowed are config, encryptedkey, encryptionsalt, environment, secretsprovider; settings stand under `config:`.");
    }

    [Fact]
    public void Rejects_TheSameSettingUnderTwoSpellings()
        => Rejected("config:\n  size: 1\n  platform:size: 2\n").Message.ShouldEndWith("3:3: 'platform:size' sets platform:size a second time.");

    [Fact]
    public void Rejects_ConfigThatIsAList() => Rejected("config:\n  - a\n").Message.ShouldEndWith("2:3: `config` has to hold `key: value` lines.");

    [Fact]
    public void Rejects_ADocumentThatIsText() => Rejected("just words\n").Message.ShouldEndWith("1:1: the file has to hold `key: value` lines.");

    [Fact]
    public void Rejects_AMissingFile() =>
        Should.Throw<BadInputException>(() => StackFile.Read(_folder.At("Pulumi.gone.yaml"), "platform")).Message.ShouldContain(
            "Pulumi.gone.yaml cannot be read: ");

    private StackFile Read(string text) => StackFile.Read(_folder.Write("Pulumi.dev.yaml", text), "platform");

    private BadInputException Rejected(string text) => Should.Throw<BadInputException>(() => Read(text));
}
