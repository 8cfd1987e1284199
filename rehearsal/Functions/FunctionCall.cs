using System.Text;
using Rehearsal.Providers;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>Answers one function that a program invokes; deterministic, and plausible where the answer cannot be computed.</summary>
internal delegate PropertyMap Function(FunctionCall call);

/// <summary>One invocation of a function, its arguments known and open.</summary>
internal readonly record struct FunctionCall(PropertyMap Arguments, EngineContext Context)
{
    /// <summary>The account of every rehearsed AWS resource; the one that AWS uses in its documentation.</summary>
    public const string Account = "123456789012";

    /// <summary>The AWS region: the function's own argument, else the stack's <c>aws:region</c>, else the one AWS documents first.</summary>
    public string Region => Find("region") ?? Config("aws:region", "us-east-1");

    /// <summary>The Google Cloud project: the function's own argument, else the stack's <c>gcp:project</c>, else a name that says what it is.</summary>
    public string Project => Find("project") ?? Config("gcp:project", "rehearsed-project");

    /// <summary>The Google Cloud region: the function's own argument, else the stack's <c>gcp:region</c>.</summary>
    public string GcpRegion => Find("region") ?? Config("gcp:region", "us-central1");

    /// <summary>The text argument of that name, or an empty text.</summary>
    public string this[string key] => Find(key) ?? "";

    /// <summary>The text argument of that name, or null.</summary>
    public string? Find(string key) => Arguments.OpenText(key);

    /// <summary>The stack's configuration under a key.</summary>
    public string Config(string key, string otherwise) => Context.Request.Config.GetValueOrDefault(key, otherwise);

    /// <summary>The argument of that name as it was given, else a text.</summary>
    public PropertyValue Given(string key, string otherwise) => Arguments.Find(key) ?? Values.Text(otherwise);

    /// <summary>The arguments themselves and what is added to them: most functions echo what they were asked.</summary>
    public PropertyMap Echo(params ReadOnlySpan<(string Key, PropertyValue Value)> added)
    {
        var answer = Arguments;
        foreach (var (key, value) in added)
        {
            answer = answer.With(key, value);
        }
        return answer;
    }
}

/// <summary>Facts that the answers of several clouds share.</summary>
internal static class RehearsedCluster
{
    /// <summary>Kubernetes versions that both clouds offered in August 2026 (the release calendars of EKS and GKE), newest first.</summary>
    public static readonly IReadOnlyList<string> Versions = ["1.35", "1.34", "1.33"];

    /// <summary>The newest version.</summary>
    public static string Version => Versions[0];

    /// <summary>What stands for the certificate of a cluster that was not asked: PEM armour around the word that says so, in base64.</summary>
    public static string Certificate { get; } =
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String("rehearsed"u8)}\n-----END CERTIFICATE-----\n"));
}
