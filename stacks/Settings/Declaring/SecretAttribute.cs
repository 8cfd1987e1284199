namespace Stacks.Settings.Declaring;

/// <summary>
/// Names the top-level key that holds a secret. Pulumi encrypts whole keys, so a secret stands beside the concepts
/// (<c>platform:redisPassword</c>), while its declaration stands in the record that uses it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute(string key) : Attribute
{
    public string Key { get; } = key;
}
