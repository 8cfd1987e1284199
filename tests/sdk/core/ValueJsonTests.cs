using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Protocol;

namespace Tests.Sdk.Core;

// Promise: an input that travels as JSON text is, byte for byte, what protobuf's own formatter writes, whose code the official package runs.
public sealed class ValueJsonTests
{
    private const int Cases = 2_000;

    private static readonly double[] Numbers =
    [
        0, -0.0, 1, -1, 0.1, 1.5, 1e15, 1e16, 123456789012345680, 1e21, 1e-5, 1e-7, 4.35, 1d / 3, int.MaxValue,
        double.MaxValue, double.MinValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    private static readonly string[] Texts =
        ["", "plain", "</script>", "\"\\/\b\f\n\r\t", "é ü 漢 😀", "\u0000\u001f\u007f\u009f", "\u2028\u2029\ufeff", "a: b, { } [ ]"];

    [Fact]
    public void EveryCharacter()
    {
        for (var unit = (int)char.MinValue; unit <= char.MaxValue; unit++)
        {
            if (!char.IsSurrogate((char)unit))
            {
                Same(Value.ForString($"a{(char)unit}b"));
            }
        }
        for (var point = 0x10000; point <= 0x10ffff; point += 251)
        {
            Same(Value.ForString($"a{char.ConvertFromUtf32(point)}"));
        }
    }

    // In code: the arguments of an attribute travel as UTF-8, which has no halves
    [Fact]
    public void RefusesHalfOfAPair_InTheSameWords()
    {
        foreach (var text in (string[])["\ud800", "\ud800a", "\ud800\ud800\udc00", "\udc00", "a\udc00", "\ud800\udc00\udc00"])
        {
            var expected = Should.Throw<ArgumentException>(() => JsonFormatter.Default.Format(Value.ForString(text))).Message;

            Should.Throw<ArgumentException>(() => ValueJson.Text(Value.ForString(text))).Message.ShouldBe(expected);
            Should.Throw<ArgumentException>(() => ValueJson.Text(Value.ForStruct(new Struct { Fields = { [text] = Value.ForNull() } }))).Message
                .ShouldBe(expected);
        }
    }

    [Fact]
    public void RefusesWhatJsonHasNoPlaceFor_InTheSameWords()
    {
        Value[] values = [new(), Value.ForStruct(new Struct { Fields = { [""] = Value.ForNull() } }), Value.ForList(new Value())];
        foreach (var value in values)
        {
            var expected = Should.Throw<InvalidOperationException>(() => JsonFormatter.Default.Format(value)).Message;

            Should.Throw<InvalidOperationException>(() => ValueJson.Text(value)).Message.ShouldBe(expected);
        }
    }

    [Fact]
    public void NumbersAndWhatIsEmpty()
    {
        foreach (var number in Numbers)
        {
            Same(Value.ForNumber(number));
        }
        Same(Value.ForNull());
        Same(Value.ForBool(true));
        Same(Value.ForBool(false));
        Same(Value.ForList());
        Same(Value.ForStruct(new Struct()));
        Same(Value.ForList(Value.ForList(), Value.ForStruct(new Struct { Fields = { ["a"] = Value.ForStruct(new Struct()) } })));
    }

    [Fact]
    public void ValuesOfEveryShape()
    {
        var random = new Random(20);
        for (var i = 0; i < Cases; i++)
        {
            Same(Any(random, depth: 4));
        }
    }

    [Fact]
    public void KeysAreInOrder() => ValueJson.Text(Value.ForStruct(new Struct
    {
        Fields = { ["b"] = Value.ForNumber(1), ["a"] = Value.ForStruct(new Struct { Fields = { ["d"] = Value.ForNull(), ["c"] = Value.ForBool(true) } }) },
    })).ShouldBe("""{ "a": { "c": true, "d": null }, "b": 1 }""");

    private static void Same(Value value) => ValueJson.Text(value).ShouldBe(JsonFormatter.Default.Format(value));

    // The formatter keeps the order that it is given, so fields are given in theirs
    private static Value Any(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => Value.ForNull(),
        1 => Value.ForBool(random.Next(2) == 0),
        2 => Value.ForNumber(random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : BitConverter.Int64BitsToDouble(random.NextInt64())),
        3 => Value.ForString(Texts[random.Next(Texts.Length)] + random.Next(100)),
        4 => Value.ForList([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))]),
        _ => Value.ForStruct(new Struct
        {
            Fields = { Enumerable.Range(0, random.Next(4)).ToDictionary(index => $"{index}{Texts[random.Next(Texts.Length)]}", _ => Any(random, depth - 1)) },
        }),
    };
}
