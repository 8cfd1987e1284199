using System.Collections.Immutable;
using Rehearsal.Providers;
using Rehearsal.Wire;

namespace Rehearsal.Schemas;

/// <summary>Holds properties against their schema and says everything that is wrong with them.</summary>
/// <remarks>Unknown values pass: their type is the program's business. Secret values are checked and never quoted.</remarks>
/// <param name="schema">Where the types are declared.</param>
/// <param name="partial">Whether nothing is required.</param>
internal sealed class InputChecker(PackageSchema schema, bool partial = false)
{
    private const int LongestQuote = 60;

    public ImmutableArray<CheckFailure> Check(ObjectSpec spec, PropertyMap inputs)
    {
        List<CheckFailure>? failures = null;
        Check(spec, inputs, "", secret: false, ref failures);
        return failures is null ? [] : [.. failures];
    }

    private void Check(ObjectSpec spec, PropertyMap inputs, string path, bool secret, ref List<CheckFailure>? failures)
    {
        foreach (var (key, value) in inputs)
        {
            // Names with two underscores are Pulumi's own: __defaults, __internal
            if (key.StartsWith("__", StringComparison.Ordinal))
            {
                continue;
            }
            var at = path.Length == 0 ? key : $"{path}.{key}";
            if (!spec.Properties.TryGetValue(key, out var property))
            {
                if (value is not NullProperty)
                {
                    Add(ref failures, at, Unknown(key, spec));
                }
            }
            else if (property.Constant is { } constant && value is StringProperty text && text.Value != constant)
            {
                Add(ref failures, at, $"must be \"{constant}\", is {Quote(value, secret)}");
            }
            else
            {
                Check(property.Type, value, at, secret, ref failures);
            }
        }
        foreach (var key in spec.Required)
        {
            if (!partial && inputs.Find(key) is null or NullProperty)
            {
                Add(ref failures, path.Length == 0 ? key : $"{path}.{key}", "is required and missing");
            }
        }
    }

    private void Check(TypeSpec type, PropertyValue value, string path, bool secret, ref List<CheckFailure>? failures)
    {
        switch (value)
        {
            case NullProperty or UnknownProperty:
                return;
            case SecretProperty hidden:
                Check(type, hidden.Value, path, secret: true, ref failures);
                return;
            case OutputProperty output:
                Check(type, output.WithoutDependencies, path, secret, ref failures);
                return;
            default:
                break;
        }
        switch (type.Kind)
        {
            case TypeKind.List when value is ListProperty list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    Check(type.Element!, list.Items[i], $"{path}[{i}]", secret, ref failures);
                }
                return;
            case TypeKind.Map when value is ObjectProperty map:
                foreach (var (key, item) in map.Properties)
                {
                    Check(type.Element!, item, $"{path}[\"{key}\"]", secret, ref failures);
                }
                return;
            case TypeKind.Object when schema.Type(type.Token) is { } declared:
                CheckDeclared(type, declared, value, path, secret, ref failures);
                return;
            case TypeKind.OneOf:
                CheckChoices(type, value, path, secret, ref failures);
                return;
            default:
                if (!Fits(type.Kind, value))
                {
                    Add(ref failures, path, $"must be {type.Words}, is {Quote(value, secret)}");
                }
                return;
        }
    }

    private void CheckDeclared(TypeSpec type, DeclaredType declared, PropertyValue value, string path, bool secret, ref List<CheckFailure>? failures)
    {
        if (declared.Object is { } spec)
        {
            if (value is ObjectProperty map)
            {
                Check(spec, map.Properties, path, secret, ref failures);
            }
            else
            {
                Add(ref failures, path, $"must be an object ({type.Words}), is {Quote(value, secret)}");
            }
        }
        else if (!declared.Allowed.Contains(value))
        {
            Add(ref failures, path, $"must be one of {string.Join(", ", declared.Allowed)}; is {Quote(value, secret)}");
        }
    }

    private void CheckChoices(TypeSpec type, PropertyValue value, string path, bool secret, ref List<CheckFailure>? failures)
    {
        List<CheckFailure>? closest = null;
        foreach (var choice in type.Choices)
        {
            List<CheckFailure>? found = null;
            Check(choice, value, path, secret, ref found);
            if (found is null)
            {
                return;
            }
            // Complaints from inside the value come from a choice whose shape fits
            if (found.Exists(field => field.Path.Length > path.Length))
            {
                closest ??= found;
            }
        }
        foreach (var failure in closest ?? [new CheckFailure(path, $"must be {type.Words}, is {Quote(value, secret)}")])
        {
            Add(ref failures, failure.Path, failure.Reason);
        }
    }

    private static bool Fits(TypeKind kind, PropertyValue value) => kind switch
    {
        TypeKind.Text => value is StringProperty,
        TypeKind.Boolean => value is BooleanProperty,
        TypeKind.Integer => value is NumberProperty number && double.IsInteger(number.Value),
        TypeKind.Number => value is NumberProperty,
        TypeKind.List or TypeKind.Map => false,
        TypeKind.Asset => value is AssetProperty or ArchiveProperty,
        _ => true,
    };

    private static string Unknown(string key, ObjectSpec spec) => Nearest.Find(key, spec.Properties.Keys) is { } nearest
        ? $"is not a known property; did you mean '{nearest}'?"
        : $"is not a known property; known are {string.Join(", ", spec.Properties.Keys.Order(StringComparer.Ordinal))}";

    private static string Quote(PropertyValue value, bool secret)
    {
        if (secret)
        {
            return PropertyMask.Text;
        }
        var text = value.ToString();
        return text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
    }

    private static void Add(ref List<CheckFailure>? failures, string path, string reason) => (failures ??= []).Add(new CheckFailure(path, reason));
}
