using Rehearsal.Events;
using Rehearsal.Rendering;

namespace Rehearsal.Commands;

/// <summary>Runs the engine, with the growing plan on the terminal where there is one.</summary>
internal static class Rehearsing
{
    public static async Task<RehearsalResult> RunAsync(CommandHost host, RehearsalRequest request, bool live, CancellationToken cancellation)
    {
        if (!live || !host.Terminal.IsLive) return Reported(await host.Engine().RunAsync(request, Silent.Instance, cancellation));
        var progress = new LivePlan(host.Terminal, request.Stack, request.Project);
        // the program starts first: the library that draws is loaded while it does
        var running = host.Engine().RunAsync(request, progress, cancellation);
        await progress.ShowAsync(running);
        return Reported(await running);
    }

    private static RehearsalResult Reported(RehearsalResult result) => result with { Plan = ReportedPlan.Of(result.Plan) };

    private sealed class Silent : IProgress<EngineEvent>
    {
        public static readonly Silent Instance = new();

        public void Report(EngineEvent value)
        {
            // nobody watches: the result says everything
        }
    }
}
