using System.Buffers;
using Google.Protobuf;

namespace Protocol;

/// <summary>Reads messages that are nested as deep as Go's protobuf reads them, so as deep as Pulumi's own engine does.</summary>
/// <remarks>An object inside another one costs three levels of messages, a list two: C#'s own limit of 100 ends at 33 objects within one another.</remarks>
public static class DeepMessage
{
    /// <summary>How many messages may be nested (google.golang.org/protobuf, <c>protowire.DefaultRecursionLimit</c>).</summary>
    public const int DeepestLevel = 10_000;

    // A level takes a few hundred bytes of stack in an optimized build; the memory is only reserved
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>The message in some bytes.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no such message.</exception>
    /// <exception cref="FormatException">It is nested deeper than <see cref="DeepestLevel"/>.</exception>
    public static T Parse<T>(MessageParser<T> parser, ReadOnlySequence<byte> bytes)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            // The exception does not say whether only the nesting is at fault, so that is found out by a second reading
            return ParseDeep(parser, bytes.ToArray());
        }
    }

    /// <summary>Does work that calls itself for every level of a message, on a stack that is large enough for all of them.</summary>
    public static T OnDeepStack<T>(Func<T> work)
    {
        var task = new Task<T>(work);
        var thread = new Thread(() => task.RunSynchronously(TaskScheduler.Default), StackBytes) { IsBackground = true, Name = "deep message" };
        thread.Start();
        return task.GetAwaiter().GetResult();
    }

    private static T ParseDeep<T>(MessageParser<T> parser, byte[] bytes)
        where T : IMessage<T> => OnDeepStack(() =>
        {
            using var input = CodedInputStream.CreateWithLimits(new MemoryStream(bytes, writable: false), int.MaxValue, DeepestLevel);
            try
            {
                return parser.ParseFrom(input);
            }
            catch (InvalidProtocolBufferException e) when (e.Message.Contains("levels of nesting", StringComparison.Ordinal))
            {
                throw new FormatException(
                    "a value has too many levels of nesting: "
                    + $"at most {DeepestLevel / 3:N0} objects, or {DeepestLevel / 2:N0} lists, may be within one another", e);
            }
        });
}
