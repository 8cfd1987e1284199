using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>An IAM policy computed from its statements as the real provider computes it, without asking AWS.</summary>
/// <remarks>Rules: aws_iam_policy_document of the Terraform AWS provider 6.x: one value is text, several a sorted-by-input list; no effect means Allow; no version means 2012-10-17.</remarks>
internal sealed class GetPolicyDocument : IFunction
{
    private const string DefaultVersion = "2012-10-17";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Minified = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Token => "aws:iam/getPolicyDocument:getPolicyDocument";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var document = new JsonObject { ["Version"] = arguments.TextOf("version") ?? DefaultVersion };
        if (arguments.TextOf("policyId") is { Length: > 0 } id) document["Id"] = id;
        var statements = new PolicyStatements();
        foreach (var source in Documents(arguments, "sourceJson", "sourcePolicyDocuments")) statements.AddSource(source);
        foreach (var statement in Objects(arguments, "statements")) statements.Add(PolicyStatement.Of(statement));
        foreach (var source in Documents(arguments, "overrideJson", "overridePolicyDocuments")) statements.AddOverride(source);
        document["Statement"] = statements.ToJson();
        var pretty = document.ToJsonString(Pretty);
        return Answer.Echo(
            arguments,
            ("json", Answer.Text(pretty)), ("minifiedJson", Answer.Text(document.ToJsonString(Minified))), ("id", Answer.Text(Digits.Decimal(pretty, 10))));
    }

    private static IEnumerable<PropertyMap> Objects(PropertyMap arguments, string key)
        => arguments.Find(key) is ListProperty list ? list.Items.OfType<ObjectProperty>().Select(o => o.Properties) : [];

    private static IEnumerable<JsonObject> Documents(PropertyMap arguments, string single, string several)
    {
        var texts = new List<string>();
        if (arguments.TextOf(single) is { Length: > 0 } text) texts.Add(text);
        if (arguments.Find(several) is ListProperty list) texts.AddRange(list.Items.OfType<StringProperty>().Select(s => s.Value));
        return texts.Select(t => JsonNode.Parse(t) as JsonObject ?? throw new FormatException($"{several}: a policy document is a JSON object, '{t}' is none"));
    }
}
