namespace Pulumi;

public static partial class Output
{
    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2) =>
        Tuple(Plain(item1), Plain(item2));

    public static Output<(T1, T2)> Tuple<T1, T2>(Output<T1> item1, Output<T2> item2)
    {
        return new Output<(T1, T2)>(JoinAsync());

        async Task<OutputData<(T1, T2)>> JoinAsync()
        {
            var d1 = await item1.Data;
            var d2 = await item2.Data;
            return new OutputData<(T1, T2)>(
                d1.Resources.Union(d2.Resources),
                (d1.Value, d2.Value),
                d1.IsKnown && d2.IsKnown,
                d1.IsSecret || d2.IsSecret);
        }
    }

    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Input<T1> item1, Input<T2> item2, Input<T3> item3) =>
        Tuple(Plain(item1), Plain(item2), Plain(item3));

    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Output<T1> item1, Output<T2> item2, Output<T3> item3)
    {
        return new Output<(T1, T2, T3)>(JoinAsync());

        async Task<OutputData<(T1, T2, T3)>> JoinAsync()
        {
            var d1 = await item1.Data;
            var d2 = await item2.Data;
            var d3 = await item3.Data;
            return new OutputData<(T1, T2, T3)>(
                d1.Resources.Union(d2.Resources).Union(d3.Resources),
                (d1.Value, d2.Value, d3.Value),
                d1.IsKnown && d2.IsKnown && d3.IsKnown,
                d1.IsSecret || d2.IsSecret || d3.IsSecret);
        }
    }

    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4) =>
        Tuple(Plain(item1), Plain(item2), Plain(item3), Plain(item4));

    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4)
    {
        return new Output<(T1, T2, T3, T4)>(JoinAsync());

        async Task<OutputData<(T1, T2, T3, T4)>> JoinAsync()
        {
            var d1 = await item1.Data;
            var d2 = await item2.Data;
            var d3 = await item3.Data;
            var d4 = await item4.Data;
            return new OutputData<(T1, T2, T3, T4)>(
                d1.Resources.Union(d2.Resources).Union(d3.Resources).Union(d4.Resources),
                (d1.Value, d2.Value, d3.Value, d4.Value),
                d1.IsKnown && d2.IsKnown && d3.IsKnown && d4.IsKnown,
                d1.IsSecret || d2.IsSecret || d3.IsSecret || d4.IsSecret);
        }
    }

    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5) =>
        Tuple(Plain(item1), Plain(item2), Plain(item3), Plain(item4), Plain(item5));

    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5)
    {
        return new Output<(T1, T2, T3, T4, T5)>(JoinAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5)>> JoinAsync()
        {
            var d1 = await item1.Data;
            var d2 = await item2.Data;
            var d3 = await item3.Data;
            var d4 = await item4.Data;
            var d5 = await item5.Data;
            return new OutputData<(T1, T2, T3, T4, T5)>(
                d1.Resources.Union(d2.Resources).Union(d3.Resources).Union(d4.Resources).Union(d5.Resources),
                (d1.Value, d2.Value, d3.Value, d4.Value, d5.Value),
                d1.IsKnown && d2.IsKnown && d3.IsKnown && d4.IsKnown && d5.IsKnown,
                d1.IsSecret || d2.IsSecret || d3.IsSecret || d4.IsSecret || d5.IsSecret);
        }
    }

    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6
    ) => Tuple(Plain(item1), Plain(item2), Plain(item3), Plain(item4), Plain(item5), Plain(item6));

    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6)
    {
        return new Output<(T1, T2, T3, T4, T5, T6)>(JoinAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5, T6)>> JoinAsync()
        {
            var d1 = await item1.Data;
            var d2 = await item2.Data;
            var d3 = await item3.Data;
            var d4 = await item4.Data;
            var d5 = await item5.Data;
            var d6 = await item6.Data;
            return new OutputData<(T1, T2, T3, T4, T5, T6)>(
                d1.Resources.Union(d2.Resources).Union(d3.Resources).Union(d4.Resources).Union(d5.Resources).Union(d6.Resources),
                (d1.Value, d2.Value, d3.Value, d4.Value, d5.Value, d6.Value),
                d1.IsKnown && d2.IsKnown && d3.IsKnown && d4.IsKnown && d5.IsKnown && d6.IsKnown,
                d1.IsSecret || d2.IsSecret || d3.IsSecret || d4.IsSecret || d5.IsSecret || d6.IsSecret);
        }
    }

    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6,
        Input<T7> item7
    ) => Tuple(Plain(item1), Plain(item2), Plain(item3), Plain(item4), Plain(item5), Plain(item6), Plain(item7));

    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7)
    {
        return new Output<(T1, T2, T3, T4, T5, T6, T7)>(JoinAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7)>> JoinAsync()
        {
            var d1 = await item1.Data;
            var d2 = await item2.Data;
            var d3 = await item3.Data;
            var d4 = await item4.Data;
            var d5 = await item5.Data;
            var d6 = await item6.Data;
            var d7 = await item7.Data;
            return new OutputData<(T1, T2, T3, T4, T5, T6, T7)>(
                d1.Resources.Union(d2.Resources).Union(d3.Resources).Union(d4.Resources).Union(d5.Resources).Union(d6.Resources).Union(d7.Resources),
                (d1.Value, d2.Value, d3.Value, d4.Value, d5.Value, d6.Value, d7.Value),
                d1.IsKnown && d2.IsKnown && d3.IsKnown && d4.IsKnown && d5.IsKnown && d6.IsKnown && d7.IsKnown,
                d1.IsSecret || d2.IsSecret || d3.IsSecret || d4.IsSecret || d5.IsSecret || d6.IsSecret || d7.IsSecret);
        }
    }

    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Input<T1> item1,
        Input<T2> item2,
        Input<T3> item3,
        Input<T4> item4,
        Input<T5> item5,
        Input<T6> item6,
        Input<T7> item7,
        Input<T8> item8
    ) => Tuple(Plain(item1), Plain(item2), Plain(item3), Plain(item4), Plain(item5), Plain(item6), Plain(item7), Plain(item8));

    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(
        Output<T1> item1,
        Output<T2> item2,
        Output<T3> item3,
        Output<T4> item4,
        Output<T5> item5,
        Output<T6> item6,
        Output<T7> item7,
        Output<T8> item8)
    {
        return new Output<(T1, T2, T3, T4, T5, T6, T7, T8)>(JoinAsync());

        async Task<OutputData<(T1, T2, T3, T4, T5, T6, T7, T8)>> JoinAsync()
        {
            var d1 = await item1.Data;
            var d2 = await item2.Data;
            var d3 = await item3.Data;
            var d4 = await item4.Data;
            var d5 = await item5.Data;
            var d6 = await item6.Data;
            var d7 = await item7.Data;
            var d8 = await item8.Data;
            return new OutputData<(T1, T2, T3, T4, T5, T6, T7, T8)>(
                d1.Resources.Union(d2.Resources)
                    .Union(d3.Resources)
                    .Union(d4.Resources)
                    .Union(d5.Resources)
                    .Union(d6.Resources)
                    .Union(d7.Resources)
                    .Union(d8.Resources),
                (d1.Value, d2.Value, d3.Value, d4.Value, d5.Value, d6.Value, d7.Value, d8.Value),
                d1.IsKnown && d2.IsKnown && d3.IsKnown && d4.IsKnown && d5.IsKnown && d6.IsKnown && d7.IsKnown && d8.IsKnown,
                d1.IsSecret || d2.IsSecret || d3.IsSecret || d4.IsSecret || d5.IsSecret || d6.IsSecret || d7.IsSecret || d8.IsSecret);
        }
    }
}
