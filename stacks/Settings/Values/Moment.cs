using System.Globalization;

namespace Stacks.Settings.Values;

/// <summary>A day or a moment in UTC: <c>2026-12-18</c> or <c>2026-12-18T06:00:00Z</c>.</summary>
internal static class Moment
{
    public const string Pattern = $"^[0-9]{{4}}-({LongMonths}|{ShortMonths}|{February})(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?$";

    private const string LongMonths = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])";
    private const string ShortMonths = "(0[469]|11)-(0[1-9]|[12][0-9]|30)";
    private const string February = "02-(0[1-9]|[12][0-9])";

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public static bool TryParse(string? text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    /// <summary>As it is written in a stack file: a day where it is one.</summary>
    public static string Text(DateTimeOffset moment) =>
        moment.TimeOfDay == TimeSpan.Zero ? $"{moment:yyyy-MM-dd}" : $"{moment:yyyy-MM-dd'T'HH:mm:ss'Z'}";
}
