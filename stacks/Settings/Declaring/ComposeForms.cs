namespace Stacks.Settings.Declaring;

/// <summary>The forms that only settings of a host by Docker Compose name.</summary>
internal static class ComposeForms
{
    public static Dictionary<Form, TextForm> All { get; } = new()
    {
        // Secrets Manager API reference, CreateSecret, Name; AWS puts a hyphen and six characters behind it.
        [Form.SecretArn] = TextForm.Matching(
            "the ARN of a secret",
            "the whole ARN of a secret in Secrets Manager, with the six characters at its end",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:seqera-platform-AbCdEf",
            @"^arn:aws(-us-gov)?:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$"),
    };
}
