namespace Rehearsal.Graph;

/// <summary>How long a provider may take, as Go durations (<c>30m</c>, <c>1h30m</c>); empty means the provider's default.</summary>
public sealed record CustomTimeouts(string Create, string Update, string Delete)
{
    public static readonly CustomTimeouts None = new("", "", "");
}
