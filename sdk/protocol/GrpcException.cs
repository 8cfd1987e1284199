namespace Protocol;

/// <summary>A call that was answered with a status other than <see cref="GrpcStatus.Ok"/>.</summary>
/// <param name="status">What the other side answered, or <see cref="GrpcStatus.Unavailable"/> when it could not be reached.</param>
/// <param name="detail">The other side's own words.</param>
/// <param name="cause">What went wrong below the call, if anything.</param>
public sealed class GrpcException(GrpcStatus status, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public GrpcStatus Status { get; } = status;
}
