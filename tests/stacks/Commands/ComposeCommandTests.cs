using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using Stacks.Commands;

namespace Tests.Stacks.Commands;

// Promise: the command writes all files or none, keeps what is there, lets nobody but the owner read the secrets, and prints none.
[UnsupportedOSPlatform("windows")]
public sealed class ComposeCommandTests : IDisposable
{
    private const string Compose = """
        {
          "platform": { "url": "https://example.com", "version": "24.1.4" }, "connectUrl": "https://connect.example.com", "signingKey": { "bits": 2048 }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("compose-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AFolder_GetsItsFiles_AndTheSecondTimeNothing()
    {
        var folder = Path.Combine(_folder, "new", "folder");

        Run("--output", folder).ShouldBe((0, $"""
            created    DATA-STUDIOS.md
            created    data-studios-rsa.pem
            created    data-studios.env
            created    docker-compose.override.yml
            created    tower.env
            created    tower.yml
            What to do next: {folder}/DATA-STUDIOS.md

            """, ""));
        var files = Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);
        using var key = RSA.Create();
        key.ImportFromPem(files["data-studios-rsa.pem"].AsSpan(0, files["data-studios-rsa.pem"].IndexOf("-----BEGIN PUBLIC", StringComparison.Ordinal)));
        key.KeySize.ShouldBe(2048);
        files["data-studios.env"].Split('\n').Single(line => line.StartsWith("CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN=", StringComparison.Ordinal))
            .ShouldMatch("^CONNECT_OIDC_CLIENT_REGISTRATION_TOKEN=[A-Za-z0-9]{32}$");
        foreach (var name in (string[])["data-studios-rsa.pem", "data-studios.env", "tower.env"])
        {
            Mode(Path.Combine(folder, name)).ShouldBe("600", name);
        }

        Mode(Path.Combine(folder, "tower.yml")).ShouldBe("644");
        Run("-o", folder).Output.Split('\n').Count(line => line.StartsWith("unchanged ", StringComparison.Ordinal)).ShouldBe(6);
        Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal).ShouldBe(files, ignoreOrder: true);
    }

    // Whoever runs it as root finds the files of the owner still the owner's, and links still links.
    [Fact]
    public void AFileBehindALink_IsWrittenWhereItLies()
    {
        var real = Path.Combine(_folder, "real.env");
        File.WriteAllText(real, "TOWER_SERVER_URL=https://example.com\n");
        File.CreateSymbolicLink(Path.Combine(_folder, "tower.env"), real);

        Run("-o", _folder).Code.ShouldBe(0);

        new FileInfo(Path.Combine(_folder, "tower.env")).LinkTarget.ShouldBe(real);
        File.ReadAllText(real).ShouldStartWith("TOWER_SERVER_URL=https://example.com\n");
        Mode(real).ShouldBe("600");
    }

    [Fact]
    public void ADryRun_WritesNothing_AndNoSecretIsPrinted()
    {
        File.WriteAllText(Path.Combine(_folder, "tower.env"), "TOWER_OIDC_REGISTRATION_INITIAL_ACCESS_TOKEN=s3cr3t\nTOWER_DATA_EXPLORER_ENABLED=false\n");

        var (code, output, error) = Run("-o", _folder, "--dry-run");

        (code, error).ShouldBe((0, ""));
        output.ShouldContain("changed    tower.env\n");
        output.ShouldContain("note       tower.env: TOWER_DATA_EXPLORER_ENABLED was false, and is true now.\n");
        output.ShouldEndWith("Nothing was written.\n");
        output.ShouldNotContain("s3cr3t");
        Directory.GetFiles(_folder).Select(Path.GetFileName).ShouldBe(["tower.env"]);
    }

    [Theory]
    [InlineData("tower.env", "is read-only.", "chmod u+w FOLDER/tower.env")]
    [InlineData("tower.yml", "is read-only.", "chmod u+w FOLDER/tower.yml")]
    public void Rejects_AFileThatIsNotWritable_AndWritesNoOther(string name, string what, string fix)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, "# nothing\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);

        Run("-o", _folder).ShouldBe((2, "", $"{file}: {name} {what}\nFix: {fix.Replace("FOLDER", _folder, StringComparison.Ordinal)}. Nothing was written.\n"));
        Directory.GetFiles(_folder).Select(Path.GetFileName).ShouldBe([name]);
    }

    [Fact]
    public void Rejects_AFolderInPlaceOfAFile()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data-studios-rsa.pem"));

        Run("-o", _folder).ShouldBe((2, "",
            $"{_folder}/data-studios-rsa.pem: data-studios-rsa.pem is a folder, as Docker makes one where a file that it mounts is missing.\n"
            + "Fix: stop the containers, remove it. Nothing was written.\n"));
    }

    [Fact]
    public void Rejects_AMalformedFile_WithoutSayingWhatIsInIt()
    {
        File.WriteAllText(Path.Combine(_folder, "tower.env"), "TOWER_LICENSE='s3cr3t\n");

        Run("-o", _folder).ShouldBe((2, "",
            $"{_folder}/tower.env: tower.env cannot be read: Line 1: the quote before the value of TOWER_LICENSE has no other one behind it.\n"
            + "Fix: correct it, and run the command again. Nothing was written.\n"));
    }

    [Fact]
    public void Rejects_AFileInPlaceOfTheFolder()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Run("-o", file).ShouldBe((2, "", $"{file}: is a file, and a folder is needed: name another one.\n"));
    }

    [Fact]
    public void Rejects_AStackWithoutIt_AndOneThatIsWrong()
    {
        RunWith("""{"platform:production":"true"}""", "-o", _folder).ShouldBe((2, "",
            "The stack file describes no Data Studios by Docker Compose.\nFix: describe platform:compose, as stacks/examples/Pulumi.data-studios-compose.yaml does.\n"));
        RunWith("""{"platform:production":"maybe"}""", "-o", _folder).Error.ShouldStartWith("One setting of the stack is wrong:\n\nplatform:production:");
        Run().Code.ShouldBe(2);
        Run("-o", _folder, "--renew", "licence").Code.ShouldBe(2);
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    private static string Mode(string file) => Convert.ToString((int)File.GetUnixFileMode(file), 8);

    private static (int Code, string Output, string Error) Run(params string[] args) =>
        RunWith(JsonSerializer.Serialize(new Dictionary<string, string> { ["platform:compose"] = Compose }), args);

    private static (int Code, string Output, string Error) RunWith(string config, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = ToolCommands.Run(["compose", .. args], Read, output, error);
        return (code, output.ToString(), error.ToString());

        string? Read(string variable) => variable == "PULUMI_CONFIG" ? config : variable == "PULUMI_CONFIG_SECRET_KEYS" ? "[]" : null;
    }
}
