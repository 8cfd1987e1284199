namespace Stacks.Settings.Declaring;

/// <summary>
/// The name of a secret that is present in the stack file; the value stays with Pulumi. On a property with <see cref="SecretAttribute"/> the name is fixed,
/// on one without it the stack file gives the name of any top-level secret (<c>tokenSecret: siteToken</c> refers to <c>platform:siteToken</c>).
/// </summary>
public sealed record SecretSetting(string Key);
