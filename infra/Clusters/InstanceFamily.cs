namespace Infra.Clusters;

/// <summary>A family of EC2 instance types: what decides which image its nodes start from.</summary>
/// <param name="Name">What stands before the dot: <c>m7i</c>, <c>g5</c>.</param>
/// <param name="IsArm">Whether its processors are Arm, as Graviton.</param>
/// <param name="Accelerator">What it computes with besides its processors.</param>
public sealed record InstanceFamily(string Name, bool IsArm, Accelerator Accelerator)
{
    private const string Resource = "Infra.Clusters.instance-families.txt";

    private static readonly Lazy<Dictionary<string, InstanceFamily>> Table = new(ReadEmbedded);

    /// <summary>Why EKS has no image of nodes for it: what it has, as <c>AMD GPUs</c>; null where there is one.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Whether each machine is known to have disks of its own.</summary>
    public bool HasLocalDisks { get; init; }

    /// <summary>Whether it stands in the table; of others its name is believed.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Every family of the table.</summary>
    public static IEnumerable<InstanceFamily> All => Table.Value.Values;

    /// <summary>The family of an instance type. One that is newer than the table is judged by EC2's naming conventions.</summary>
    public static InstanceFamily Of(string instanceType)
    {
        var name = instanceType.Split('.')[0];
        return Table.Value.GetValueOrDefault(name) ?? ByName(name);
    }

    // EC2 user guide, "Instance type naming conventions": series, generation, then what distinguishes it: g for Graviton, d for disks.
    private static InstanceFamily ByName(string name)
    {
        var series = string.Concat(name.TakeWhile(char.IsAsciiLetterLower));
        var attributes = string.Concat(name.Skip(series.Length).SkipWhile(char.IsAsciiDigit).TakeWhile(char.IsAsciiLetterLower));
        var obstacle = series switch
        {
            "g" or "gr" or "p" => "GPUs",
            "inf" or "trn" => "Neuron devices",
            "dl" or "f" or "vt" => "accelerators",
            _ => null,
        };
        return new(name, attributes.Contains('g'), obstacle is null ? Accelerator.None : Accelerator.Other)
        {
            Obstacle = obstacle is null ? null : $"{obstacle} of a family that this program does not know",
            HasLocalDisks = attributes.Contains('d'),
        };
    }

    private static Dictionary<string, InstanceFamily> ReadEmbedded()
    {
        using var text = typeof(InstanceFamily).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program was built without {Resource}.");
        using var reader = new StreamReader(text);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(Row)
            .ToDictionary(family => family.Name, StringComparer.Ordinal);
    }

    // "g4ad         x86_64  other   local  AMD GPUs"
    private static InstanceFamily Row(string line)
    {
        var columns = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(columns[0], columns[1] == "arm64", Enum.Parse<Accelerator>(columns[2], ignoreCase: true))
        {
            Obstacle = columns.ElementAtOrDefault(4),
            HasLocalDisks = columns[3] == "local",
            IsKnown = true,
        };
    }
}

/// <summary>What a machine computes with besides its processors, as far as nodes need a driver for it.</summary>
public enum Accelerator
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>GPUs of NVIDIA.</summary>
    Nvidia,

    /// <summary>Inferentia and Trainium.</summary>
    Neuron,

    /// <summary>Something that EKS has no image for.</summary>
    Other,
}
