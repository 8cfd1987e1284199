using System.Collections.Immutable;
using Rehearsal;
using Rehearsal.Events;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Planning;

// Promise: what Pulumi refuses for a protected resource, a rehearsal refuses.
public sealed class ProtectionTests
{
    private static readonly ImmutableDictionary<string, string> One = ImmutableDictionary<string, string>.Empty.Add("rotation", "1");
    private static readonly ImmutableDictionary<string, string> Two = ImmutableDictionary<string, string>.Empty.Add("rotation", "2");

    [Theory]
    [InlineData(OperationKind.Preview)]
    [InlineData(OperationKind.Update)]
    public void AReplacement_IsRefused(OperationKind kind)
    {
        using var before = Rehearsed.Run(OperationKind.Update, null, [Rehearsed.Follower("key", One) with { Protect = true }]);
        using var after = Rehearsed.Run(kind, before.State, [Rehearsed.Follower("key", Two) with { Protect = true }]);

        Errors(after)[0].ShouldStartWith(
            $"unable to replace resource \"{Rehearsed.UrnOf(Rehearsed.Id, "key")}\"\nas it is currently marked for protection.");
    }

    [Fact]
    public void AReplacement_Passes_WhereTheSameUpdateLiftsTheProtection()
    {
        using var before = Rehearsed.Run(OperationKind.Update, null, [Rehearsed.Follower("key", One) with { Protect = true }]);
        using var after = Rehearsed.Run(OperationKind.Update, before.State, [Rehearsed.Follower("key", Two)]);

        Errors(after).ShouldBeEmpty();
        after.Done.ShouldContain("create-replacement key");
    }

    [Theory]
    [InlineData(OperationKind.Preview)]
    [InlineData(OperationKind.Update)]
    public void ADeletion_IsRefused(OperationKind kind)
    {
        using var before = Rehearsed.Run(OperationKind.Update, null, [Rehearsed.Follower("key", One) with { Protect = true }]);
        using var after = Rehearsed.Run(kind, before.State, []);

        Errors(after)[0].ShouldContain("cannot be deleted\nbecause it is protected.");
        after.State.Resources.Select(resource => resource.Urn.Name).ShouldContain("key");
    }

    private static string[] Errors(Rehearsed run) =>
        [.. run.Events.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message)];
}
