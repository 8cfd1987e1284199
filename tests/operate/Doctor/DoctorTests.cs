using Operate.Commands;
using Operate.Doctor;

namespace Tests.Operate.Doctor;

// Promise: what a machine lacks is said as what it is, with what it is missing for and the fix; only what builds and previews need ends with 1.
public sealed class DoctorTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public async Task Machine_WithEverything_LacksNothing()
    {
        _machine.Files["/home/anna/.aws/config"] = "[default]\nregion = eu-west-1\n";
        _machine.Files["/home/anna/.config/gcloud/application_default_credentials.json"] = """{"type": "authorized_user"}""";
        _machine.Files["/home/anna/.kube/config"] = "contexts: [{name: kind-studios}]\ncurrent-context: kind-studios\n";
        _machine.Files["/home/anna/.pulumi/credentials.json"] = """{"current": "s3://states"}""";
        _machine.Variables["PULUMI_CONFIG_PASSPHRASE"] = "";

        var found = await LookAsync();

        found.IsReady.ShouldBeTrue();
        found.Needs.Where(need => need.Presence == Presence.Missing).ShouldBeEmpty();
        found.Groups[0].Needs.Select(need => $"{need.What} {need.Found}").ShouldBe([
            ".NET SDK 10.0.401", "bash 5.2.15", "git 2.39.5", "Pulumi CLI 3.220.0", "kubectl 1.32.4", "Helm 3.17.0", "AWS CLI 2.22.12", "gcloud 528.0.0",
            "gke-gcloud-auth-plugin 1.30.0", "Node.js 22.1.0", "npm 10.8.2", "Docker 28.2.2", "linker 14.2.0", "Chromium 131.0.6778.85",
        ]);
    }

    [Theory]
    [InlineData("dotnet", true)]
    [InlineData("bash", true)]
    [InlineData("git", false)]
    [InlineData("pulumi", false)]
    [InlineData("kubectl", false)]
    [InlineData("npm", false)]
    [InlineData("gcc", false)]
    public async Task Program_ThatIsNotThere_IsMissing_AndEndsWithFailureOnlyWhereBuildsNeedIt(string name, bool blocks)
    {
        _machine.Said.Remove(name);

        var found = await LookAsync();

        found.IsReady.ShouldBe(!blocks);
        var need = found.Groups[0].Needs.Single(need => need.Presence == Presence.Missing);
        (need.Found, need.Blocks, need.Fix.StartsWith("Install it: ", StringComparison.Ordinal)).ShouldBe(("not on the PATH", blocks, true));
    }

    [Theory]
    [InlineData("A compatible .NET SDK was not found.\n\nRequested SDK version: 10.0.100\n", "Install the .NET SDK 10.0.100 or a later feature of it")]
    [InlineData("System.UnauthorizedAccessException: Access to the path '/home/anna/.dotnet' is denied.\n", "Give it a folder that you may write")]
    [InlineData("The user's home directory could not be determined. Set the 'DOTNET_CLI_HOME' environment variable", "Give it a folder that you may write")]
    public async Task Dotnet_ThatFails_IsNotTakenForOneThatIsThere(string said, string fix)
    {
        _machine.Said["dotnet"] = new Saying(155, said);

        var need = (await LookAsync()).Groups[0].Needs[0];

        need.Blocks.ShouldBeTrue();
        need.Found.ShouldBe($"/usr/bin/dotnet: {said.Split('\n')[0]}");
        need.Fix.ShouldStartWith(fix);
    }

    [Theory]
    [InlineData("v3.207.9", "3.207.9, and >=3.208.0 is needed")]
    [InlineData("v3.208.0", null)]
    [InlineData("v3.209.0-alpha.1", null)]
    [InlineData("v4.0.0", null)]
    public async Task PulumiCli_IsHeldToTheVersionThatTheProgramAsksFor(string said, string? problem)
    {
        _machine.Said["pulumi"] = new Saying(0, said);

        var need = (await LookAsync()).Needs.Single(need => need.What == "Pulumi CLI");

        (need.Presence == Presence.Missing ? need.Found : null).ShouldBe(problem);
    }

    [Fact]
    public async Task ProgramThatDoesNotAnswer_IsAFinding()
    {
        _machine.Said["kubectl"] = new Saying(null, "does not answer within 20 s");

        (await LookAsync()).Needs.Single(need => need.What == "kubectl").Found.ShouldBe("/usr/bin/kubectl: does not answer within 20 s");
    }

    [Theory]
    [InlineData("bundled\n", "", "bundled: the source-compatible subset in sdk/; ./platform sdk bundled chose it", null)]
    [InlineData("bundled\n", "x.csproj : error NU1101: Unable to find package Pulumi. No packages exist with this id in source(s): mirror [/x]\n",
        "bundled: the source-compatible subset in sdk/; the official ones do not restore here "
        + "(NU1101: Unable to find package Pulumi. No packages exist with this id in source(s): mirror )", null)]
    [InlineData("nuget\n", "", "nuget: the official packages; they restore here, or ./platform sdk nuget chose them", null)]
    [InlineData("bun", "", "the first build finds out whether the official ones restore", null)]
    [InlineData("", "", "bundled: the source-compatible subset in sdk/; PulumiSdk in the environment says so", "bundled")]
    [InlineData("", "", "PulumiSdk is 'latest' in the environment", "latest")]
    public async Task PulumiPackages_AreNamedWithTheReason(string chosen, string log, string expected, string? variable)
    {
        _machine.Files["/clone/.platform/sdk"] = chosen;
        _machine.Files["/clone/.platform/restore.log"] = log;
        if (variable is not null)
        {
            _machine.Variables["PulumiSdk"] = variable;
        }

        var found = await LookAsync();

        found.Needs.Single(need => need.What == "Pulumi packages").Found.ShouldBe(expected);
        found.IsReady.ShouldBe(variable != "latest");
    }

    [Fact]
    public async Task Feeds_AreAsked_WithoutShowingTheirCredentials()
    {
        _machine.Said["dotnet nuget list source --format short"] = new Saying(
            0, "E https://anna:hunter2@feed.example/v3/index.json?token=hunter2\nD https://off.example/\nEM /srv/packages\nE /mnt/gone\n");
        _machine.Folders.Add("/srv/packages");
        _machine.Unreached["feed.example"] = "Connection refused (feed.example:443)";

        var found = await LookAsync();

        found.Needs.Where(need => need.What is "NuGet feed" or "npm registry").Select(need => $"{need.Presence}: {need.Found}").ShouldBe([
            "Missing: https://feed.example/v3/index.json: Connection refused (feed.example:443)",
            "Found: the folder /srv/packages",
            "Missing: the folder /mnt/gone is not there",
            "Found: https://registry.example/ answers",
        ]);
        found.IsReady.ShouldBeFalse();
    }

    [Fact]
    public async Task Offline_NoFeedIsAsked()
    {
        _machine.Unreached["feed.example"] = "down";

        var found = await LookAsync(offline: true);

        _machine.Asked.ShouldBeEmpty();
        found.IsReady.ShouldBeTrue();
        found.Needs.Single(need => need.What == "NuGet feed").Found.ShouldBe("https://feed.example/v3/index.json: not asked (--offline)");
    }

    [Theory]
    [InlineData("/clone", "the clone")]
    [InlineData("/clone/.platform", "state and results")]
    [InlineData("/home/anna/.dotnet", "home folder")]
    [InlineData("/home/anna/.nuget/packages", "NuGet's packages")]
    public async Task FolderThatCannotBeWritten_KeepsFromBuilding(string folder, string what)
    {
        _machine.Locked[folder] = "Read-only file system";

        var need = (await LookAsync()).Needs.Single(need => need.Blocks);

        (need.What, need.Found).ShouldBe((what, $"{folder} cannot be written: Read-only file system"));
        need.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task FoldersThatVariablesName_AreLookedAtInstead()
    {
        _machine.Locked["/home/anna/.dotnet"] = "Permission denied";
        _machine.Locked["/home/anna/.nuget/packages"] = "Permission denied";
        _machine.Variables["DOTNET_CLI_HOME"] = "/tmp/dotnet";

        (await LookAsync()).IsReady.ShouldBeTrue();

        _machine.Locked["/srv/packages"] = "Permission denied";
        _machine.Variables["NUGET_PACKAGES"] = "/srv/packages";
        (await LookAsync()).Needs.Single(need => need.Blocks).What.ShouldBe("NuGet's packages");
    }

    [Theory]
    [InlineData(1024L * 1024 * 1024, "1.0 GiB below /clone; 3 GiB are needed", false)]
    [InlineData(3L * 1024 * 1024 * 1024, "3.0 GiB below /clone", true)]
    [InlineData(null, "the system does not say", true)]
    public async Task Room_IsToldInGiB(long? free, string expected, bool ready)
    {
        _machine.FreeBytes = free;

        var found = await LookAsync();

        (found.Needs.Single(need => need.What == "free disk").Found, found.IsReady).ShouldBe((expected, ready));
    }

    [Fact]
    public async Task NoHome_IsSaid()
    {
        _machine.HomeFolder = "";

        (await LookAsync()).Needs.Where(need => need.Blocks).Select(need => need.Found).ShouldBe(["HOME is not set"]);
    }

    // Each stack of its own kind; what is asked of all of them stays.
    [Theory]
    [InlineData(true, false, true, false, "AWS CLI", "AWS credentials")]
    [InlineData(false, true, true, true, "gcloud", "gke-gcloud-auth-plugin", "Docker", "Google credentials")]
    [InlineData(false, false, false, false)]
    public async Task Stack_NeedsOnlyWhatStandsInIt(bool aws, bool google, bool kubernetes, bool images, params string[] own)
    {
        string[] everywhere = [".NET SDK", "bash", "git", "Pulumi CLI", "Pulumi login", "PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"];

        var found = await LookAsync(new StackNeeds("x", aws, google, kubernetes, images));

        found.Groups.Where(group => group.Name != "Building").SelectMany(group => group.Needs).Select(need => need.What).ShouldBe(
            [.. everywhere, .. own, .. kubernetes ? (string[])["kubectl", "Helm"] : []], ignoreOrder: true);
        found.Groups[^1].Name.ShouldBe("Deploying x");
    }

    private Task<Diagnosis> LookAsync(StackNeeds? stack = null, bool offline = false)
        => DoctorCommand.LookAsync(_machine.Around, stack, offline, CancellationToken.None);
}
