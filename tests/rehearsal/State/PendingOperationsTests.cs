using System.Collections.Immutable;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Planning;
using Rehearsal.State;
using Tests.Rehearsal.Commands;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.State;

// Promise: what a killed operation left unfinished is said by the next one, and a creation that nobody knows the end of stays until the operator clears it.
public sealed class PendingOperationsTests : IDisposable
{
    private static readonly ImmutableDictionary<string, string> Keepers = ImmutableDictionary<string, string>.Empty.Add("v", "1");

    private readonly CliFixture _cli = new();

    public PendingOperationsTests() => _cli.Environment["PULUMI_CONFIG_PASSPHRASE"] = "pass";

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void AnUpdate_WarnsOfThem_InPulumisWords_AndKeepsOnlyCreations()
    {
        using var run = Rehearsed.Run(OperationKind.Update, Interrupted(), [Rehearsed.Follower("a", Keepers)]);

        var warning = run.Events.Diagnostics.ShouldHaveSingleItem();
        warning.Severity.ShouldBe(DiagnosticSeverity.Warning);
        warning.Message.ShouldStartWith($"""
            Attempting to deploy or update resources with 2 pending operations from previous deployment.
              * {Rehearsed.UrnOf(Rehearsed.Id, "b")}, interrupted while creating
              * {Rehearsed.UrnOf(Rehearsed.Id, "a")}, interrupted while updating
            These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for changes to these resources to complete.
            """);
        run.State.Pending.ShouldHaveSingleItem().ShouldBe(Interrupted().Pending[0] with { Resource = run.State.Pending[0].Resource });
        run.Done.ShouldBe(["same a"]);
    }

    [Theory]
    [InlineData(OperationKind.Preview, false)]
    [InlineData(OperationKind.Update, true)]
    public void APreview_AndWhatReadsTheStateAnew_SayNothing(OperationKind kind, bool refresh)
    {
        using var run = Rehearsed.Run(kind, Interrupted(), [Rehearsed.Follower("a", Keepers)], new PlanOptions { Refresh = refresh });

        run.Events.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void ADestroy_WarnsOfThem_Too()
    {
        using var run = Rehearsed.Destroy(Interrupted());

        run.Events.Diagnostics.ShouldHaveSingleItem().Message.ShouldStartWith("Attempting to deploy or update resources with 2 pending operations");
        run.State.Resources.ShouldBeEmpty();
    }

    [Fact]
    public async Task ClearPendingCreates_TakesThemOut()
    {
        var path = _cli.Folder.Write(".platform/state/platform/dev.json", """
            {"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:dev::platform::t:i:T::n", "custom": false, "type": "t:i:T"}],
             "pending_operations": [{"resource": {"urn": "urn:pulumi:dev::platform::t:i:T::m", "custom": true, "type": "t:i:T"}, "type": "creating"}]}}
            """);

        (await _cli.RunAsync(["refresh", "dev"])).Output.ShouldContain(
            "`./platform refresh dev --clear-pending-creates` takes the pending creations out of the rehearsed state.\n");
        File.ReadAllText(path).ShouldContain("creating");

        (await _cli.RunAsync(["refresh", "dev", "--clear-pending-creates"])).Output.ShouldNotContain("takes the pending creations out");
        _cli.Request!.State.Pending.ShouldBeEmpty();
        File.ReadAllText(path).ShouldNotContain("creating");
    }

    private static Checkpoint Interrupted()
    {
        using var run = Rehearsed.Run(OperationKind.Update, null, [Rehearsed.Follower("a", Keepers)]);
        var (a, b) = (run.State.Resources.Single(resource => resource.Type == Rehearsed.Id), Rehearsed.UrnOf(Rehearsed.Id, "b"));
        return run.State with
        {
            Pending =
            [
                new PendingOperation("creating", new ResourceState { Urn = b, Type = Rehearsed.Id, Custom = true }),
                new PendingOperation("updating", a),
            ],
        };
    }
}
