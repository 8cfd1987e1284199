using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Operate.Clusters;

/// <summary>Why nothing was heard of a cluster.</summary>
public enum ClusterFault
{
    /// <summary>There is no kubeconfig that leads to it.</summary>
    Unconfigured,

    /// <summary>Nobody answers at its address.</summary>
    Unreachable,

    /// <summary>Who answers has a certificate that the kubeconfig does not trust.</summary>
    Untrusted,

    /// <summary>The credentials are not accepted: 401.</summary>
    Unauthenticated,

    /// <summary>They are, and may not do this: 403.</summary>
    Forbidden,

    /// <summary>There is no such thing: 404.</summary>
    Missing,

    /// <summary>It takes too long.</summary>
    Slow,

    /// <summary>It answers with an error of its own, or with something that is no answer.</summary>
    Broken,
}

/// <summary>A question to a cluster that was not answered, in the words of who asked. Its message never holds a credential.</summary>
/// <param name="fault">What kind of failure it is.</param>
/// <param name="problem">What went wrong.</param>
/// <param name="fix">What to do about it.</param>
/// <param name="cause">What went wrong below.</param>
public sealed class ClusterException(ClusterFault fault, string problem, string fix, Exception? cause = null) : Exception(problem, cause)
{
    public ClusterFault Fault { get; } = fault;

    public string Fix { get; } = fix;

    /// <summary>Whether no other question will be answered either.</summary>
    public bool IsFinal => Fault is ClusterFault.Unconfigured or ClusterFault.Unreachable or ClusterFault.Untrusted or ClusterFault.Unauthenticated;

    /// <summary>What a request that got no answer ended with.</summary>
    /// <param name="server">Address of the API server.</param>
    /// <param name="cause">What the request threw.</param>
    internal static ClusterException Of(Uri server, Exception cause) => cause switch
    {
        ClusterException known => known,
        _ when Inner<AuthenticationException>(cause) is not null => new(
            ClusterFault.Untrusted,
            $"The certificate of the API server {server} is not one that the kubeconfig trusts.",
            "Write the kubeconfig anew: the cluster may have been made again, or something between here and there answers in its place.",
            cause),
        _ when Inner<SocketException>(cause) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new(
            ClusterFault.Unreachable,
            $"The host of the API server {server} does not resolve.",
            "A private endpoint resolves only inside its network: use the VPN or the bastion, or write the kubeconfig anew.",
            cause),
        _ when Inner<SocketException>(cause) is { } socket => new(
            ClusterFault.Unreachable,
            $"The API server {server} cannot be reached: {socket.Message}.",
            "A private endpoint answers only inside its network: use the VPN or the bastion, and look whether the cluster runs.",
            cause),
        _ => new(ClusterFault.Broken, $"The API server {server} did not answer as one: {cause.Message}", "Look whether the address leads to a proxy.", cause),
    };

    /// <summary>What an answer other than 2xx says.</summary>
    /// <param name="path">What was asked for.</param>
    /// <param name="code">Its code.</param>
    /// <param name="message">What the server says of it.</param>
    internal static ClusterException Of(string path, HttpStatusCode code, string message) =>
        code switch
        {
            HttpStatusCode.Unauthorized => new(
                ClusterFault.Unauthenticated,
                "The API server does not accept the credentials of the kubeconfig (401): the token has expired, or it is another cluster's.",
                "Sign in again, or write the kubeconfig anew: `aws eks update-kubeconfig`, `gcloud container clusters get-credentials`."),
            HttpStatusCode.Forbidden => new(
                ClusterFault.Forbidden,
                $"Not allowed (403): {message}",
                "Ask for the right, or use --context with somebody who has it (docs/diagnose.md lists them)."),
            HttpStatusCode.NotFound => new(
                ClusterFault.Missing,
                $"Not found (404): {message}",
                "Look whether it is deployed, and whether this is its cluster."),
            HttpStatusCode.TooManyRequests => new(ClusterFault.Slow, "The API server is busy (429).", "Ask again in a minute."),
            _ => new(ClusterFault.Broken, $"The API server answers {(int)code} to {path}: {message}", "Look at the state of the control plane."),
        };

    /// <summary>A question that took too long.</summary>
    internal static ClusterException Late(Uri server, string path, TimeSpan patience) => new(
        ClusterFault.Slow,
        $"The API server {server} did not answer {path} within {patience.TotalSeconds:0} s.",
        "A private endpoint answers only inside its network; a busy one needs a longer --timeout.");

    private static T? Inner<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }
}
