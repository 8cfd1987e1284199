namespace Rehearsal.StackFiles;

/// <summary>What <c>Pulumi.yaml</c> says about one configuration key.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>boolean</c>, <c>object</c>, <c>array</c>, <c>array&lt;integer&gt;</c> and so on; null accepts anything.</param>
/// <param name="Default">The value for stacks that set none; null when there is none.</param>
/// <param name="IsSecret">Whether stacks have to seal it.</param>
public sealed record ProjectSetting(string Key, string? Type, ConfigValue? Default, bool IsSecret);
