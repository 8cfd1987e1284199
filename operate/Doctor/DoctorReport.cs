using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Operate.Doctor;

/// <summary>What <c>doctor</c> found, for people and for programs.</summary>
internal static class DoctorReport
{
    /// <summary>A line for each need: what, found, for what; a second one with the fix.</summary>
    public static void Write(Terminal terminal, Diagnosis diagnosis)
    {
        var widest = diagnosis.Needs.Max(need => need.What.Length);
        foreach (var group in diagnosis.Groups.Where(group => group.Needs.Count > 0))
        {
            terminal.Write(new StyledText(group.Name, TextStyle.Strong));
            foreach (var need in group.Needs)
            {
                var purpose = need.Presence == Presence.Missing ? "missing for" : "for";
                terminal.Write(Mark(need), need.What.PadRight(widest), "  ", need.Found, new StyledText($"  ({purpose}: {need.For})", TextStyle.Faint));
                if (need.Fix.Length > 0)
                {
                    terminal.Write($"           {new string(' ', widest)}  fix: {need.Fix}");
                }
            }
        }
        var blocking = diagnosis.Needs.Where(need => need.Blocks).Select(need => need.What).ToList();
        var missing = diagnosis.Needs.Where(need => need is { Presence: Presence.Missing, Blocks: false }).Select(need => need.What).ToList();
        terminal.Write(
            blocking.Count > 0 ? new StyledText($"Missing for building and previews: {string.Join(", ", blocking)}.", TextStyle.Error)
                : new StyledText("Everything is there that building and previews need.", TextStyle.Created),
            missing.Count > 0 ? $" Missing for other things: {string.Join(", ", missing)}." : "");
    }

    /// <summary>The same as JSON.</summary>
    public static string Json(Diagnosis diagnosis) => JsonText.Write(JsonText.Lines, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("ready", diagnosis.IsReady);
        json.WriteStartArray("checks");
        foreach (var (group, need) in diagnosis.Groups.SelectMany(group => group.Needs.Select(need => (group.Name, need))))
        {
            json.WriteStartObject();
            json.WriteString("group", group);
            json.WriteString("what", need.What);
            json.WriteString("status", Word(need.Presence));
            json.WriteString("found", need.Found);
            json.WriteString("neededFor", need.For);
            json.WriteBoolean("required", need.IsRequired);
            if (need.Fix.Length > 0)
            {
                json.WriteString("fix", need.Fix);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static StyledText Mark(Need need) => need switch
    {
        { Presence: Presence.Found } => new StyledText("  ok       ", TextStyle.Created),
        { Blocks: true } => new StyledText("  MISSING  ", TextStyle.Error),
        { Presence: Presence.Missing } => new StyledText("  missing  ", TextStyle.Warning),
        _ => new StyledText("  -        ", TextStyle.Faint),
    };

    private static string Word(Presence presence) => presence switch
    {
        Presence.Found => "found",
        Presence.Missing => "missing",
        _ => "skipped",
    };
}
