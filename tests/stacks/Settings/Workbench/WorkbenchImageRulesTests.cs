namespace Tests.Stacks.Settings.Workbench;

// Promise: an image that nothing uses, cannot be pulled or does not fit the others is found where it is written; so is an environment that there is not.
public sealed class WorkbenchImageRulesTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("""{ "server": "registry.example.com/posit/workbench:2026.08.1-ubuntu-24.04", "session": "registry.example.com/a/session:2" }""")]
    [InlineData($$"""{ "server": "registry.example.com/posit/workbench:2026.08.1@{{Digest}}", "session": "registry.example.com/a/session:2@{{Digest}}" }""")]
    [InlineData("""{ "sessionInit": "registry.example.com/posit/workbench-session-init:2026.08.1", "pullSecrets": ["a", "b"] }""")]
    [InlineData("""{ "version": "2026.08.2", "os": "ubuntu2204" }""")]
    [InlineData("""{ "sessionComponents": false, "session": "registry.example.com/r-session-complete:ubuntu2204-2023.03.1" }""")]
    public void Takes_ImagesOfARegistry(string images)
    {
        Messages(images).ShouldBeEmpty();
        WorkbenchSample.Warnings(("workbench.images", images)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("posit/workbench:1")]
    [InlineData("registry.example.com/posit/workbench")]
    [InlineData("registry.example.com/posit/workbench@sha256:0123")]
    public void Rejects_AnImageThatIsNone(string image) =>
        Messages($$"""{ "server": "{{image}}" }""").ShouldHaveSingleItem().ShouldStartWith("platform:workbench.images.server: ");

    [Fact]
    public void Rejects_ADigestWhereWorkbenchPutsNamesTogether() =>
        Messages($$"""{ "sessionInit": "registry.example.com/init:2026.08.1@{{Digest}}" }""").ShouldBe([
            $"""
            platform:workbench.images.sessionInit: has a digest, and Workbench itself puts the name and the tag of this image together
              given:   registry.example.com/init:2026.08.1@{Digest}
              allowed: registry/repository:tag
              fix:     write registry.example.com/init:2026.08.1
            """,
        ]);

    [Theory]
    [InlineData("""{ "sessionInit": "registry.example.com/init:2026.08.1", "sessionComponents": false }""", "sessionInit: is the image of an init container that")]
    [InlineData("""{ "positronInit": "registry.example.com/init:1" }""", "positronInit: is used only where ides.positronVersion asks for another Positron")]
    public void Rejects_AnImageThatNothingUses(string images, string what) =>
        Messages(images).ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.images.{what}");

    [Fact]
    public void Rejects_PullSecretsOfANamespaceThatIsNotThereYet() => Messages("""{ "pullSecrets": ["a", "b"] }""", ("workbench.createNamespace", null))
        .Count(message => message.StartsWith("platform:workbench.images.pullSecrets[", StringComparison.Ordinal)).ShouldBe(2);

    [Theory]
    [InlineData("""{ "server": "r.example.com/workbench:2026.05.0" }""", "server: makes the server 2026.05.0 and its part in sessions 2026.08.1", "images.version: 2026.05.0")]
    [InlineData("""{ "sessionInit": "r.example.com/init:2026.05.0" }""", "sessionInit: makes the server 2026.08.1 and its part in sessions 2026.05.0", "a sessionInit of 2026.08.1")]
    [InlineData("""{ "sessionInit": "r.example.com/init:2026.08.1-ubuntu-24.04" }""", "sessionInit: has a tag with an operating system", "tag: 2026.08.1")]
    public void Warns_OfVersionsThatDoNotFit(string images, string what, string fix)
    {
        var warning = WorkbenchSample.Warnings(("workbench.images", images)).ShouldHaveSingleItem();
        warning.ShouldStartWith($"platform:workbench.images.{what}");
        warning.ShouldEndWith($"fix:     {fix}");
    }

    [Fact]
    public void SaysNothingOfVersions_WhereTheChartIsAnotherOne() => WorkbenchSample.Warnings(
        ("workbench.images", """{ "server": "r.example.com/workbench:2026.05.0" }"""),
        ("charts", """{ "releases": { "rstudio-workbench": { "version": "0.20.0" } } }""")).ShouldBeEmpty();

    [Theory]
    [InlineData("""{ "server": "r.example.com/workbench:2026.08.1" }""", """{ "image": { "tag": "x" } }""", "image.tag")]
    [InlineData("""{ "session": "r.example.com/session:1" }""", """{ "session": { "image": { "repository": "x" } } }""", "session.image.repository")]
    [InlineData("""{ "version": "2026.08.1" }""", """{ "versionOverride": "2026.08.2" }""", "versionOverride")]
    public void Rejects_AnImageInTwoPlaces(string images, string values, string at) => Messages(
        images, ("charts", $$"""{ "releases": { "rstudio-workbench": { "values": {{values}} } } }""")).ShouldHaveSingleItem()
        .ShouldStartWith($"platform:charts.releases.rstudio-workbench.values.{at}: decides about an image that workbench.images gives as well");

    [Theory]
    [InlineData("jammy", "ubuntu2404", true)]
    [InlineData("noble", "ubuntu2204", true)]
    [InlineData("noble", "ubuntu2404", false)]
    [InlineData("jammy", "ubuntu2204", false)]
    public void Warns_OfBinariesForAnotherUbuntu(string distribution, string os, bool warned) => WorkbenchSample.Warnings(
        ("workbench.images", $$"""{ "os": "{{os}}" }"""),
        ("workbench.sessions", $$"""{ "cran": "https://packagemanager.example.com/cran/__linux__/{{distribution}}/latest" }"""))
        .Count(warning => warning.StartsWith($"platform:workbench.sessions.cran: has binaries for {distribution}", StringComparison.Ordinal))
        .ShouldBe(warned ? 1 : 0);

    [Fact]
    public void SaysNothingOfARepositoryOfSources() =>
        WorkbenchSample.Warnings(("workbench.sessions", """{ "cran": "https://cran.example.com" }""")).ShouldBeEmpty();

    [Theory]
    [InlineData("vscod", "did you mean vscode?")]
    [InlineData("rstdio", "did you mean rstudio?")]
    [InlineData("emacs", "for example enabled: [rstudio, vscode]")]
    public void Rejects_AnUnknownIde(string ide, string fix) => Ides($$"""{ "enabled": ["rstudio", "{{ide}}"] }""").ShouldBe([
        $"""
        platform:workbench.ides.enabled[1]: is not one of rstudio, jupyter, vscode, positron
          given:   {ide}
          allowed: one of rstudio, jupyter, vscode, positron
          fix:     {fix}
        """,
    ]);

    [Theory]
    [InlineData("""{ "enabled": ["vscode"] }""", "enabled: leaves RStudio out, which no option of the server turns off")]
    [InlineData("""{ "enabled": ["rstudio", "rstudio"] }""", "enabled: names rstudio twice")]
    [InlineData("""{ "enabled": ["rstudio"], "vscode": { "killHours": 1 } }""", "vscode: is read by nothing: vscode is not among the environments")]
    [InlineData("""{ "enabled": ["rstudio"], "positron": { "extensions": ["a.b"] } }""", "positron: is read by nothing")]
    [InlineData("""{ "enabled": ["rstudio"], "positronVersion": "2026.08.0-1" }""", "positronVersion: is read by nothing")]
    [InlineData("""{ "vscode": { "extensions": ["quarto"] } }""", "vscode.extensions[0]: is not an extension")]
    [InlineData("""{ "positronVersion": "latest" }""", "positronVersion: is not a version of Positron")]
    public void Rejects_WhatNoSessionWouldHave(string ides, string what) =>
        Ides(ides).ShouldHaveSingleItem().ShouldStartWith($"platform:workbench.ides.{what}");

    [Fact]
    public void Takes_EnvironmentsAsPeopleWantThem() => Ides(
        """
        {
          "enabled": ["rstudio", "positron"], "positronVersion": "2026.08.0-10",
          "positron": { "killHours": 0, "allowDownloads": false, "extensions": ["posit.shiny"], "userSettings": { "editor.fontSize": 14, "files.exclude": { "**/.git": true } } }
        }
        """).ShouldBeEmpty();

    private static string[] Ides(string ides) => WorkbenchSample.Messages(("workbench.ides", ides));

    private static string[] Messages(string images, params (string Path, string? Json)[] changes) =>
        WorkbenchSample.Messages([("workbench.images", images), .. changes]);
}
