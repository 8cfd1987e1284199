namespace Tests.Stacks.Settings.Studios;

// Promise: templates that the Platform would show wrongly, or whose sessions would lack a chosen feature, are refused with their key.
public sealed class StudiosTemplateRulesTests
{
    private const string Image = "registry.example.com/studios/jupyter";

    [Fact]
    public void Rejects_AnUnderscoreInAKey() => Template("MY_TOOL", "4.2.5-0.12", "jupyter").ShouldHaveSingleItem().ShouldStartWith(
        """
        platform:studios.templates.MY_TOOL: is not free of underscores
          allowed: upper-case letters and digits, parts joined by single hyphens, starting with a letter, without underscores
          fix:     for example JUPYTER-GPU
        """);

    [Fact]
    public void Rejects_AKeyInLowerCase() =>
        Template("jupyter", "4.2.5-0.12", "jupyter").ShouldHaveSingleItem().ShouldStartWith("platform:studios.templates.jupyter: is not the key of a template");

    [Fact]
    public void Rejects_ATemplateWithoutTool() => Template("OWN", "4.2.5-0.12", null).ShouldBe([
        """
        platform:studios.templates.OWN.tool: is missing, and Platform 26.1.3 would show the template as custom
          allowed: jupyter, vscode, rstudio, ride, xpra
          fix:     add tool: <what runs in it>
        """,
    ]);

    [Fact]
    public void Rejects_AToolOfALegacyTemplate() => Template("OWN", "4.1.5-0.7.4", "jupyter", ("studios.platform.version", "\"24.1.4\"")).ShouldBe([
        """
        platform:studios.templates.OWN.tool: is unknown to Platform 24.1.4
          given:   jupyter
          allowed: absent before 25.1.0
          fix:     remove tool and give icon
        """,
        """
        platform:studios.templates.OWN.icon: is missing
          allowed: jupyter, vscode, rstudio, ride, xpra
          fix:     add icon: <what runs in it>
        """,
    ]);

    [Fact]
    public void Rejects_AStatusOfALegacyTemplate() => StudiosSample.Messages(
        ("studios.platform.version", "\"24.1.4\""),
        ("studios.templates", $$"""{ "OWN": { "repository": "{{Image}}:4.1.5-0.7.4", "icon": "jupyter", "status": "recommended" } }""")).ShouldBe([
        """
        platform:studios.templates.OWN.status: is unknown to Platform 24.1.4
          given:   recommended
          allowed: absent before 25.1.0
          fix:     remove status
        """,
    ]);

    [Fact]
    public void Rejects_AStatusThatIsNone() =>
        StudiosSample
            .Messages(("studios.templates", $$"""{ "OWN": { "repository": "{{Image}}:4.2.5-0.12", "tool": "jupyter", "status": "new" } }"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith(
                """
                platform:studios.templates.OWN.status: is not one of the values there are
                  given:   new
                  allowed: one of recommended, deprecated, experimental, unsupported
                """);

    [Fact]
    public void Rejects_SshWithAnOldClient() => Template("OWN", "4.2.5-0.9", "jupyter", ("studios.ssh", """{ "workspaces": "all" }""")).ShouldBe([
        $"""
        platform:studios.templates.OWN.repository: has connect-client 0.9, which does not support SSH
          given:   {Image}:4.2.5-0.9
          allowed: an image with connect-client 0.10.0 or newer
          fix:     take a newer tag, or remove ssh
        """,
    ]);

    [Fact]
    public void Rejects_SshWithAClientThatNobodyKnows() => Template("OWN", "latest", "jupyter", ("studios.ssh", """{ "workspaces": "all" }""")).ShouldBe([
        """
        platform:studios.templates.OWN.connectClient: is missing, and the tag does not tell whether the image has SSH
          given:   latest
          allowed: connect-client 0.10.0 or newer
          fix:     add connectClient: <version in the image>, or remove ssh
        """,
    ]);

    [Fact]
    public void Takes_AForeignTagWhoseClientIsSaid() => StudiosSample.Messages(
        ("studios.ssh", """{ "workspaces": "all" }"""),
        ("studios.templates", $$"""{ "OWN": { "repository": "{{Image}}:latest", "tool": "jupyter", "connectClient": "0.12.2" } }""")).ShouldBeEmpty();

    [Fact]
    public void Rejects_SshWithTheVendorsOwnOldTemplates() =>
        StudiosSample
            .Messages(("studios.platform.version", "\"25.3.4\""), ("studios.ssh", """{ "workspaces": "all" }"""))
            .ShouldBe([
                """
                platform:studios.defaultTemplates: offers templates without SSH: JUPYTER has connect-client 0.9, RIDE has connect-client 0.9, VSCODE has connect-client 0.9, XPRA has connect-client 0.9
                  given:   true
                  allowed: templates with connect-client 0.10.0 or newer
                  fix:     set defaultTemplates: false and list templates with connect-client 0.10.0 or newer, or remove ssh
                """,
            ]);

    [Fact]
    public void Rejects_XpraByPath() => Template("DESKTOP", "6.2.0-r2-1-0.12", "xpra", ("studios.pathRouting", "true")).ShouldBe([
        """
        platform:studios.templates.DESKTOP.tool: cannot be reached by path
          given:   xpra
          allowed: with pathRouting jupyter, vscode, rstudio, ride
          fix:     remove the template, or remove pathRouting
        """,
    ]);

    [Fact]
    public void Rejects_WorkspacesThatAreNoIds() =>
        StudiosSample
            .Messages(("studios.allowedWorkspaces", """["12345", "research"]"""))
            .ShouldHaveSingleItem()
            .ShouldStartWith(
                """
                platform:studios.allowedWorkspaces[1]: is not a numeric id
                  given:   research
                  allowed: 1 to 18 digits
                """);

    private static string[] Template(string key, string tag, string? tool, params (string Path, string? Json)[] changes) => StudiosSample.Messages(
        [.. changes, ("studios.templates", $$"""{ "{{key}}": { "repository": "{{Image}}:{{tag}}"{{(tool is null ? "" : $", \"tool\": \"{tool}\"")}} } }""")]);
}
