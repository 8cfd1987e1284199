namespace Rehearsal.Commands;

/// <summary>What a command's exit code means.</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command itself failed.</summary>
    public const int Failure = 1;

    /// <summary>What was given cannot be used: the command line, a stack file, a setting, the program.</summary>
    public const int BadInput = 2;

    /// <summary>There are changes where none were expected.</summary>
    public const int ChangesPending = 3;

    /// <summary>Ended by Ctrl-C: 128 and SIGINT's number, as shells report it.</summary>
    public const int Cancelled = 130;

    public static int Of(RehearsalOutcome outcome) => outcome switch
    {
        RehearsalOutcome.Succeeded => Success,
        RehearsalOutcome.ProgramFailed => BadInput,
        RehearsalOutcome.Cancelled => Cancelled,
        _ => Failure,
    };
}
