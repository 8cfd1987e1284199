using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings;

// Promise: whatever is wrong with the form of a stack file is told in the operator's words, all of it at once, and never with a secret.
public sealed class SettingsWordingTests
{
    [Fact]
    public void Rejects_AnUnknownConcept() => StackSample.Existing.Messages(("redsi", "{}"))[0].ShouldSatisfyAllConditions(
        message => message.ShouldStartWith("platform:redsi: is not a key of this platform\n  allowed: "),
        message => message.ShouldContain(", redis, redisClientKey, redisPassword, "),
        message => message.ShouldEndWith("\n  fix:     did you mean redis?"));

    [Fact]
    public void Rejects_AnUnknownKey() => StackSample.Made.Messages(("redis.inCluster.memroy", "1")).ShouldBe(
    [
        """
        platform:redis.inCluster.memroy: is not a key of this platform
          allowed: image, memory, name, namespace, passwordRotation, persistence, pod
          fix:     did you mean memory?
        """,
    ]);

    [Fact]
    public void Rejects_AKeyThatResemblesNone() =>
        StackSample.Made.Messages(("redis.inCluster.colour", "1")).ShouldHaveSingleItem().ShouldEndWith("\n  fix:     remove the key");

    [Fact]
    public void Rejects_AMissingKey() => StackSample.Made.Messages(("studios.platform.version", null)).ShouldBe(
    [
        """
        platform:studios.platform.version: is missing
          allowed: major.minor.patch, with or without a leading v, and a pre-release part if there is one
          fix:     add version: 26.1.3
        """,
    ]);

    [Fact]
    public void Rejects_AnObjectThatIsAText() => StackSample.Made.Messages(("redis", "\"small\"")).ShouldHaveSingleItem().ShouldBe(
        """
        platform:redis: is not an object
          given:   small
          allowed: an object with exactly one of inCluster, elastiCache, memorystore, existing
          fix:     indent the keys of redis under it
        """);

    [Fact]
    public void Rejects_ATextThatYamlTookForABoolean() => StackSample.Made.Messages(("studios.imagePullSecret", "true")).ShouldHaveSingleItem().ShouldEndWith(
        "\n  fix:     put it in quotes: imagePullSecret: \"true\"");

    // What was pasted with its password is refused without showing it, in the proposal of a fix, too.
    [Theory]
    [InlineData("redis.existing.address", "redis://:hunter2@redis.example.com:6379")]
    [InlineData("redis.existing.address", "studios:hunter2@redis.example.com")]
    [InlineData("studios.connectUrl", "https://admin:hunter2@connect.example.com")]
    [InlineData("studios.imageRegistry", "https://robot:hunter2@registry.example.com/seqera")]
    [InlineData("redis.existing.version", "password=hunter2")]
    [InlineData("redis.existing.version", "-----BEGIN RSA PRIVATE KEY-----hunter2")]
    [InlineData("redis.existing.tls", "rediss://redis.example.com?password=hunter2")]
    public void APasswordInsideOfAnotherValue_IsNotShown(string path, string value) =>
        StackSample.Existing.Messages((path, $"\"{value}\"")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            message => message.ShouldContain("\n  given:   [secret]\n"), message => message.ShouldNotContain("hunter2"));

    // What only looks alike is shown: an operator has to see what is wrong.
    [Theory]
    [InlineData("redis.existing.address", "redis://redis.example.com:6379")]
    [InlineData("studios.connectUrl", "https://admin@connect.example.com:8443")]
    [InlineData("redis.existing.version", "registry.example.com:5000/proxy:1@sha256:0a1b")]
    public void AValueWithoutAPassword_IsShown(string path, string value) =>
        StackSample.Existing.Messages((path, $"\"{value}\"")).ShouldContain(message => message.Contains($"\n  given:   {value}\n", StringComparison.Ordinal));

