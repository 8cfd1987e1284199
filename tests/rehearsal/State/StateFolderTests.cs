using Rehearsal;
using Rehearsal.State;
using Tests.Rehearsal.StackFiles;

namespace Tests.Rehearsal.State;

// Promise: a reader sees a whole state, and two operations do not change one at once.
public sealed class StateFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AState_IsWrittenAsAWhole_ForItsOwnerOnly()
    {
        var state = Of("dev");
        state.Write("""{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:dev::p::t:i:T::n", "custom": false, "type": "t:i:T"}]}}""");

        state.Read(_ => null).Resources.ShouldHaveSingleItem();
        _folder.Files().ShouldBe(["p/dev.json"]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(state.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void AStackWithoutAState_HasAnEmptyOne() => Of("dev").Read(_ => null).Resources.ShouldBeEmpty();

    [Fact]
    public void TheSecondOperation_IsToldWhoHoldsTheLock()
    {
        using (Of("dev").Lock("up dev"))
        {
            var thrown = Should.Throw<BadInputException>(() => Of("dev").Lock("destroy dev"));
            thrown.Message.ShouldStartWith(
                $"The stack is locked by `up dev` of {Environment.UserName} on {Environment.MachineName} (process {Environment.ProcessId}) since ");
            (thrown.Fix, thrown.ExitCode).ShouldBe(("Wait for it, or release the lock with `./platform cancel dev` when that process is gone.", 1));
            Of("prod").Lock("up prod").Dispose();
        }
        Of("dev").Lock("up dev").Dispose();
        _folder.Files().ShouldBeEmpty();
    }

    [Fact]
    public void Release_FreesWhatAKilledOperationLeft()
    {
        Of("dev").Lock("up dev");
        _folder.Write("p/dev.new", "{");

        Of("dev").Release().ShouldNotBeNull().ShouldStartWith(" by `up dev` of ");
        _folder.Files().ShouldBeEmpty();
        Of("dev").Release().ShouldBeNull();
    }

    [Fact]
    public void Rejects_AStateThatIsCut()
    {
        _folder.Write("p/dev.json", "{\"version\": 3, \"deployment\": {\"resour");

        Should.Throw<BadInputException>(() => Of("dev").Read(_ => null)).Fix
            .ShouldBe("Take it from a backup, or export it anew with `pulumi stack export`; a rehearsal's own state can be deleted.");
    }

    [Theory]
    [InlineData("..", "p/_.json")]
    [InlineData("../../x", "p/.._.._x.json")]
    [InlineData("a\nb", "p/a_b.json")]
    public void NamesOfStacks_StayInTheFolder(string stack, string file)
    {
        Of(stack).Write("{}");

        _folder.Files().ShouldBe([file]);
    }

    private StateFolder Of(string stack) => new(_folder.Path, "p", stack);
}
