using Rehearsal.Rendering;
using Spectre.Console;

namespace Operate.Verifying;

/// <summary>What a run waits for, on one line of a terminal; it leaves nothing behind.</summary>
internal static class VerifyProgress
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Draws until the work is done, whatever its end.</summary>
    public static async Task ShowAsync(Terminal terminal, Verification verification, Task work)
    {
        try
        {
            await terminal.Live.Live(new Text(Line(verification))).AutoClear(true).StartAsync(async context =>
            {
                while (await Task.WhenAny(work, Task.Delay(RedrawInterval)) != work)
                {
                    context.UpdateTarget(new Text(Line(verification)));
                }
            });
        }
        catch (IOException)
        {
            // A terminal that was closed: the checks still come to their end
        }
    }

    private static string Line(Verification verification) => "Checking: " + string.Join(", ", verification.Progress.Select(group
        => group.Ended ? $"{group.Name} done" : $"{group.Name} ({group.Found})"));
}
