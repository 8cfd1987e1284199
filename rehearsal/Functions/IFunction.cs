using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions;

/// <summary>The rehearsed answer of one function that a program may invoke; deterministic, and plausible where it cannot be computed.</summary>
internal interface IFunction
{
    /// <summary>The function's token, for example <c>aws:index/getRegion:getRegion</c>.</summary>
    string Token { get; }

    /// <summary>Answers for known arguments.</summary>
    PropertyMap Invoke(PropertyMap arguments, EngineContext context);
}
