using Generator.Schema;

namespace Generator.Naming;

/// <summary>On which sides each named type is reached, so that only classes somebody can use are written.</summary>
public sealed class Usage
{
    private readonly PackageSpec _package;
    private readonly HashSet<(string Token, Side Side)> _reached = [];

    public Usage(PackageSpec package)
    {
        _package = package;
        foreach (var resource in package.Resources.Values.Append(package.Provider).OfType<ResourceSpec>())
        {
            Reach(resource.InputProperties.Values, Side.Args);
            Reach(resource.Properties.Values, Side.Output);
            Reach(resource.StateInputs?.Properties.Values, Side.State);
        }

        foreach (var function in package.Functions.Values)
        {
            Reach(function.Inputs?.Properties.Values, Side.InvokeArgs);
            Reach(function.Inputs?.Properties.Values, Side.PlainArgs);
            Reach(function.Outputs?.Properties.Values, Side.Result);
        }
    }

    public IEnumerable<Side> Of(string token) => Enum.GetValues<Side>().Where(side => _reached.Contains((token, side)));

    private void Reach(IEnumerable<TypeSpec>? types, Side side)
    {
        foreach (var type in types ?? [])
        {
            Reach(type, side);
        }
    }

    private void Reach(TypeSpec? type, Side side)
    {
        if (type is null)
        {
            return;
        }

        Reach(type.Items, side);
        Reach(type.AdditionalProperties, side);
        Reach(type.OneOf, side);
        if (type.Token is { } token && _reached.Add((token, side)))
        {
            Reach(_package.Types[token].Properties.Values, side);
        }
    }
}
