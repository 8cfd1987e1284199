namespace Rehearsal.Rendering;

/// <summary>What a piece of text means; a terminal gives each meaning its colour.</summary>
public enum Ink
{
    Plain,
    Faint,
    Strong,
    Created,
    Updated,
    Deleted,
    Replaced,
    Read,
    Warning,
    Error,
}
