using Rehearsal.Graph;

namespace Rehearsal.Rendering;

/// <summary>Rows of a tree in columns that fit the terminal: a row stays a row, and rows that differ are still told apart.</summary>
/// <remarks>
/// Where there is less room than the rows want, types lose what their class repeats (as <c>pulumi preview</c> shows them), then their package and module;
/// names get an ellipsis in the middle, or wherever it leaves siblings different. Nothing is shortened where the width is not known.
/// </remarks>
internal sealed class TreeLayout
{
    public const int SignWidth = 3;
    public const string Gap = "  ";

    /// <summary>Terminals are taken for at least so wide.</summary>
    public const int LeastWidth = 40;

    private const int Left = SignWidth + 2;

    // What a column keeps when the others want all
    private const int LeastCell = 6;

    private TreeLayout(IReadOnlyList<TreeRow> rows, int types, int names) => (Rows, Types, Names) = (rows, types, names);

    /// <summary>The rows as they are to be written.</summary>
    public IReadOnlyList<TreeRow> Rows { get; }

    /// <summary>The columns of branches and type.</summary>
    public int Types { get; }

    /// <summary>The columns of the name.</summary>
    public int Names { get; }

    /// <summary>Lays rows out.</summary>
    /// <param name="laid">Rows of <see cref="PlanTree.Arrange"/>, each with what stands in the last column.</param>
    /// <param name="width">The columns of the terminal; null where it does not matter.</param>
    public static TreeLayout Fit(IReadOnlyList<(string Branches, PlanRow Row, string Tail)> laid, int? width)
    {
        TreeRow[] rows = [.. laid.Select(line => new TreeRow(
            line.Row, line.Branches, Terminal.OneLine(line.Row.Type), Terminal.OneLine(line.Row.Urn.Name), line.Tail))];
        if (width is not { } given || Fits(rows, Math.Max(given, LeastWidth)))
        {
            return Of(rows);
        }
        var columns = Math.Max(given, LeastWidth);
        var simple = Distinct([.. rows.Select(row => row with { Type = TypeToken.Simplified(row.Type) })], int.MaxValue);
        return Fits(simple, columns) ? Of(simple) : Narrowed(simple, columns);
    }

    private static TreeLayout Of(TreeRow[] rows) => new(
        rows, Widest("Type", rows.Select(row => row.Branches.Length + CellText.Width(row.Type))), Widest("Name", rows.Select(row => CellText.Width(row.Name))));

    private static bool Fits(TreeRow[] rows, int columns)
    {
        var natural = Of(rows);
        return Left + natural.Types + Gap.Length + natural.Names + Tails(rows) <= columns;
    }

    private static int Tails(TreeRow[] rows) => Gap.Length + Widest("Change", rows.Select(row => CellText.Width(row.Tail)));

    private static TreeLayout Narrowed(TreeRow[] rows, int columns)
    {
        var natural = Of(rows);
        // The word for what happens stays whole where that leaves room; what is said behind it may be cut
        var words = Widest("Change", rows.Select(row => CellText.Width(row.Tail.Split(Gap)[0])));
        var tails = Math.Min(Tails(rows) - Gap.Length, Math.Max(Math.Min(words, columns * 2 / 5), columns / 3));
        var body = columns - Left - Gap.Length - Gap.Length - tails;
        var half = body / 2;
        var names = natural.Types <= body - half ? body - natural.Types : Math.Min(natural.Names, half);
        names = Math.Max(LeastCell, Math.Min(natural.Names, names));
        var types = Math.Min(natural.Types, Math.Max(LeastCell, body - names));
        TreeRow[] fitted = [.. rows.Select(row => row.Fitted(types, names, tails))];
        return new TreeLayout(Distinct(Apart(rows, fitted, types, names), names), types, names);
    }

