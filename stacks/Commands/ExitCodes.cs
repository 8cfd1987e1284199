namespace Stacks.Commands;

/// <summary>How the tool ends.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Wrong arguments, or settings that are not valid.</summary>
    public const int BadInput = 2;
}
