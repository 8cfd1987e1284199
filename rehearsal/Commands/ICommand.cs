using System.CommandLine;

namespace Rehearsal.Commands;

/// <summary>One word behind <c>./platform</c>.</summary>
internal interface ICommand
{
    /// <summary>The word with its arguments, options, examples and action.</summary>
    Command Build(CommandHost host);
}
