using Generator.Naming;
using Generator.Schema;

namespace Generator.Emit;

/// <summary>Writes a function: its static class, its arguments and its result.</summary>
public sealed class FunctionEmitter(InputsEmitter inputs, OutputsEmitter outputs, string utilities)
{
    private const string Instance = "global::Pulumi.Deployment.Instance";

    public void Function(CodeWriter writer, string token, FunctionSpec function)
    {
        var name = Names.Last(token);
        Class(writer, token, function, name);
        if (function.Inputs is { } arguments)
        {
            inputs.Class(writer, $"{name}Args", name, arguments, Side.PlainArgs);
            inputs.Class(writer, $"{name}InvokeArgs", name, arguments, Side.InvokeArgs);
        }

        if (function.Outputs is { } results)
        {
            outputs.Class(writer, $"{name}Result", $"{name}Result", results, results.Required, Side.Result);
        }
    }

    private void Class(CodeWriter writer, string token, FunctionSpec function, string name)
    {
        var result = $"{name}Result";
        var text = Literals.Text(token);
        using var body = writer.Block($"public static class {name}");
        if (function.Inputs is null)
        {
            const string None = "global::Pulumi.InvokeArgs.Empty";
            Method(
                $"public static global::System.Threading.Tasks.Task<{result}> InvokeAsync(global::Pulumi.InvokeOptions? options = null)",
                "InvokeAsync",
                None);
            Method($"public static global::Pulumi.Output<{result}> Invoke(global::Pulumi.InvokeOptions? options = null)", "Invoke", None);
            Method($"public static global::Pulumi.Output<{result}> Invoke(global::Pulumi.InvokeOutputOptions options)", "Invoke", None);
            return;
        }

        var optional = function.Inputs.Required.Count == 0;
        var plain = optional ? $"{name}Args? args = null" : $"{name}Args args";
        var wrapped = optional ? $"{name}InvokeArgs? args = null" : $"{name}InvokeArgs args";
        Method(
            $"public static global::System.Threading.Tasks.Task<{result}> InvokeAsync({plain}, global::Pulumi.InvokeOptions? options = null)",
            "InvokeAsync",
            $"args ?? new {name}Args()");
        Method(
            $"public static global::Pulumi.Output<{result}> Invoke({wrapped}, global::Pulumi.InvokeOptions? options = null)",
            "Invoke",
            $"args ?? new {name}InvokeArgs()");
        Method(
            $"public static global::Pulumi.Output<{result}> Invoke({name}InvokeArgs args, global::Pulumi.InvokeOutputOptions options)",
            "Invoke",
            $"args ?? new {name}InvokeArgs()");

        void Method(string head, string method, string arguments)
        {
            writer.Line(head);
            writer.Line($"    => {Instance}.{method}<{result}>({text}, {arguments}, {utilities}WithDefaults(options));");
        }
    }
}
