using Generator.Naming;
using Generator.Schema;

namespace Generator.Emit;

/// <summary>Writes all classes of a package, a file for each namespace.</summary>
public sealed class PackageEmitter
{
    private readonly PackageSpec _package;
    private readonly Names _names;
    private readonly Usage _usage;
    private readonly InputsEmitter _inputs;
    private readonly OutputsEmitter _outputs;
    private readonly FunctionEmitter _functions;
    private readonly ResourceEmitter _resources;
    private readonly SortedDictionary<string, List<Action<CodeWriter>>> _namespaces = new(StringComparer.Ordinal);

    public PackageEmitter(PackageSpec package)
    {
        _package = package;
        _names = new Names(package);
        _usage = new Usage(package);
        var types = new TypeNames(package, _names);
        var utilities = $"global::{_names.Root}.Utilities.";
        _inputs = new InputsEmitter(types, isSealed: !package.IsKubernetes, utilities);
        _outputs = new OutputsEmitter(types, neverNull: package.IsKubernetes);
        _functions = new FunctionEmitter(_inputs, _outputs, utilities);
        _resources = new ResourceEmitter(package, _names, _outputs, utilities);
    }

    /// <summary>The source files, by name.</summary>
    public IReadOnlyDictionary<string, string> Emit()
    {
        if (_package.Provider is { } provider)
        {
            var arguments = new ObjectSpec { Properties = provider.InputProperties, Required = provider.RequiredInputs };
            Add(_names.Root, word => _resources.Provider(word, provider));
            Add(_names.Root, word => _inputs.Class(word, "ProviderArgs", "Provider", arguments, Side.Args, json: true));
        }

        foreach (var (token, resource) in _package.Resources)
        {
            Resource(token, resource);
        }

        foreach (var (token, function) in _package.Functions)
        {
            Add(_names.Namespace(token), word => _functions.Function(word, token, function));
        }

        foreach (var (token, type) in _package.Types)
        {
            Type(token, type);
        }

        var files = _namespaces.ToDictionary(name => $"{name.Key}.g.cs", name => File(name.Key, name.Value), StringComparer.Ordinal);
        files["Utilities.g.cs"] = SupportEmitter.File(_names, _package.Version);
        return files;
    }

    private void Resource(string token, ResourceSpec resource)
    {
        var name = Names.Last(token);
        var arguments = new ObjectSpec { Properties = resource.InputProperties, Required = resource.RequiredInputs };
        Add(_names.Namespace(token), word => _resources.Resource(word, token, resource));
        if (!IsAlsoType(token))
        {
            Add(
                _package.IsKubernetes ? _names.TypeNamespace(token, Side.Args) : _names.Namespace(token),
                word => _inputs.Class(word, $"{name}Args", name, arguments, Side.Args));
        }

        if (resource.StateInputs is { } state)
        {
            Add(_names.Namespace(token), word => _inputs.Class(word, $"{name}State", name, state, Side.State));
        }
    }

    // A claim in a StatefulSet is typed as the resource PersistentVolumeClaim: one class of arguments serves both, the resource's own.
    private bool IsAlsoType(string token) => _package.IsKubernetes && _package.Types.ContainsKey(token) && _usage.Of(token).Contains(Side.Args);

    private void Type(string token, ComplexTypeSpec type)
    {
        if (type.Enum is { } values)
        {
            Add(_names.Namespace(token), word => EnumEmitter.Struct(word, Names.Last(token), values));
            return;
        }

        var required = _package.Language.Csharp.NodeRequiredOutputs ? type.Language?.Nodejs?.RequiredOutputs ?? type.Required : type.Required;
        foreach (var side in _usage.Of(token))
        {
            var name = _names.TypeClass(token, side);
            Add(_names.TypeNamespace(token, side), word =>
            {
                if (side is Side.Output or Side.Result)
                {
                    _outputs.Class(word, name, Names.Last(token), type, required, side);
                }
                else
                {
                    _inputs.Class(word, name, Names.Last(token), type, side);
                }
            });
        }
    }

    private void Add(string space, Action<CodeWriter> write)
    {
        if (!_namespaces.TryGetValue(space, out var writers))
        {
            _namespaces[space] = writers = [];
        }

        writers.Add(write);
    }

    private static string File(string space, List<Action<CodeWriter>> writers)
    {
        var writer = new CodeWriter();
        writer.Line("#nullable enable");
        using (writer.Block($"namespace {space}"))
        {
            writers.ForEach(write => write(writer));
        }

        return writer.ToString();
    }
}
