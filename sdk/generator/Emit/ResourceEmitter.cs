using Generator.Naming;
using Generator.Schema;

namespace Generator.Emit;

/// <summary>Writes a resource or provider class.</summary>
public sealed class ResourceEmitter(PackageSpec package, Names names, OutputsEmitter outputs, string utilities)
{
    private const string Options = "global::Pulumi.CustomResourceOptions";

    public void Resource(CodeWriter writer, string token, ResourceSpec resource)
    {
        var name = Names.Last(token);
        var arguments = package.IsKubernetes ? $"global::{names.TypeNamespace(token, Side.Args)}.{name}Args" : $"{name}Args";
        var optional = package.IsKubernetes || resource.RequiredInputs.Count == 0;
        var text = Literals.Text(token);
        var parent = package.IsKubernetes ? $"global::{names.Root}.KubernetesResource" : "global::Pulumi.CustomResource";
        var state = resource.StateInputs is null ? null : $"{name}State";

        Attribute(writer, token);
        using var body = writer.Block($"public partial class {name} : {parent}");
        Properties(writer, name, resource);
        writer.Line($"public {name}(string name, {arguments}{(optional ? "? args = null" : " args")}, {Options}? options = null)");
        writer.Line($"    : base({text}, name, MakeArgs(args), MakeResourceOptions(options, \"\"))");
        writer.Line("{");
        writer.Line("}");
        writer.Line($"private {name}(string name, global::Pulumi.Input<string> id, {(state is null ? "" : $"{state}? state, ")}{Options}? options)");
        writer.Line($"    : base({text}, name, {(state is null ? "null" : "state")}, MakeResourceOptions(options, id))");
        writer.Line("{");
        writer.Line("}");
        MakeArgs(writer, arguments, name, resource);
        MakeOptions(writer, resource);
        writer.Line(
            $"public static {name} Get(string name, global::Pulumi.Input<string> id, {(state is null ? "" : $"{state}? state = null, ")}{Options}? options = null)");
        writer.Line($"    => new {name}(name, id, {(state is null ? "" : "state, ")}options);");
    }

    public void Provider(CodeWriter writer, ResourceSpec provider)
    {
        Attribute(writer, $"pulumi:providers:{package.Name}");
        using var body = writer.Block("public partial class Provider : global::Pulumi.ProviderResource");
        Properties(writer, "Provider", provider);
        writer.Line($"public Provider(string name, ProviderArgs? args = null, {Options}? options = null)");
        writer.Line($"    : base({Literals.Text(package.Name)}, name, MakeArgs(args), MakeResourceOptions(options, \"\"))");
        writer.Line("{");
        writer.Line("}");
        MakeArgs(writer, "ProviderArgs", "Provider", provider);
        MakeOptions(writer, provider);
    }

    private void Attribute(CodeWriter writer, string token) =>
        writer.Line($"[global::{names.Root}.{names.Root.Split('.')[1]}ResourceType({Literals.Text(token)})]");

    private void Properties(CodeWriter writer, string owner, ResourceSpec resource)
    {
        foreach (var (key, property) in resource.Properties)
        {
            var type = outputs.Type(property, resource.Required.Contains(key), Side.Output);
            writer.Line($"[global::Pulumi.Output({Literals.Text(key)})]");
            writer.Line($"public global::Pulumi.Output<{type}> {Names.Property(key, property, owner)} {{ get; private set; }} = null!;");
        }
    }

    private static void MakeArgs(CodeWriter writer, string arguments, string owner, ResourceSpec resource)
    {
        using var body = writer.Block($"private static {arguments} MakeArgs({arguments}? args)");
        writer.Line($"args ??= new {arguments}();");
        foreach (var (key, property) in resource.InputProperties.Where(pair => pair.Value.Const is not null))
        {
            writer.Line($"args.{Names.Property(key, property, owner)} = {Literals.Text(property.Const!)};");
        }

        writer.Line("return args;");
    }

    private void MakeOptions(CodeWriter writer, ResourceSpec resource)
    {
        using var body = writer.Block($"private static {Options} MakeResourceOptions({Options}? options, global::Pulumi.Input<string>? id)");
        using (writer.Block($"var defaults = new {Options}", "};"))
        {
            writer.Line($"Version = {utilities}Version,");
            List(writer, "Aliases", resource.Aliases.Select(alias => $"new global::Pulumi.Alias {{ Type = {Literals.Text(alias.Type)} }}"));
            List(
                writer,
                "AdditionalSecretOutputs",
                resource.Properties.Where(property => property.Value.Secret).Select(property => Literals.Text(property.Key)));
            List(
                writer,
                "ReplaceOnChanges",
                resource.Properties.Where(property => property.Value.ReplaceOnChanges).Select(property => Literals.Text(property.Key)));
        }

        writer.Line($"var merged = {Options}.Merge(defaults, options);");
        writer.Line("merged.Id = id ?? merged.Id;");
        writer.Line("return merged;");
    }

    private static void List(CodeWriter writer, string name, IEnumerable<string> items)
    {
        var all = string.Join(", ", items);
        if (all.Length > 0)
        {
            writer.Line($"{name} = {{ {all} }},");
        }
    }
}
