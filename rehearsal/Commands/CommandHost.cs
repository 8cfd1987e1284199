using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary>Everything outside that a command may touch, so that tests can stand in for it.</summary>
public sealed record CommandHost
{
    public required Terminal Terminal { get; init; }

    public required TextReader Input { get; init; }

    /// <summary>Whether somebody sits before it: a secret is then asked for, without echo.</summary>
    public bool AsksForSecrets { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    public required string CurrentFolder { get; init; }

    /// <summary>The folder of this program's own file.</summary>
    public required string OwnFolder { get; init; }

    public required Func<IRehearsalHost> Engine { get; init; }
}
