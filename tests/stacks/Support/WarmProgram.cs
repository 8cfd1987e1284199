using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Infra.Clusters;
using Rehearsal;
using Stacks.Settings.Reading;

namespace Tests.Stacks.Support;

/// <summary>This repository's program in a process that has run it before: the engine notices no difference, and the compiler's second is spent once.</summary>
internal sealed class WarmProgram
{
    private const string Argument = "run-programs";

    private static readonly ConcurrentBag<WarmProgram> Idle = [];

    private readonly Process _process;

    private WarmProgram() => _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(WarmProgram).Assembly.Location, Argument])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Runs the program as <c>ProgramProcess</c> does.</summary>
    public static async Task<int> RunAsync(
        ProgramLaunch launch, IReadOnlyDictionary<string, string> variables, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        var program = Idle.TryTake(out var idle) ? idle : new WarmProgram();
        await using var end = cancellation.Register(() => program._process.Kill());
        await program._process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(variables));
        while (await program._process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            var said = JsonSerializer.Deserialize<Said>(line)!;
            if (said.Exit is { } exit)
            {
                Idle.Add(program);
                return exit;
            }
            (said.IsError ? error : output)(said.Line);
        }
        cancellation.ThrowIfCancellationRequested();
        throw new InvalidOperationException($"'{launch.Command}' ended the process that ran it.");
    }

    /// <summary>The entry point of the tests' assembly, which their own runner does not use: runs the program once for each line of variables.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not [Argument])
        {
            Console.Error.WriteLine("Run the tests with `./platform test`.");
            return 2;
        }
        var (given, heard) = (Console.In, Console.Out);
        Console.SetOut(new Teller(line => Tell(new Said(line))));
        Console.SetError(new Teller(line => Tell(new Said(line) { IsError = true })));
        while (given.ReadLine() is { } line)
        {
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(line)!)
            {
                Environment.SetEnvironmentVariable(name, value.Length == 0 ? null : value);
            }
            Tell(new Said("") { Exit = Run() });
        }
        return 0;

        void Tell(Said said)
        {
            lock (heard)
            {
                heard.WriteLine(JsonSerializer.Serialize(said));
                heard.Flush();
            }
        }
    }

    private static int Run()
    {
        try
        {
            return (int)typeof(global::Stacks.Platform).Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()])!;
        }
        catch (TargetInvocationException e)
        {
            Console.Error.WriteLine($"Unhandled exception. {e.InnerException}");
            // What a process ends with that the runtime aborts
            return 134;
        }
    }

    private sealed record Said(string Line)
    {
        public bool IsError { get; init; }

        public int? Exit { get; init; }
    }

    // A console that passes whole lines on
    private sealed class Teller(Action<string> tell) : TextWriter
    {
        private readonly StringBuilder _line = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }
            tell(_line.ToString());
            _line.Clear();
        }
    }
}

/// <summary>Every program that a test starts takes the same day for today: that of the tables of Kubernetes versions.</summary>
internal static class FixedToday
{
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable(Today.Variable, $"{EksVersion.AsOf:yyyy-MM-dd}");
}
