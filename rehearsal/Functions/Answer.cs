using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>Short forms for reading arguments and writing answers.</summary>
internal static class Answer
{
    /// <summary>The account of every rehearsed AWS resource; the one that AWS uses in its documentation.</summary>
    public const string Account = "123456789012";

    public static PropertyValue Text(string value) => new StringProperty(value);

    public static PropertyValue Number(double value) => new NumberProperty(value);

    public static PropertyValue List(IEnumerable<string> values) => new ListProperty([.. values.Select(Text)]);

    public static PropertyValue Object(params ReadOnlySpan<(string Key, PropertyValue Value)> properties) => new ObjectProperty(PropertyMap.Of(properties));

    /// <summary>The text argument of that name, or null.</summary>
    public static string? TextOf(this PropertyMap arguments, string key) => arguments.Find(key) is StringProperty text ? text.Value : null;

    /// <summary>The AWS region: the function's own argument, else the stack's <c>aws:region</c>, else the one AWS documents first.</summary>
    public static string Region(PropertyMap arguments, EngineContext context) => arguments.TextOf("region") ?? context.Request.Config.GetValueOrDefault("aws:region", "us-east-1");

    /// <summary>The Google Cloud project: the stack's <c>gcp:project</c>, else a name that says what it is.</summary>
    public static string Project(PropertyMap arguments, EngineContext context) => arguments.TextOf("project") ?? context.Request.Config.GetValueOrDefault("gcp:project", "rehearsed-project");

    /// <summary>The arguments themselves and what is added to them: most functions echo what they were asked.</summary>
    public static PropertyMap Echo(PropertyMap arguments, params ReadOnlySpan<(string Key, PropertyValue Value)> added)
    {
        foreach (var (key, value) in added) arguments = arguments.With(key, value);
        return arguments;
    }
}
