using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Manifests;

/// <summary>A Kubernetes quantity such as <c>10Gi</c> or <c>250m</c>: it keeps its spelling and compares by amount.</summary>
public sealed partial record Quantity
{
    private Quantity(string text, decimal amount)
    {
        Text = text;
        Amount = amount;
    }

    public string Text { get; }

    /// <summary>In units: bytes for storage and memory, cores for processors.</summary>
    public decimal Amount { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Quantity? quantity)
    {
        quantity = null;
        var match = Shape().Match(text ?? "");
        if (!match.Success || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        quantity = new Quantity(match.Value, number * Factor(match.Groups["unit"].Value));
        return true;
    }

    public static Quantity Parse(string text) =>
        TryParse(text, out var quantity)
            ? quantity
            : throw new FormatException(
                $"'{text}' is not a Kubernetes quantity: it must be a number of at most nine digits before the point with an optional unit m, k, M, G, T, P, "
                    + "Ki, Mi, Gi, Ti or Pi, as in '10Gi'.");

    /// <summary>Whether a text, which an API server may have spelled anew, is the same amount.</summary>
    public bool Means(string text) => TryParse(text, out var other) ? other.Amount == Amount : text == Text;

    /// <summary>The share of this quantity, rounded down to whole units.</summary>
    public long Share(decimal fraction) => decimal.ToInt64(decimal.Floor(Amount * fraction));

    public override string ToString() => Text;

    private static decimal Factor(string unit) => unit switch
    {
        "m" => 0.001m,
        "" => 1m,
        "k" => 1e3m,
        "M" => 1e6m,
        "G" => 1e9m,
        "T" => 1e12m,
        "P" => 1e15m,
        "Ki" => 1024m,
        "Mi" => 1048576m,
        "Gi" => 1073741824m,
        "Ti" => 1099511627776m,
        "Pi" => 1125899906842624m,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "No unit of a quantity."),
    };

    // "10Gi", "0.5", "250m"; not "10 Gi", "10gb", "-1" or "1e3" (the exponent form is legal but nobody writes it in a stack file).
    [GeneratedRegex(@"\A(?<number>[0-9]{1,9}(\.[0-9]{1,3})?)(?<unit>m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}

/// <summary>What a container asks for and may take at most; memory is asked for and limited alike, so that it is never evicted for using what it has.</summary>
/// <param name="CpuRequest">Cores it is scheduled with. There is no processor limit: throttling a proxy costs more than it saves.</param>
/// <param name="Memory">Request and limit.</param>
/// <param name="EphemeralStorage">Request and limit of writable layers, logs and emptyDir volumes together.</param>
/// <param name="CpuLimit">Most cores, where an operator wants it so all the same; null for no limit.</param>
public sealed record ResourceAmounts(Quantity CpuRequest, Quantity Memory, Quantity EphemeralStorage, Quantity? CpuLimit = null)
{
    /// <summary>The same with what an operator knows better.</summary>
    public ResourceAmounts With(ContainerSize size) =>
        new(size.Cpu ?? CpuRequest, size.Memory ?? Memory, size.EphemeralStorage ?? EphemeralStorage, size.CpuLimit ?? CpuLimit);

    public ResourceRequirementsArgs ToRequirements()
    {
        var requirements = new ResourceRequirementsArgs
        {
            Requests =
            {
                ["cpu"] = CpuRequest.Text,
                ["memory"] = Memory.Text,
                ["ephemeral-storage"] = EphemeralStorage.Text,
            },
            Limits =
            {
                ["memory"] = Memory.Text,
                ["ephemeral-storage"] = EphemeralStorage.Text,
            },
        };
        if (CpuLimit is not null)
        {
            requirements.Limits["cpu"] = CpuLimit.Text;
        }

        return requirements;
    }
}
