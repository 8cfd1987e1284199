using System.Diagnostics.CodeAnalysis;

namespace Pulumi.Serialization;

/// <summary>Finds the outputs that inputs wait for, so that thousands of resources can wait without anything of their requests being written.</summary>
/// <remarks>
/// Inputs are looked at in the order in which they are written, and no further than a <see cref="PropertyWriter"/> would come: behind what waits, nothing is
/// read yet, and what might be refused is left to the writer, which does so at the same moment.
/// </remarks>
internal static class PendingInputs
{
    // Each search begins anew; who waits for more outputs one after another does so in the writer
    private const int MostSearches = 16;

    /// <summary>Waits for what the inputs wait for; a failure is left to the writer, which knows whose it is.</summary>
    /// <param name="members">The inputs; maps and lists among them are replaced by what they hold when it is their turn.</param>
    public static async ValueTask AwaitAsync(KeyValuePair<string, object?>[] members)
    {
        for (var i = 0; i < MostSearches && Wait(members, out var pending); i++)
        {
            await pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private static bool Wait(KeyValuePair<string, object?>[] members, [NotNullWhen(true)] out Task? pending)
    {
        for (var i = 0; i < members.Length; i++)
        {
            var value = members[i].Value;
            if (value is IInput input and not TakenInput && input.Content is var content and (InputEntries or Array or IOutput))
            {
                members[i] = new(members[i].Key, value = new TakenInput(content));
            }
            if (!IsPlain(value, out pending))
            {
                return pending is not null;
            }
        }
        pending = null;
        return false;
    }

    /// <summary>Whether an input is there and travels for certain; what it waits for otherwise, if that is known.</summary>
    private static bool IsPlain(object? value, out Task? pending)
    {
        switch (value is IInput input ? input.Content : value)
        {
            case InputEntries entries:
                foreach (var (_, entry) in entries.All)
                {
                    if (!IsPlainItem(entry, out pending))
                    {
                        return false;
                    }
                }
                pending = null;
                return true;
            case IInput[] items:
                foreach (var item in items)
                {
                    if (!IsPlainItem(item, out pending))
                    {
                        return false;
                    }
                }
                pending = null;
                return true;
            case var single:
                return IsPlainItem(single, out pending);
        }
    }

    // What holds items of its own may get more of them, so the writer reads it
    private static bool IsPlainItem(object? item, out Task? pending)
    {
        var value = item is IInput input ? input.Content : item;
        pending = (value as IOutput)?.Pending;
        if (pending is { IsCompleted: true })
        {
            pending = null;
            return false;
        }
        return pending is null && (value is IOutput output ? output.Data.Value : value) is null or string or bool or int or double;
    }

    /// <summary>An input with what it held when it was its turn: a program may add to its maps and lists afterwards.</summary>
    private sealed class TakenInput(object? content) : IInput
    {
        public object? Content { get; } = content;

        public IOutput Flatten() => throw new NotSupportedException("an input that is being written is not read as a whole");
    }
}
