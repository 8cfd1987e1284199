using System.Globalization;
using System.Text.RegularExpressions;
using Stacks.Settings.Declaring;

namespace Stacks.Settings.Values;

/// <summary>A machine type of Cloud SQL's Enterprise edition, written as <c>db-custom-2-8192</c>: processors and MiB of memory.</summary>
/// <remarks>
/// Cloud SQL, "Instance settings": one processor or an even number up to 96; 0.9 to 6.5 GiB of memory for each, in steps of 256 MiB, 3.75 GiB at least. The
/// shared ones, <c>db-f1-micro</c> and <c>db-g1-small</c>, have less memory than Posit asks for.
/// </remarks>
public static class CloudSqlMachine
{
    public const string Pattern = "^db-custom-[1-9][0-9]?-[1-9][0-9]{3,5}$";

    private const int MostProcessors = 96;
    private const int LeastMemory = 3_840;
    private const int MemoryStep = 256;
    private const double LeastOfEach = 0.9 * 1024;
    private const double MostOfEach = 6.5 * 1024;

    /// <summary>What is wrong with a text of the pattern, as a clause that does not repeat it; null if Cloud SQL takes it, or if the pattern does not.</summary>
    public static string? Problem(string text)
    {
        if (!TextForm.Matches(text, Pattern))
        {
            return null;
        }

        var numbers = text.Split('-')[2..].Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (processors, memory) = (numbers[0], numbers[1]);
        return (processors, memory) switch
        {
            ( > MostProcessors, _) => "has more than 96 processors",
            ( > 1, _) when processors % 2 == 1 => "has an odd number of processors",
            (_, < LeastMemory) => "has less than 3840 MiB of memory",
            _ when memory % MemoryStep != 0 => "has memory that is no multiple of 256 MiB",
            _ when memory < processors * LeastOfEach => "has less than 0.9 GiB of memory for each processor",
            _ when memory > processors * MostOfEach => "has more than 6.5 GiB of memory for each processor",
            _ => null,
        };
    }
}

/// <summary>Where a PostgreSQL server listens: what stands between <c>@</c> and the port in a URI.</summary>
public static class PostgresHost
{
    /// <summary>What is wrong with a text that is none, as a clause that does not repeat it; null where the noun says enough.</summary>
    public static string? Problem(string text) => text switch
    {
        _ when text.Contains("://", StringComparison.Ordinal) && Credentials.AreIn(text) => "is a URI with a password inside",
        _ when text.Contains("://", StringComparison.Ordinal) => "is a URI",
        _ when text.Contains('=') => "is a connection string",
        _ when text.Contains('@') => "has a user before it",
        _ when text.Contains(':') => "has a port or is an IPv6 address",
        _ when text.StartsWith('/') => "is a socket of the pod's own machine",
        _ when LocalHost.IsOne(text) => "is each pod's own machine as the pod sees it",
        _ => null,
    };
}

/// <summary>Passwords that stand inside of a text which should hold none.</summary>
public static class Credentials
{
    // RFC 3986, userinfo with a colon in it, with a scheme or without; libpq's connection strings and parameters of URIs. An image has no host behind its @.
    private static readonly string[] Patterns =
    [
        @"://\S*:\S*@",
        @"\A[^\s:/@]+:\S+@[^\s/:@]+(:[0-9]+)?(/\S*)?\z",
        @"(\A|[^a-z])(password|passwd|pwd|pass)\s*=",
    ];

    public static bool AreIn(string text) => Patterns.Any(pattern => Regex.IsMatch(text, pattern, Options, TimeSpan.FromSeconds(1)));

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
}
