using Stacks.Settings.Reading;

namespace Tests.Stacks.Settings.Workbench;

// Promise: what is sealed by mistake in place of a licence or a password is refused where it can be opened, without showing it, and is let be where it cannot.
public sealed class WorkbenchSecretTextsTests
{
    private const string Key = "AB12-CD34-EF56-GH78-JK90-LM12-NP34";
    private const string File = "U2FsdGVkX1/tmp+home/opt\nZm9yIHRoZSBsaWNlbnNl\n";

    public static TheoryData<string, string> NoFiles => new()
    {
        { " \n", "holds blanks and line breaks alone" },
        { "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "is a certificate or key in PEM" },
        { "\n-----BEGIN RSA PRIVATE KEY-----\nMIIB\n", "is a certificate or key in PEM" },
        { "-----BEGIN PUBLIC KEY-----\nMIIB\n", "is a certificate or key in PEM" },
        { "<!DOCTYPE html>\n<html></html>", "is a web page or another file in XML" },
        { "<html><body>Sign in</body></html>\n", "is a web page or another file in XML" },
        { "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>", "is a web page or another file in XML" },
        { "{ \"license\": \"x\" }", "is JSON" },
        { "[1, 2]", "is JSON" },
        { "\"U2FsdGVk\"", "is JSON" },
        { "PK\u0003\u0004\u0014\u0000", "is a binary file, or was read in another encoding" },
        { "\u001f\uFFFD\b", "is a binary file, or was read in another encoding" },
        { "license.lic", "is the name of a file, and not what is in it" },
        { "/home/me/2027-01-01_RSW_example_key.lic\n", "is the name of a file, and not what is in it" },
        { "/etc/rstudio-licensing/license", "is the name of a file, and not what is in it" },
        { "~/license", "is the name of a file, and not what is in it" },
        { "@license", "is the name of a file, and not what is in it" },
        { "./license", "is the name of a file, and not what is in it" },
        { "C:\\Users\\me\\license.LIC", "is the name of a file, and not what is in it" },
        { "https://example.com/license", "is the name of a file, and not what is in it" },
        { Key, "is a licence key, which license.key takes" },
        { "<contents of license.lic>", "is what stands for a licence in instructions" },
    };

    [Theory]
    [MemberData(nameof(NoFiles))]
    public void Rejects_ALicenceFileThatIsNone(string text, string what) => License("file", "workbenchLicenseFile", text).ShouldBe([
        $"""
        platform:workbenchLicenseFile: {what}{(what.Contains("XML", StringComparison.Ordinal) ? ", as a download that was refused leaves it" : "")}
          given:   [secret]
          allowed: {(what.Contains("blanks", StringComparison.Ordinal) ? "a text" : "the text of a licence file, whose name ends in .lic")}
          fix:     pulumi config set --secret platform:workbenchLicenseFile {(what.Contains("blanks", StringComparison.Ordinal) ? "<value>" : "< license.lic")}
        """,
    ]);

    [Theory]
    [InlineData(File)]
    [InlineData("/tmpU2FsdGVkX1/home+base64==")]
    [InlineData("-----BEGIN LICENSE KEY-----\nU2FsdGVk\n")]
    [InlineData("Ümlaut & Söhne: 2027-01-01\r\n\tU2FsdGVk")]
    [InlineData("{not json")]
    public void Takes_WhatMayBeALicenceFile(string text) => License("file", "workbenchLicenseFile", text).ShouldBeEmpty();

    [Theory]
    [InlineData("license.lic", "is not a licence key")]
    [InlineData("AB12-CD34", "is not a licence key")]
    [InlineData("AB12-CD34-EF56-GH78-JK90-LM12-NP34-QR56", "is not a licence key")]
    [InlineData("AB12CD34EF56GH78JK90LM12NP34", "is not a licence key")]
    [InlineData("<key>", "is not a licence key")]
    [InlineData($"{Key}\n", "has blanks or a line break around the key, which would be sent with it")]
    [InlineData("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX", "is what stands for a key in instructions")]
    public void Rejects_ALicenceKeyThatIsNone(string text, string what) => License("key", "workbenchLicenseKey", text).ShouldBe([
        $"""
        platform:workbenchLicenseKey: {what}
          given:   [secret]
          allowed: seven groups of four letters and digits with hyphens between them
          fix:     pulumi config set --secret platform:workbenchLicenseKey <key>
        """,
    ]);

    [Fact]
    public void Takes_ALicenceKey() => License("key", "workbenchLicenseKey", Key).ShouldBeEmpty();

    // A rehearsal without the passphrase: nobody can tell.
    [Theory]
    [InlineData("key", "workbenchLicenseKey")]
    [InlineData("file", "workbenchLicenseFile")]
    public void Takes_WhatCannotBeOpened(string kind, string key) => License(kind, key, SettingsReader.Unknown).ShouldBeEmpty();

    [Theory]
    [InlineData("postgres://workbench:hunter2@db:5432/workbench")]
    [InlineData("postgresql://db/workbench")]
    [InlineData("host=db user=workbench password=hunter2")]
    [InlineData("  ")]
    public void Rejects_APasswordThatIsAnAddress(string text) => WorkbenchSample.Messages(
        [("workbenchDatabasePassword", text)], ("workbench.database.existing.passwordSecret", null), ("workbench.createNamespace", null))
        .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            message => message.ShouldStartWith("platform:workbenchDatabasePassword: "),
            message => message.ShouldNotContain("hunter2"));

    [Theory]
    [InlineData("p@ss://word")]
    [InlineData("host")]
    [InlineData("a b=c ")]
    public void Takes_AnyPassword(string text) => WorkbenchSample.Messages(
        [("workbenchDatabasePassword", text)], ("workbench.database.existing.passwordSecret", null), ("workbench.createNamespace", null)).ShouldBeEmpty();

    private static string[] License(string kind, string key, string text) =>
        WorkbenchSample.Messages([(key, text)], ("workbench.license", $$"""{ "{{kind}}": {} }"""));
}
