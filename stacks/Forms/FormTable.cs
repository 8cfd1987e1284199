namespace Stacks.Forms;

/// <summary>A form as lines to copy from.</summary>
public static class FormTable
{
    /// <summary>Prints one form. Nothing is wrapped or cut: a URL of two lines cannot be copied.</summary>
    public static void Write(EnvironmentForm form, TextWriter output)
    {
        output.WriteLine($"{form.Name} ({form.Platform})");
        var width = form.Fields.Max(entry => entry.Field.Label.Length);
        foreach (var (field, value) in form.Fields)
        {
            var lines = value.Text.TrimEnd('\n').Split('\n');
            output.WriteLine($"  {field.Label.PadRight(width)}  {lines[0]}");
            foreach (var line in lines[1..])
            {
                output.WriteLine($"  {"".PadRight(width)}  {line}");
            }
        }

        output.WriteLine($"  Credentials: {form.Credentials}. TOWER_ENABLE_PLATFORMS of the Platform has to name {form.Platform}. Studios cannot run in it.");
        if (form.Warning is { } warning)
        {
            output.WriteLine($"  {warning}");
        }

        output.WriteLine();
    }
}