    // Siblings that became the same get their ellipsis elsewhere
    private static TreeRow[] Apart(TreeRow[] rows, TreeRow[] fitted, int types, int names)
    {
        var result = fitted.ToArray();
        var same = Enumerable.Range(0, fitted.Length).GroupBy(index => (fitted[index].Row.Parent, fitted[index].Type, fitted[index].Name))
            .Where(group => group.Select(index => rows[index].Row.Urn).Distinct().Count() > 1);
        foreach (var group in same.Select(group => group.ToArray()))
        {
            var byName = Distinguished([.. group.Select(index => rows[index].Name)], names);
            var byType = byName is null ? Distinguished([.. group.Select(index => rows[index].Type)], types - fitted[group[0]].Branches.Length) : null;
            for (var i = 0; i < group.Length; i++)
            {
                var row = fitted[group[i]];
                result[group[i]] = row with { Name = byName?[i] ?? row.Name, Type = byType?[i] ?? row.Type };
            }
        }
        return result;
    }

    // The texts with the ellipsis at a place where as many differ as before; null when there is none
    private static string[]? Distinguished(string[] texts, int width)
    {
        var different = texts.Distinct(StringComparer.Ordinal).Count();
        return different == 1 ? null : Enumerable.Range(0, width).OrderBy(head => Math.Abs(head - width / 2))
            .Select(head => texts.Select(text => CellText.Shortened(text, width, head)).ToArray())
            .FirstOrDefault(shortened => shortened.Distinct(StringComparer.Ordinal).Count() == different);
    }

    // The last resort: what still is the same is numbered
    private static TreeRow[] Distinct(TreeRow[] rows, int names)
    {
        var taken = new Dictionary<(Urn? Parent, string Type, string Name), Urn>();
        return [.. rows.Select(row =>
        {
            var own = row;
            for (var number = 2; !taken.TryAdd((row.Row.Parent, own.Type, own.Name), row.Row.Urn)
                && taken[(row.Row.Parent, own.Type, own.Name)] != row.Row.Urn; number++)
            {
                var mark = $"#{number}";
                own = row with { Name = CellText.Cut(row.Name, Math.Max(1, names - mark.Length)) + mark };
            }
            return own;
        })];
    }

    private static int Widest(string heading, IEnumerable<int> widths) => widths.Append(heading.Length).Max();
}

/// <summary>One row as it is written.</summary>
/// <param name="Row">What it is about.</param>
/// <param name="Branches">What leads to it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tail">What happens to it, and what else there is to say.</param>
internal sealed record TreeRow(PlanRow Row, string Branches, string Type, string Name, string Tail)
{
    public TreeRow Fitted(int types, int names, int tails)
    {
        // Of branches that lead too deep the last ones are kept
        var branches = Branches.Length <= types / 2 ? Branches : CellText.Ellipsis + Branches[^(types / 2 - 1)..];
        return this with
        {
            Branches = branches,
            Type = TypeToken.Shortened(Type, types - branches.Length),
            Name = CellText.Shortened(Name, names),
            Tail = CellText.Cut(Tail, tails),
        };
    }
}

/// <summary>Type tokens in less room.</summary>
internal static class TypeToken
{
    /// <summary><c>aws:ec2:Instance</c> for <c>aws:ec2/instance:Instance</c>: without what the class repeats, as the Pulumi CLI shows it.</summary>
    public static string Simplified(string type)
    {
        if (type.Split(':') is not [var package, var module, { Length: > 0 } name])
        {
            return type;
        }
        var slash = module.LastIndexOf('/');
        return slash >= 0 && module[(slash + 1)..] == $"{char.ToLowerInvariant(name[0])}{name[1..]}" ? $"{package}:{module[..slash]}:{name}" : type;
    }

    /// <summary>The token in at most a number of columns: whole, without module, the class alone, the class with an ellipsis.</summary>
    public static string Shortened(string type, int width)
    {
        string[] forms = type.Split(':') is [var package, var module, var name]
            ? [type, $"{package}:{module[(module.LastIndexOf('/') + 1)..]}:{name}", $"{package}:{CellText.Ellipsis}:{name}", name] : [type];
        return forms.FirstOrDefault(form => CellText.Width(form) <= width) ?? CellText.Shortened(forms[^1], Math.Max(1, width));
    }
}
