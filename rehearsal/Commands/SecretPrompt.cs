using Rehearsal.Rendering;
using Rehearsal.Secrets;
using Spectre.Console;

namespace Rehearsal.Commands;

/// <summary>Asks whoever sits at the terminal for what must not be seen: nothing that is typed is shown.</summary>
/// <param name="terminal">Where to ask: on its error stream, since the output may go to a file.</param>
internal sealed class SecretPrompt(Terminal terminal)
{
    private const int Attempts = 3;

    /// <summary>Asks for the passphrase of a stack until it is the right one; for a new one twice, until both are the same.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="salt">The line that the passphrase has to fit; null when nothing is sealed yet.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="BadInputException">It was not given in a few attempts.</exception>
    public async Task<PassphraseSealer> SealerAsync(string stack, string? salt, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (salt is null)
            {
                var chosen = await AskAsync($"New passphrase for the secrets of {stack}:", cancellation);
                if (chosen.Length == 0)
                {
                    Say($"An empty passphrase protects nothing. Who means it sets {Passphrase.Variable} to nothing.");
                }
                else if (chosen == await AskAsync("The same again:", cancellation))
                {
                    return PassphraseSealer.Create(chosen);
                }
                else
                {
                    Say("The two passphrases differ.");
                }
            }
            else if (PassphraseSealer.TryOpen(await AskAsync($"Passphrase of the secrets of {stack}:", cancellation), salt) is { } sealer)
            {
                return sealer;
            }
            else
            {
                Say("That passphrase does not open the stack's secrets.");
            }
        }
        throw salt is null
            ? new BadInputException($"No passphrase was chosen for stack '{stack}', so nothing is sealed.", "Run it again, and type the same passphrase twice.")
            : PassphraseSealer.WrongPassphrase();
    }

    /// <summary>Asks for the value of a setting.</summary>
    /// <exception cref="BadInputException">Several lines were pasted, of which the rest would have reached the shell.</exception>
    public async Task<string> ValueAsync(string key, CancellationToken cancellation)
    {
        var value = await AskAsync($"Value of {key}:", cancellation);
        var more = false;
        while (terminal.Questions.Input.IsKeyAvailable())
        {
            more = terminal.Questions.Input.ReadKey(intercept: true) is { } pressed && pressed.Key != ConsoleKey.Enter || more;
        }
        return !more ? value : throw new BadInputException(
            $"The value of {key} has more than one line, so nothing is sealed.", "Give it on the standard input: `./platform secret STACK KEY < FILE`.");
    }

    private Task<string> AskAsync(string question, CancellationToken cancellation)
        => new TextPrompt<string>(Markup.Escape(question)).Secret(null).AllowEmpty().ShowAsync(terminal.Questions, cancellation);

    private void Say(string problem) => terminal.WriteError(new StyledText(problem, TextStyle.Error));
}