    // Worst for a search that begins anew at each place.
    [Fact]
    public void ALongText_IsRefusedInTime() =>
        StackSample.Existing.Messages(("redis.existing.version", $"\"{string.Concat(Enumerable.Repeat("://:", 50_000))}\""))
        .ShouldHaveSingleItem().ShouldStartWith("platform:redis.existing.version: is not ");

    [Fact]
    public void Rejects_AQuantity() => StackSample.Made.Messages(("redis.inCluster.persistence.size", "\"10 gigs\"")).ShouldBe(
    [
        """
        platform:redis.inCluster.persistence.size: is not a Kubernetes quantity
          given:   10 gigs
          allowed: a Kubernetes quantity of 64Mi or more, such as 10Gi
          fix:     for example size: 10Gi
        """,
    ]);

    [Fact]
    public void Rejects_ABoolean() => StackSample.Made.Messages(("tower.environments.research.token", "\"yes\"")).ShouldBe(
    [
        """
        platform:tower.environments.research.token: is not true or false
          given:   yes
          allowed: true or false
          fix:     write token: true or token: false
        """,
    ]);

    [Fact]
    public void Rejects_AChoice() => StackSample.Made.Messages(("studios.logLevel", "\"debgu\"")).ShouldBe(
    [
        """
        platform:studios.logLevel: is not one of trace, debug, info, warn, error, fatal
          given:   debgu
          allowed: one of trace, debug, info, warn, error, fatal
          fix:     did you mean debug?
        """,
    ]);

    [Fact]
    public void Rejects_AnEmptyKey() => StackSample.Made.Messages(("redis.inCluster", "null")).ShouldHaveSingleItem().ShouldBe(
        """
        platform:redis.inCluster: has no value
          allowed: an object
          fix:     write inCluster: {} to take every default, or remove the key
        """);

    [Fact]
    public void Rejects_NoKindAndTwoKinds()
    {
        StackSample
            .Made.Messages(("storage.nfs", null))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:storage: does not say which kind it is\n  allowed: exactly one of ");

        StackSample.Made.Messages(("storage.existingClass", """{ "storageClassName": "efs-sc" }""")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            message => message.ShouldStartWith("platform:storage: gives nfs and existingClass together\n  allowed: exactly one of "),
            message => message.ShouldEndWith("\n  fix:     keep one of nfs, existingClass"));
    }

    [Fact]
    public void Rejects_AnEntryThatIsNoName() => StackSample.Made.Messages(("tower.environments.My_Team", """{ "namespace": "mine" }""")).ShouldBe(
    [
        """
        platform:tower.environments.My_Team: is not a Kubernetes name
          allowed: 1 to 63 lower-case letters, digits and inner hyphens, starting with a letter (RFC 1123 label)
          fix:     for example research
        """,
    ]);

    [Fact]
    public void Rejects_ASecretInPlainText() =>
        (StackSample.Existing with { Secrets = [("kubeconfig", "x")] })
            .Messages(("redisPassword", "\"hunter2\""))
            .ShouldBe([
                """
                platform:redisPassword: is a secret, and the stack file holds it as plain text
                  given:   [secret]
                  allowed: an encrypted value
                  fix:     pulumi config set --secret platform:redisPassword <value>, or ./platform secret <stack> redisPassword
                """,
            ]);

    [Fact]
    public void Rejects_ASecretInsideItsConcept() =>
        StackSample
            .Existing.Messages(("redis.existing.password", "\"hunter2\""))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                message =>
                    message.ShouldStartWith(
                        "platform:redis.existing.password: is a secret, and secrets have a top-level key of their own\n  given:   [secret]\n"),
                message => message.ShouldNotContain("hunter2"));

    [Fact]
    public void Rejects_AConceptThatIsSealed_WithoutReadingIt()
    {
        var raw = new RawSettings(new Dictionary<string, string> { ["platform:storage"] = """{ "nfs": { "server": "hunter2" } }""" }, ["platform:storage"]);

        StackSample.Messages(raw).ShouldBe(
        [
            """
            platform:storage: holds an encrypted value, and secrets have top-level keys of their own
              allowed: plain values
              fix:     replace the encrypted value by a plain one, or move it to a key of its own
            """,
        ]);
    }

    [Fact]
    public void Rejects_ASecretInPlainText_ThatNothingReads() =>
        StackSample
            .Made.Messages(("redisPassword", "\"hunter2\""))
            .ShouldHaveSingleItem()
            .ShouldStartWith("platform:redisPassword: is a secret, and the stack file holds it as plain text\n  given:   [secret]\n");

    [Fact]
    public void Rejects_AMissingObject_NamingItsKeys() => StackSample.Made.Messages(("studios.platform", null)).ShouldBe(
    [
        """
        platform:studios.platform: is missing
          allowed: an object with url, version
          fix:     add platform: with url, version under it
        """,
    ]);

    [Fact]
    public void Rejects_AnEmptyKey_WhoseObjectHasRequiredKeys() => StackSample.Made.Messages(("studios.ssh", "null")).ShouldHaveSingleItem().ShouldEndWith(
        "\n  fix:     write ssh: with workspaces under it, or remove the key");

    [Fact]
    public void Rejects_ListsOfAnotherForm()
    {
        StackSample
            .Made.Messages(("storage.nfs.mountOptions", "\"hard\""))
            .ShouldHaveSingleItem()
            .ShouldEndWith("\n  allowed: a list\n  fix:     for example mountOptions: [nfsvers=4.1, hard, noatime]");

        StackSample.Made.Messages(("studios.allowedWorkspaces", "\"none\"")).ShouldBe(
        [
            """
            platform:studios.allowedWorkspaces: is not all or a list
              given:   none
              allowed: all or a list; each item 1 to 18 digits
              fix:     for example allowedWorkspaces: [12345, 67890]
            """,
        ]);
    }

    [Fact]
    public void Rejects_AMissingConcept_Once() => StackSample.Made.Messages(("cluster", null)).ShouldHaveSingleItem().ShouldStartWith(
        "platform:cluster: is missing, and platform:redis and platform:tower and platform:studios need it\n  allowed: an object with exactly one of ");

    [Fact]
    public void Problems_AreToldTogetherInOneBlock() => SettingsReport.Render(SettingsValidation.Read(StackSample.Made.Raw(
        ("studios.redis.database", "16"), ("redis.inCluster.passwordRotation", "0"))).Problems).ShouldBe(
        """
        2 settings of the stack are wrong:

        platform:redis.inCluster.passwordRotation: is out of range
          given:   0
          allowed: a whole number from 1 to 2147483647
          fix:     for example passwordRotation: 1

        platform:studios.redis.database: is out of range
          given:   16
          allowed: a whole number from 0 to 15
          fix:     for example database: 0

        """);

    [Fact]
    public void OtherNamespaces_AreLeftAlone() =>
        SettingsValidation
            .Read(new RawSettings(new Dictionary<string, string> { ["aws:region"] = "eu-west-1", ["platform:redis"] = "" }, []))
            .Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("memroy", "memory")]
    [InlineData("passwordrotation", "passwordRotation")]
    [InlineData("memory", "memory")]
    [InlineData("colour", null)]
    public void NearestKey_IsTheOneMeant(string word, string? nearest) => NearestKey.To(word, ["memory", "passwordRotation", "persistence"]).ShouldBe(nearest);
}
