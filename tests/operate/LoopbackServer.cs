using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tests.Rehearsal.StackFiles;

namespace Tests.Operate;

/// <summary>A server of the system that runs on loopback for some tests, with its files in a folder of its own.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly List<string> _said = [];

    private LoopbackServer(Process process) => _process = process;

    /// <summary>Why tests with this server are skipped here; null where it is installed.</summary>
    /// <param name="program">Its program.</param>
    /// <param name="package">The package of Debian that has it.</param>
    public static string? Missing(string program, string package)
        => Find(program) is null ? $"no {program} on this machine: apt-get install {package}" : null;

    /// <summary>Starts a server and waits until its ports answer.</summary>
    public static LoopbackServer Start(string program, IEnumerable<string> arguments, params int[] ports)
    {
        var process = Process.Start(new ProcessStartInfo(Find(program)!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var server = new LoopbackServer(process);
        process.OutputDataReceived += (_, line) => server.Note(line.Data);
        process.ErrorDataReceived += (_, line) => server.Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        foreach (var port in ports)
        {
            server.WaitFor(port);
        }
        return server;
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Runs a program to its end, and gives what it says.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(program)!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"])
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private void Note(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? "");
        }
    }

    private void WaitFor(int port)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (clock.Elapsed < StartLimit && !_process.HasExited)
            {
                Thread.Sleep(10);
            }
            catch (SocketException e)
            {
                lock (_said)
                {
                    throw new InvalidOperationException($"The server does not answer at port {port}. It said: {string.Join('\n', _said)}", e);
                }
            }
        }
    }
}

/// <summary>Files of certificates that an authority of the tests signed.</summary>
internal static class ServerCertificates
{
    /// <summary>Writes <c>NAME.crt</c> and <c>NAME.key</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">Name of the files.</param>
    /// <param name="issuer">Who signs it; null for a self-signed one.</param>
    /// <param name="days">Days from now on which it ends.</param>
    /// <param name="hosts">The names that it is for.</param>
    public static (string Certificate, string Key) Write(
        TemporaryFolder folder, string name, X509Certificate2? issuer, int days, params string[] hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            $"CN={hosts[0]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            names.AddDnsName(host);
        }
        request.CertificateExtensions.Add(names.Build());
        var (start, end) = (DateTimeOffset.UtcNow.AddDays(-60), DateTimeOffset.UtcNow.AddDays(days));
        using var certificate = issuer is null ? request.CreateSelfSigned(start, end) : request.Create(issuer, start, end, Guid.NewGuid().ToByteArray());
        return (folder.Write($"{name}.crt", $"{certificate.ExportCertificatePem()}\n"), folder.Write($"{name}.key", $"{key.ExportPkcs8PrivateKeyPem()}\n"));
    }

    /// <summary>A new authority, with its key.</summary>
    public static X509Certificate2 Authority(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            $"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-100), DateTimeOffset.UtcNow.AddDays(400));
    }
}
