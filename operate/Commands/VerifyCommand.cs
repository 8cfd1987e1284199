using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Operate.Deployed;
using Operate.Verifying;
using Rehearsal;
using Rehearsal.Commands;
using Rehearsal.Rendering;

namespace Operate.Commands;

/// <summary><c>verify STACK</c>: whether what is deployed answers as it should.</summary>
internal sealed class VerifyCommand : ICommand
{
    private const int DnsPort = 53;

    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(100);

    private readonly Argument<string> _stack = SharedOptions.Stack();
    private readonly Option<string?> _configFile = SharedOptions.ConfigFile();

    private readonly Option<string?> _from = LiveOptions.From();

    private readonly Option<string> _timeout = LiveOptions.Timeout("The time of all checks together: 90s, 5m; what is not done by then has failed.");

    private readonly Option<string[]> _only = new("--only")
    {
        Description = $"Only this group of checks: {string.Join(", ", CheckGroups.Names)}; may be repeated.",
        HelpName = "GROUP",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _skip = new("--skip")
    {
        Description = "Not this group; may be repeated.",
        HelpName = "GROUP",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _kubeconfig = LiveOptions.Kubeconfig();

    private readonly Option<string?> _context = new("--context") { Description = "Its context; the current one when not given.", HelpName = "NAME" };

    private readonly Option<string[]> _resolve = new("--resolve")
    {
        Description = "Go to this address for a host and port instead of asking DNS, as with curl; * is every host; may be repeated.",
        HelpName = "HOST:PORT:ADDRESS",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _dnsServer = new("--dns-server")
    {
        Description = "Ask this DNS server instead of this machine's.",
        HelpName = "ADDRESS[:PORT]",
    };

    private readonly Option<string?> _authorities = new("--ca-file") { Description = "Trust the authorities in this file, too (PEM).", HelpName = "FILE" };

    private readonly Option<string?> _redis = new("--redis")
    {
        Description = "Where the Redis server is reached from here: a port-forward, a tunnel.",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _workspace = new("--workspace")
    {
        Description = $"The workspace whose templates are compared, with the token in {HttpChecks.TokenVariable}.",
        HelpName = "ID",
    };

    private readonly Option<string> _format = SharedOptions.Format("The form; junit is for the test results of CI systems.", "text", "json", "junit");

    private readonly OutputFile _output = new();

    public Command Build(CommandHost host)
    {
        var command = new Command("verify", "Check what is deployed: DNS, certificates, answers, Redis and SSH, each with what was expected and what to do.")
        {
            _stack, _from, _timeout, _only, _skip, _format, _output.Option, _kubeconfig, _context,
            _resolve, _dnsServer, _authorities, _redis, _workspace, _configFile,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, host, cancellation));
        return command.WithExamples(
            "./platform verify prod                                          outputs from `pulumi stack output`; exit code 1 when a check fails",
            "./platform verify prod --from outputs.json --only dns --only tls",
            "./platform verify prod --redis localhost:6379                   with `kubectl port-forward service/connect-redis 6379` beside it",
            "./platform verify prod --resolve '*:443:203.0.113.7'            before DNS leads there",
            "./platform verify prod --format junit -o verify.xml             for the test results of a CI system");
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandHost host, CancellationToken cancellation)
    {
        var format = parsed.GetRequiredValue(_format);
        var (only, skip) = (Groups("--only", parsed.GetRequiredValue(_only)), Groups("--skip", parsed.GetRequiredValue(_skip)));
        var timeout = parsed.Duration(_timeout);
        var file = _output.Path(parsed, host);
        var clock = Stopwatch.StartNew();
        var context = await ContextAsync(parsed, host, timeout, cancellation);
        var groups = CheckGroups.All(context).Where(group => (only.Count == 0 || only.Contains(group.Name)) && !skip.Contains(group.Name)).ToList();
        if (groups.Count == 0)
        {
            throw new BadInputException("--only and --skip leave no check.", $"There are: {string.Join(", ", CheckGroups.Names)}.");
        }
        // What the CLI took to give the outputs is part of the time
        var verification = new Verification(groups, timeout - clock.Elapsed is var left && left > LeastTime ? left : LeastTime, context.Filter);
        var running = verification.RunAsync(context.Stack, context.Outputs.Source, cancellation);
        if (host.Terminal.IsLive && format == "text")
        {
            await VerifyProgress.ShowAsync(host.Terminal, verification, running);
        }
        var report = await running;
        await WriteAsync(host, report, format, file, cancellation);
        return report.Failed ? ExitCodes.Failure : ExitCodes.Success;
    }

    private async Task<VerifyContext> ContextAsync(ParseResult parsed, CommandHost host, TimeSpan timeout, CancellationToken cancellation)
    {
        var (reach, redis) = (Reach(parsed, host), Redis(parsed.GetValue(_redis)));
        var stack = DeployedStack.Read(host, parsed.GetRequiredValue(_stack), parsed.GetValue(_configFile));
        if (stack.Settings.Studios?.CertificateAuthority is { } authority)
        {
            reach.Authorities.ImportFromPem(authority);
        }
        var context = new VerifyContext
        {
            Stack = stack.Name,
            Settings = stack.Settings,
            Secrets = stack.Secrets,
            Outputs = await OutputsAsync(new OutputSource(host, stack.Project, stack.Name), parsed.GetValue(_from), timeout, cancellation),
            Environment = host.Environment,
            Reach = reach with { Patience = timeout < NetworkReach.DefaultPatience * 2 ? timeout / 2 : NetworkReach.DefaultPatience },
            Kubeconfig = parsed.PathOf(_kubeconfig, host),
            KubeContext = parsed.GetValue(_context),
            Redis = redis,
            Workspace = parsed.GetValue(_workspace),
        };
        context.Outputs.TellSecrets(context.Filter);
        foreach (var secret in stack.Secrets.Values)
        {
            context.Filter.LearnText(secret);
        }
        return context;
    }

    private static async Task<DeployedOutputs> OutputsAsync(OutputSource source, string? from, TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            return await source.ReadAsync(from, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BadInputException($"{PulumiCli.Command} did not answer within {timeout.TotalSeconds:0.#} s.",
                "See whether the stack's backend can be reached, or give a file with --from FILE.");
        }
    }

    private NetworkReach Reach(ParseResult parsed, CommandHost host)
    {
        var authorities = new X509Certificate2Collection();
        if (parsed.GetValue(_authorities) is { } given)
        {
            try
            {
                authorities.ImportFromPemFile(Path.GetFullPath(given, host.CurrentFolder));
            }
            catch (CryptographicException)
            {
            }
            if (authorities.Count == 0)
            {
                throw new BadInputException($"--ca-file {given} holds no certificate in PEM.", "Give a file with -----BEGIN CERTIFICATE----- in it.");
            }
        }
        return new NetworkReach
        {
            Authorities = authorities,
            Resolved = [.. parsed.GetRequiredValue(_resolve).Select(NetworkReach.Parse)],
            DnsServer = parsed.GetValue(_dnsServer) is not { } server ? null : IPEndPoint.TryParse(server, out var address)
                ? new IPEndPoint(address.Address, address.Port == 0 ? DnsPort : address.Port)
                : throw new BadInputException($"--dns-server {server} is no address.", "For example: --dns-server 9.9.9.9, or 127.0.0.1:5353."),
        };
    }

    private static HostPort? Redis(string? given) => given is null ? null : HostPort.TryParse(given)
        ?? throw new BadInputException($"--redis {given} is not HOST:PORT.", "For example: --redis localhost:6379.");

    private async Task WriteAsync(CommandHost host, VerifyReport report, string format, string? file, CancellationToken cancellation)
    {
        if (format == "text" && file is null)
        {
            VerifyText.Write(host.Terminal, report);
            return;
        }
        var text = format switch
        {
            "json" => VerifyJson.Text(report) + "\n",
            "junit" => VerifyJUnit.Text(report),
            _ => PlainText(report),
        };
        await _output.WriteAsync(host, file, text, $"Checks of {report.Stack}: {report.Summary}", cancellation);
    }

    private static string PlainText(VerifyReport report)
    {
        using var text = new StringWriter { NewLine = "\n" };
        VerifyText.Write(new Terminal(text, TextWriter.Null, colouredOutput: false, colouredError: false), report);
        return text.ToString();
    }

    private static HashSet<string> Groups(string option, IEnumerable<string> given)
        => given.Select(group => CheckGroups.Names.Contains(group) ? group : throw new BadInputException(
            $"{option} {group} is no group of checks.", $"{Nearest.DidYouMean(group, CheckGroups.Names)}There are: {string.Join(", ", CheckGroups.Names)}."))
            .ToHashSet(StringComparer.Ordinal);
}
