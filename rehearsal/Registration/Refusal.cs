using Protocol;
using Rehearsal.Events;
using Rehearsal.Graph;

namespace Rehearsal.Registration;

/// <summary>Answers of an engine that cannot do what was asked.</summary>
internal static class Refusal
{
    /// <summary>Tells the operator, and gives the error that the program gets; status UNKNOWN is what Pulumi's engine uses for its own errors.</summary>
    public static GrpcException Refuse(this EventStream events, string message, Urn? urn = null)
    {
        events.Error(message, urn);
        return new GrpcException(GrpcStatus.Unknown, message);
    }
}
