using Operate.Clusters;
using Operate.Verifying;
using Tests.Operate.Support;

namespace Tests.Operate.Verifying;

/// <summary>What launchers may do, and what Workbench answers behind its Service.</summary>
public sealed partial class KubernetesChecksTests
{
    [Fact]
    public async Task ALauncherWithoutARight_IsNamed_WithTheRightAndTheWayItWasAsked()
    {
        _server.Allows = (user, what) =>
            user != "system:serviceaccount:posit-workbench:rstudio-workbench" || what is not ("patch jobs.batch" or "create services");

        var failures = (await FindingsAsync("permissions")).Where(finding => finding.Outcome == Outcome.Failed).ToArray();

        failures.Select(finding => (finding.Check, finding.Found)).ShouldBe(
        [
            ("workbench: rstudio-workbench on services in posit-workbench", "not allowed: create (by SubjectAccessReview)"),
            ("workbench: rstudio-workbench on jobs.batch in posit-workbench", "not allowed: patch (by SubjectAccessReview)"),
        ]);
    }

    [Fact]
    public async Task WhoMayNotReviewOthers_AsksInTheirPlace_AndWhoMayNeitherIsTold()
    {
        _server.Forbidden.Add("subjectaccessreviews");
        (await FindingsAsync("permissions")).ShouldAllBe(finding => finding.Found == "all allowed (by SelfSubjectAccessReview in its place)");

        _server.MayImpersonate = false;
        var findings = await FindingsAsync("permissions");

        findings.Length.ShouldBe(2);
        findings[0].Outcome.ShouldBe(Outcome.Failed);
        findings[0].Check.ShouldBe("rights of system:serviceaccount:posit-workbench:rstudio-workbench");
        findings[0].Found.ShouldContain("cannot create resource \"subjectaccessreviews\"");
    }

    [Theory]
    [InlineData(302, "", Outcome.Passed, "302, a redirect")]
    [InlineData(500, "boom", Outcome.Failed, "500")]
    [InlineData(200, "OK", Outcome.Failed, "200")]
    public async Task TheSignInPage_HasToBeOne(int code, string text, Outcome outcome, string found)
    {
        _server.Services["posit-workbench/rstudio-workbench:80/auth-sign-in"] = (code, text);

        var finding = (await FindingsAsync("workbench-server")).Single(entry => entry.Check == "sign-in page through the Service");

        (finding.Outcome, finding.Found).ShouldBe((outcome, found));
    }

    [Fact]
    public async Task AServiceWithoutPods_AndOneThatMayNotBeAsked_AreFindings()
    {
        _server.Services.Clear();
        (await FindingsAsync("workbench-server"))[0]
            .Found.ShouldBe(
                "The API server answers 503 to api/v1/namespaces/posit-workbench/services/http%3Arstudio-workbench%3A80/proxy/auth-sign-in: no "
                + "endpoints available for service \"rstudio-workbench:80\"");

        _server.Forbidden.Add("services/proxy");
        (await FindingsAsync("workbench-server"))[0].Found.ShouldStartWith("Not allowed (403): services");
    }

    [Theory]
    [InlineData(13, Outcome.Failed)]
    [InlineData(14, Outcome.Passed)]
    [InlineData(-2, Outcome.Failed)]
    public async Task ALicenceThatEndsSoon_Fails(int days, Outcome outcome)
    {
        _server.Services["posit-workbench/rstudio-workbench:80/health-check"] = (200, $"active_sessions 3\nlicense_days_left {days}\n");

        (await FindingsAsync("workbench-server")).Single(entry => entry.Check == "licence of Workbench").ShouldSatisfyAllConditions(
            finding => finding.Outcome.ShouldBe(outcome), finding => finding.Found.ShouldBe($"{days} days"));
    }

    [Fact]
    public async Task AnEnvironmentThatTheServersFilesTurnOff_IsMissed()
    {
        var files = StudioCluster.WorkbenchFiles();
        files.Data["vscode.conf"] = "enabled=0\n";
        files.Data["jupyter.conf"] = "labs-enabled=0\nnotebooks-enabled=0\n";
        _server.Add(files);

        (await FindingsAsync("workbench-server"))
            .Where(finding => finding.Outcome == Outcome.Failed)
            .Select(finding => finding.Check)
            .ShouldBe(["Jupyter", "Vscode"]);
    }

    [Fact]
    public async Task ASessionImage_ThatNobodyHasPulled_IsNotPassed()
    {
        _server.Remove(ApiKind.Nodes, null, "node-a");

        (await FindingsAsync("workbench-server"))
            .Single(finding => finding.Check == "session image posit/workbench-session:R4.5.2")
            .ShouldSatisfyAllConditions(
                finding => finding.Outcome.ShouldBe(Outcome.Skipped),
                finding => finding.Found.ShouldBe("no pod runs it and no node has it; workbench.prePull would pull it"));
    }
}
