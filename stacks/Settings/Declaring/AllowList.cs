using System.Collections.Immutable;

namespace Stacks.Settings.Declaring;

/// <summary>A list with an explicit third state: a key that is absent stays null, <c>[]</c> allows none, <c>all</c> allows every one.</summary>
public sealed record AllowList(bool All, ImmutableArray<string> Items)
{
    /// <summary>How the stack file says "every one".</summary>
    public const string AllKeyword = "all";

    public static AllowList Everyone { get; } = new(true, []);

    public static AllowList Only(params ImmutableArray<string> items) => new(false, items);

    public bool Equals(AllowList? other) => other is not null && All == other.All && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(All, Items.Length);
}
