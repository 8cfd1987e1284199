using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Rehearsal.Rendering;
using Rehearsal.Wire;

namespace Operate.Verifying;

/// <summary>A report of <c>verify</c> for people: a line for what passed, each part on its own line for what did not.</summary>
internal static class VerifyText
{
    public static void Write(Terminal terminal, VerifyReport report)
    {
        foreach (var group in report.Groups)
        {
            terminal.Write(new StyledText(group.Name, TextStyle.Strong));
            foreach (var finding in group.Findings)
            {
                Write(terminal, finding);
            }
        }
        terminal.Write(new StyledText($"Checks of {report.Stack}: {report.Summary}", report.Failed ? TextStyle.Error : TextStyle.Created));
    }

    private static void Write(Terminal terminal, Finding finding)
    {
        var check = Terminal.OneLine(finding.Check);
        switch (finding.Outcome)
        {
            case Outcome.Passed:
                terminal.Write(new StyledText("  ok       ", TextStyle.Created), $"{check}: expected {Terminal.OneLine(finding.Expected)}; found ",
                    Terminal.OneLine(finding.Found));
                break;
            case Outcome.Failed:
                terminal.Write(new StyledText("  FAILED   ", TextStyle.Error), new StyledText(check, TextStyle.Strong));
                terminal.Write($"             expected: {Terminal.OneLine(finding.Expected)}");
                terminal.Write($"             found:    {Terminal.OneLine(finding.Found)}");
                terminal.Write($"             fix:      {Terminal.OneLine(finding.Fix)}");
                break;
            default:
                terminal.Write(new StyledText("  skipped  ", TextStyle.Faint), $"{check}: ", Terminal.OneLine(finding.Found));
                break;
        }
    }
}

/// <summary>The same for other programs.</summary>
internal static class VerifyJson
{
    public static string Text(VerifyReport report) => JsonText.Write(JsonText.Lines, json =>
    {
        json.WriteStartObject();
        json.WriteString("stack", report.Stack);
        json.WriteString("outputs", report.Source);
        json.WriteNumber("passed", report.Count(Outcome.Passed));
        json.WriteNumber("failed", report.Count(Outcome.Failed));
        json.WriteNumber("skipped", report.Count(Outcome.Skipped));
        json.WriteNumber("seconds", Math.Round(report.Duration.TotalSeconds, 1));
        json.WriteStartArray("groups");
        foreach (var group in report.Groups)
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            json.WriteStartArray("checks");
            foreach (var finding in group.Findings)
            {
                Write(json, finding);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Check);
        json.WriteString("outcome", Word(finding.Outcome));
        json.WriteString("expected", finding.Expected);
        json.WriteString("found", finding.Found);
        if (finding.Fix.Length > 0)
        {
            json.WriteString("fix", finding.Fix);
        }
        json.WriteEndObject();
    }

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed",
        _ => "skipped",
    };
}

/// <summary>The same as JUnit XML, which CI systems show as test results: a suite for each group, a case for each check.</summary>
internal static class VerifyJUnit
{
    public static string Text(VerifyReport report)
    {
        var text = new Utf8StringWriter();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            Counts(xml, $"verify {report.Stack}", report.Groups.SelectMany(group => group.Findings), report.Duration);
            foreach (var group in report.Groups)
            {
                xml.WriteStartElement("testsuite");
                Counts(xml, group.Name, group.Findings, group.Duration);
                foreach (var finding in group.Findings)
                {
                    Case(xml, report.Stack, group.Name, finding);
                }
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return $"{text}\n";
    }

    private static void Counts(XmlWriter xml, string name, IEnumerable<Finding> findings, TimeSpan duration)
    {
        var outcomes = findings.Select(finding => finding.Outcome).ToList();
        xml.WriteAttributeString("name", Plain(name));
        xml.WriteAttributeString("tests", Number(outcomes.Count));
        xml.WriteAttributeString("failures", Number(outcomes.Count(outcome => outcome == Outcome.Failed)));
        xml.WriteAttributeString("errors", Number(0));
        xml.WriteAttributeString("skipped", Number(outcomes.Count(outcome => outcome == Outcome.Skipped)));
        xml.WriteAttributeString("time", duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
    }

    private static void Case(XmlWriter xml, string stack, string group, Finding finding)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Plain($"verify.{stack}.{group}"));
        xml.WriteAttributeString("name", Plain(finding.Check));
        if (finding.Outcome == Outcome.Failed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Plain(finding.Found));
            xml.WriteString(Plain($"expected: {finding.Expected}\nfound: {finding.Found}\nfix: {finding.Fix}"));
            xml.WriteEndElement();
        }
        else if (finding.Outcome == Outcome.Skipped)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Plain(finding.Found));
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteElementString("system-out", Plain($"expected: {finding.Expected}\nfound: {finding.Found}"));
        }
        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // A server may say anything; XML 1.0 has no way to write most control characters, nor half of a pair of surrogates
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            if (place + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[place + 1], text[place]))
            {
                plain.Append(text, place++, 2);
            }
            else if (XmlConvert.IsXmlChar(text[place]))
            {
                plain.Append(text[place]);
            }
            else
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[place]:x4}");
            }
        }
        return plain.ToString();
    }

    private sealed class Utf8StringWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
