using System.Collections.Concurrent;
using Rehearsal.Events;
using Rehearsal.Graph;
using Spectre.Console;

namespace Rehearsal.Rendering;

/// <summary>The plan as it grows, drawn in place on a terminal; it leaves nothing behind.</summary>
/// <param name="terminal">Where to draw.</param>
/// <param name="stack">The stack's name, for the title.</param>
/// <param name="project">The project's name, for the title.</param>
public sealed class LivePlan(Terminal terminal, string stack, string project) : IProgress<EngineEvent>
{
    /// <summary>How often the picture changes: often enough to look alive, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<PlanRow> _rows = new();

    public void Report(EngineEvent value)
    {
        if (value is ResourcePreEvent { Metadata: var step } && !ProviderReference.IsDefaultProvider(step.Urn))
        {
            _rows.Enqueue(new PlanRow(step.Urn, step.Parent, step.Type, step.Operation));
        }
    }

    /// <summary>Draws until the work is done, whatever its end.</summary>
    public async Task ShowAsync(Task work)
    {
        try
        {
            await terminal.Live
                .Live(Picture())
                .AutoClear(true)
                .Overflow(VerticalOverflow.Crop)
                .Cropping(VerticalOverflowCropping.Top)
                .StartAsync(async context =>
                {
                    while (await Task.WhenAny(work, Task.Delay(RedrawInterval)) != work)
                    {
                        context.UpdateTarget(Picture());
                    }
                });
        }
        catch (IOException)
        {
            // A terminal that was closed: the work still comes to its end, and keeps its state
        }
    }

    private Rows Picture()
    {
        var laid = PlanTree.Arrange([.. _rows]);
        var height = Math.Max(1, terminal.Live.Profile.Height - 2);
        // One column less than there are: some terminals begin a new line when the last one is filled
        var layout = TreeLayout.Fit(
            [.. laid.Skip(laid.Count - height).Select(line => (line.Branches, line.Row, TreeRenderer.Tail(line.Row)))], terminal.Live.Profile.Width - 1);
        var lines = layout.Rows.Select(row => new Text(string.Concat(TreeRenderer.Line(layout, row).Select(piece => piece.Text))));
        return new Rows(
            [new Text($"Previewing {stack} ({project}): {laid.Count} {(laid.Count == 1 ? "resource" : "resources")}", new Style(decoration: Decoration.Bold)),
                .. lines]);
    }
}
