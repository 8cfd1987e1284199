using System.Text.Json;
using Rehearsal;
using Rehearsal.Events;
using Rehearsal.Graph;
using Rehearsal.Wire;
using Tests.Rehearsal.StackFiles;
using Tests.Rehearsal.Support;

namespace Tests.Rehearsal.Events;

// Promise: the file of events has no secret in the end, not even one that became known only after an event was written.
public sealed class EventLogTests : IDisposable
{
    private const string Marker = "m4rker-0f-a-secret";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OperationKind.Preview)]
    [InlineData(OperationKind.Update)]
    public void ASecretKnownTooLate_IsTakenOutOfWhatWasWritten(OperationKind kind)
    {
        var path = _folder.At("events.json");
        using (var log = new EventLog(path, new RecordingProgress()))
        {
            using var run = new Rehearsed(new RehearsalRequest
            {
                Program = new ProgramLaunch("none", [], ".", "."),
                Project = "p",
                Stack = "s",
                Kind = kind,
            }, log);
            run.Register(new ResourceGoal { Type = Urn.RootType, Name = "p-s" });
            run.Events.Warning($"made {Marker}");
            run.Register(Component("plain", new StringProperty($"postgres://user:{Marker}@host/")));
            run.Register(Component("marked", new SecretProperty(new StringProperty(Marker))));
            run.End();
            log.Finish(run.Secrets);
        }

        var lines = File.ReadAllLines(path);
        lines.ShouldAllBe(line => !line.Contains(Marker, StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("\"message\":\"made [secret]\\n\"", StringComparison.Ordinal));
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sequence").GetInt32()).ShouldBe(Enumerable.Range(0, lines.Length));
    }

    [Fact]
    public void EachLine_IsThereBeforeTheEnd()
    {
        var path = _folder.At("events.json");
        using var log = new EventLog(path, new RecordingProgress());
        for (var i = 0; i < 1_000; i++)
        {
            log.Report(new DiagnosticEvent(new Diagnostic(DiagnosticSeverity.Info, $"line {i}")));
        }

        new FileInfo(path).Length.ShouldBeGreaterThan(50_000);
    }

    private static ResourceGoal Component(string name, PropertyValue url)
        => new() { Type = "platform:test:Thing", Name = name, Properties = PropertyMap.Create(("url", url)) };
}
