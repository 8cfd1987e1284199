namespace Operate.Verifying;

/// <summary>What became of one check.</summary>
public enum Outcome
{
    /// <summary>Found as expected.</summary>
    Passed,

    /// <summary>Found otherwise, or not at all: <c>verify</c> ends with 1.</summary>
    Failed,

    /// <summary>Not asked, because the stack has no such part or what it stands on failed already; <see cref="Finding.Found"/> says which.</summary>
    Skipped,
}

/// <summary>One line of <c>verify</c>.</summary>
/// <param name="Check">What was looked at, with the name of the thing: <c>dns connect.example.com</c>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there; never a secret.</param>
/// <param name="Fix">What to do about it; empty where it passed.</param>
public sealed record Finding(string Check, Outcome Outcome, string Expected, string Found, string Fix = "");

/// <summary>Some checks that go together: of one protocol, or of one part of the platform.</summary>
/// <remarks>
/// A host that does not answer, a certificate that cannot be read, missing rights: each is a finding. What a group throws in spite of that is reported as a
/// failed check of its own, so it never ends the run.
/// </remarks>
public interface ICheckGroup
{
    /// <summary>The name that the report puts above its lines.</summary>
    string Name { get; }

    /// <summary>Runs the checks; the token ends when the time of the whole run is up.</summary>
    IAsyncEnumerable<Finding> RunAsync(CancellationToken cancellation);
}
