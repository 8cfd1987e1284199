using Infra.Charts;
using Infra.Clusters;
using Tests.Support;

namespace Tests.Infra.Charts;

// Promise: docs/addons.md says of pins and ends of support what the code has.
public sealed class AddonsPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "addons.md"));

    [Fact]
    public void Charts_AreThoseOfTheCode() => Table("## Helm charts").Select(row => $"{row[0]} {row[1]} {row[2]}")
        .ShouldBe(HelmCharts.All.Select(chart => $"`{chart.Name}` {chart.Version} {chart.Namespace}"));

    [Fact]
    public void WhatNobodyMayChange_IsSaid()
    {
        foreach (var (row, chart) in Table("## Helm charts").Zip(HelmCharts.All))
        {
            var said = row[5].Split(", ").Select(word => word.Trim('`')).Where(word => word != "names").ToArray();
            said.ShouldBe(
                chart.Owned.Where(owned => !owned.EndsWith("Override", StringComparison.Ordinal) && owned != "installCRDs"), ignoreOrder: true, chart.Name);
        }
    }

    [Fact]
    public void AddOns_AreThoseOfTheCode()
    {
        var rows = Table("## Add-ons of EKS").ToDictionary(row => row[0].Split('`')[1], row => row[1..6], StringComparer.Ordinal);

        rows.Keys.ShouldBe(EksAddon.Names, ignoreOrder: true);
        foreach (var (index, version) in EksVersion.All.Index())
        {
            EksAddon.For(version, lustreEnabled: true).Select(addon => (addon.Name, addon.Version))
                .ShouldBe(rows.Select(row => (row.Key, Repeated(row.Value, index))), ignoreOrder: true, version.Name);
        }
    }

    [Fact]
    public void EndsOfSupport_AreThoseOfTheCode()
    {
        var rows = Table("## Kubernetes versions").ToArray();

        rows.Select(row => $"{row[0]} {row[1]} {row[2]}")
            .ShouldBe(EksVersion.All.Select(version => $"{version.Name} {version.StandardUntil:yyyy-MM-dd} {version.ExtendedUntil:yyyy-MM-dd}"));
        rows.Where(row => row[3].Length > 0).Select(row => $"{row[0]} {row[3]} {row[4]}")
            .ShouldBe(GkeVersion.All.Select(version => $"{version.Name} {version.StandardUntil:yyyy-MM-dd} {version.ExtendedUntil:yyyy-MM-dd}"));
    }

    // "=" is what stands before it.
    private static string Repeated(string[] cells, int index) => cells[index] == "=" ? Repeated(cells, index - 1) : cells[index];

    private static IEnumerable<string[]> Table(string heading) => Page
        .SkipWhile(line => line != heading)
        .SkipWhile(line => !line.StartsWith('|'))
        .TakeWhile(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray());
}
