using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Connect;

/// <summary>The probes of Connect: an open port, asked for often to route to it and seldom to restart it.</summary>
internal static class ConnectProbes
{
    public static ProbeArgs Readiness(string port) => new()
    {
        TcpSocket = new TCPSocketActionArgs { Port = port },
        PeriodSeconds = 5,
        FailureThreshold = 2,
    };

    public static ProbeArgs Liveness(string port) => new()
    {
        TcpSocket = new TCPSocketActionArgs { Port = port },
        InitialDelaySeconds = 10,
        PeriodSeconds = 20,
        FailureThreshold = 3,
    };
}
