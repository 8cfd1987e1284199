using System.Globalization;
using Generator.Schema;

namespace Generator.Naming;

/// <summary>The names that the official packages give to tokens and properties.</summary>
public sealed class Names(PackageSpec package)
{
    /// <summary>The namespace that all of the package lives in: <c>Pulumi.Aws</c>.</summary>
    public string Root { get; } = $"Pulumi.{Title(package.Name)}";

    /// <summary>The class name in a token: <c>Cluster</c> of <c>aws:eks/cluster:Cluster</c>.</summary>
    public static string Last(string token) => Title(token[(token.LastIndexOf(':') + 1)..]);

    public static string Title(string name) => name.Length == 0 ? name : char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];

    /// <summary>The property's name in C#: never that of the type which has it.</summary>
    public static string Property(string key, PropertySpec property, string owner)
    {
        if (property.Language?.Csharp?.Name is { } given)
        {
            return given;
        }

        var name = Title(Identifier(key));
        return name == owner ? name + "Value" : name;
    }

    /// <summary>The key without the characters that no identifier may have: <c>ref</c> of <c>$ref</c>.</summary>
    public static string Identifier(string key) => string.Concat(key.Where(entry => char.IsLetterOrDigit(entry) || entry == '_'));

    /// <summary>The namespace of a resource or function.</summary>
    public string Namespace(string token)
    {
        var module = Module(token);
        return module.Length == 0 ? Root : $"{Root}.{ModuleName(module)}";
    }

    /// <summary>The namespace of a named type's class on a side.</summary>
    public string TypeNamespace(string token, Side side)
    {
        var folder = side is Side.Output or Side.Result ? "Outputs" : "Inputs";
        if (!package.IsKubernetes)
        {
            return $"{Namespace(token)}.{folder}";
        }

        var module = Module(token);
        return $"{Root}.Types.{folder}.{(module.Length == 0 ? "Provider" : ModuleName(module))}";
    }

    /// <summary>The class of a named type on a side, without namespace.</summary>
    public string TypeClass(string token, Side side)
    {
        if (package.Types[token].Enum is not null)
        {
            return Last(token);
        }

        return Last(token) + side switch
        {
            Side.Args or Side.PlainArgs => "Args",
            Side.State => "GetArgs",
            Side.InvokeArgs => "InputArgs",
            Side.Result => "Result",
            _ => "",
        };
    }

    /// <summary>The class of a named type on a side, with namespace.</summary>
    public string TypeReference(string token, Side side) =>
        package.Types[token].Enum is not null
            ? $"global::{Namespace(token)}.{Last(token)}"
            : $"global::{TypeNamespace(token, side)}.{TypeClass(token, side)}";

    private string ModuleName(string module) =>
        package.Language.Csharp.Namespaces.TryGetValue(module, out var name)
            ? name
            : string.Join('.', module.Split('/').Select(part => Title(part.Split('.')[0])));

    // Aws:eks/cluster:Cluster is in module eks; kubernetes:core/v1:Pod in core/v1, which ends in a version and not in a resource's name.
    private string Module(string token)
    {
        var middle = token.Split(':')[1];
        var module = package.IsKubernetes ? middle : middle.Split('/')[0];
        return module == "index" ? "" : module;
    }
}
