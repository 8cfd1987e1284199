using System.Text.Json;
using System.Text.RegularExpressions;
using Rehearsal.Rendering;

namespace Operate.Doctor;

/// <summary>How a deployment would sign in to AWS and Google Cloud: where the credentials are, never what they are.</summary>
internal static partial class CloudCredentials
{
    /// <summary>In the order in which the AWS SDKs look for them.</summary>
    public static Need Aws(Surroundings around)
    {
        const string What = "AWS credentials";
        const string For = "deploying what stands in AWS";
        var (id, key) = (around.Variable("AWS_ACCESS_KEY_ID"), around.Variable("AWS_SECRET_ACCESS_KEY"));
        if (id is not null || key is not null)
        {
            return id is not null && key is not null ? new Need(What, Presence.Found, "an access key in the environment", For)
                : new Need(
                    What, Presence.Missing, id is null ? "AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID" : "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY",
                    For, "Set both, or neither.");
        }
        var profiles = Profiles(around);
        var named = profiles.Count == 0 ? "none" : string.Join(", ", profiles.Select(Terminal.OneLine));
        if ((around.Variable("AWS_PROFILE") ?? around.Variable("AWS_DEFAULT_PROFILE")) is { } profile)
        {
            return profiles.Contains(profile, StringComparer.Ordinal)
                ? new Need(What, Presence.Found, $"profile {Terminal.OneLine(profile)}, which AWS_PROFILE names", For)
                : new Need(
                    What, Presence.Missing, $"AWS_PROFILE names {Terminal.OneLine(profile)}; profiles there are: {named}", For,
                    $"Write it: aws configure sso --profile {Terminal.OneLine(profile)}");
        }
        if (around.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is not null)
        {
            return around.Variable("AWS_ROLE_ARN") is { } role
                ? new Need(What, Presence.Found, $"the role {Terminal.OneLine(role)} by a web identity token", For)
                : new Need(
                    What, Presence.Missing, "AWS_WEB_IDENTITY_TOKEN_FILE without AWS_ROLE_ARN", For, "Set AWS_ROLE_ARN to the role that the token is for.");
        }
        if (profiles.Contains("default", StringComparer.Ordinal))
        {
            return new Need(What, Presence.Found, $"profile default (there are: {named})", For);
        }
        if (around.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null || around.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null)
        {
            return new Need(What, Presence.Found, "the role of this container", For);
        }
        return profiles.Count > 0
            ? new Need(
                What, Presence.Missing, $"profiles {named}, of which none is the default", For,
                $"Choose one: export AWS_PROFILE={Terminal.OneLine(profiles[0])}")
            : new Need(
                What, Presence.Missing, "none in the environment or in files (the role of a machine in EC2 is not asked for)", For,
                "Sign in: aws configure sso, or aws configure.");
    }

    /// <summary>Application default credentials, or what the environment has instead.</summary>
    public static Need Google(Surroundings around)
    {
        const string What = "Google credentials";
        const string For = "deploying what stands in Google Cloud";
        const string Fix = "Sign in: gcloud auth application-default login";
        if (around.Variable("GOOGLE_CREDENTIALS") is not null || around.Variable("GOOGLE_OAUTH_ACCESS_TOKEN") is not null)
        {
            return new Need(What, Presence.Found, "in the environment", For);
        }
        var given = around.Variable("GOOGLE_APPLICATION_CREDENTIALS");
        var folder = around.Variable("CLOUDSDK_CONFIG") ?? Path.Combine(around.Home, ".config", "gcloud");
        var path = given ?? Path.Combine(folder, "application_default_credentials.json");
        var shown = Terminal.OneLine(path);
        if (around.Disk.Read(path) is not { } text)
        {
            return given is null ? new Need(What, Presence.Missing, "no application default credentials", For, Fix)
                : new Need(
                    What, Presence.Missing, $"GOOGLE_APPLICATION_CREDENTIALS names {shown}, which cannot be read", For, "Correct the path, or unset it.");
        }
        return JsonFacts.Text(text, "type") is { } type
            ? new Need(What, Presence.Found, $"{shown} ({Terminal.OneLine(type)})", For)
            : new Need(What, Presence.Missing, $"{shown} holds no credentials", For, Fix);
    }

    // The names alone: "[default]" in credentials, "[profile research]" in config, where other sections hold no credentials
    private static List<string> Profiles(Surroundings around)
    {
        var folder = Path.Combine(around.Home, ".aws");
        var credentials = around.Disk.Read(around.Variable("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(folder, "credentials")) ?? "";
        var config = around.Disk.Read(around.Variable("AWS_CONFIG_FILE") ?? Path.Combine(folder, "config")) ?? "";
        return
        [
            .. Section().Matches(credentials).Select(match => match.Groups["name"].Value.Trim())
                .Concat(Section().Matches(config).Select(match => match.Groups["name"].Value.Trim())
                    .Where(name => name == "default" || name.StartsWith("profile ", StringComparison.Ordinal))
                    .Select(name => name == "default" ? name : name["profile ".Length..].Trim()))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"^[ \t]*\[(?<name>[^\]\r\n]+)\]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();
}

/// <summary>Single facts of small JSON files that others write.</summary>
internal static class JsonFacts
{
    /// <summary>A text of the top level; null where the file is none, or has no such text.</summary>
    public static string? Text(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value)
                && value is { ValueKind: JsonValueKind.String } && value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
