using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tests.Rehearsal.StackFiles;
using Tests.Support;

namespace Tests.Counts;

// Promise: a preview loads no library that it does not need, and its plan does not grow unseen. Both are counted in processes that start as users' do.
public sealed class StartTests
{
    private const string FolderVariable = "LOADED_ASSEMBLIES";

    // Opens sealed values, which only some stack files have
    private const string Unneeded = "BouncyCastle.Cryptography";

    // What a serializer loads that asks types for their members, and reflection that compiles code of its own
    private const string Compiling = "System.Reflection.Emit";

    // The runtime starts it in front of Main (dotnet/runtime, docs/design/features/host-startup-hook.md); only the runtime's own library is asked for.
    private const string Hook = $$"""
        internal static class StartupHook
        {
            public static void Initialize() => System.AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.WriteAllLines(
                System.IO.Path.Combine(System.Environment.GetEnvironmentVariable("{{FolderVariable}}"), System.AppDomain.CurrentDomain.FriendlyName),
                System.Array.ConvertAll(System.AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name));
        }
        """;

    private static readonly Lazy<Task<(string[] Engine, string[] Program, string Plan)>> Preview = new(PreviewAsync);

    [Fact]
    public async Task TheEngine_LoadsNoMoreThanItDid()
    {
        var loaded = (await Preview.Value).Engine;

        Bound.EngineAssemblies.Holds(loaded.Length, loaded);
        loaded.ShouldNotContain(Unneeded);
    }

    [Fact]
    public async Task TheProgram_LoadsNoMoreThanItDid()
    {
        var loaded = (await Preview.Value).Program;

        Bound.ProgramAssemblies.Holds(loaded.Length, loaded);
        loaded.ShouldNotContain(assembly => assembly.StartsWith(Compiling, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ThePlanOfDev_IsNoLongerThanItWas() => Bound.PlanOfDev.Holds(Encoding.UTF8.GetByteCount((await Preview.Value).Plan));

    private static async Task<(string[] Engine, string[] Program, string Plan)> PreviewAsync()
    {
        using var folder = new TemporaryFolder();
        var hook = folder.At("hook.dll");
        CSharpCompilation.Create(
            "hook", [CSharpSyntaxTree.ParseText(Hook)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(hook).Diagnostics.ShouldBeEmpty();
        var start = new ProcessStartInfo("dotnet", [Repository.Built("rehearsal", "Rehearsal.dll"), "preview", "dev", "--json", "--state", folder.At("state")])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PLATFORM_PROGRAM"] = Repository.Built("stacks", "Stacks.dll");
        start.Environment["DOTNET_STARTUP_HOOKS"] = hook;
        start.Environment[FolderVariable] = Directory.CreateDirectory(folder.At("loaded")).FullName;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return (Loaded("Rehearsal"), Loaded("Stacks"), await output);

        string[] Loaded(string name) => [.. File.ReadAllLines(folder.At($"loaded/{name}")).Where(assembly => assembly != "hook").Order(StringComparer.Ordinal)];
    }
}
