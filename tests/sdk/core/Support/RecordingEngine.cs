using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Protocol;
using Pulumirpc;

namespace Tests.Sdk.Core.Support;

/// <summary>
/// An engine that writes down what a program tells it. It echoes inputs; in an update every resource also has an id <c>NAME-id</c> and an output
/// <c>address</c>, in a preview neither. A resource called <c>refused</c> is refused.
/// </summary>
internal sealed class RecordingEngine
{
    public const string Collection = "programs that run against an engine";

    private readonly RecordedRun _run = new();
    private readonly bool _isPreview;
    private readonly HashSet<string> _lacks;

    private RecordingEngine(bool isPreview, IEnumerable<string> lacks)
    {
        _isPreview = isPreview;
        _lacks = [.. lacks];
    }

    /// <summary>Runs a program that <paramref name="program"/> starts, and tells what it sent.</summary>
    /// <param name="program">A call of one of the RunAsync overloads.</param>
    /// <param name="isPreview">Whether ids and computed outputs are unknown.</param>
    /// <param name="config">Configuration as the engine hands it over.</param>
    /// <param name="lacks">Features that the engine denies having.</param>
    public static async Task<RecordedRun> RunAsync(Func<Task<int>> program, bool isPreview = false, string config = "{}", params string[] lacks)
    {
        var engine = new RecordingEngine(isPreview, lacks);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using var server = builder.Build();
        server.Run(engine.AnswerAsync);
        await server.StartAsync();
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;
        var variables = new Dictionary<string, string>
        {
            ["PULUMI_MONITOR"] = address,
            ["PULUMI_ENGINE"] = address,
            ["PULUMI_PROJECT"] = "shop",
            ["PULUMI_STACK"] = "test",
            ["PULUMI_DRY_RUN"] = isPreview ? "true" : "false",
            ["PULUMI_CONFIG"] = config,
        };
        foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
        try
        {
            engine._run.ExitCode = await program();
        }
        finally
        {
            foreach (var name in variables.Keys) Environment.SetEnvironmentVariable(name, null);
        }
        return engine._run;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Response.ContentType = "application/grpc";
        try
        {
            IMessage answer;
            lock (_run) answer = Answer(http.Request.Path.Value!.Split('/')[^1], body.ToArray());
            await http.Response.Body.WriteAsync(Frame.Encode(answer));
            http.Response.AppendTrailer("grpc-status", "0");
        }
        catch (InvalidOperationException e)
        {
            http.Response.AppendTrailer("grpc-status", "2");
            http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(e.Message));
        }
    }

    private IMessage Answer(string method, byte[] request)
    {
        switch (method)
        {
            case "SupportsFeature": return new SupportsFeatureResponse { HasSupport = !_lacks.Contains(Frame.Decode(request, SupportsFeatureRequest.Parser).Id) };
            case "RegisterResource": return Register(Frame.Decode(request, RegisterResourceRequest.Parser));
            case "ReadResource": return Read(Frame.Decode(request, ReadResourceRequest.Parser));
            case "Invoke": return Invoke(Frame.Decode(request, ResourceInvokeRequest.Parser));
            case "RegisterResourceOutputs":
                var outputs = Frame.Decode(request, RegisterResourceOutputsRequest.Parser);
                _run.Outputs[outputs.Urn.Split("::")[^1]] = WireText.Of(outputs.Outputs);
                return new Empty();
            case "Log":
                var log = Frame.Decode(request, LogRequest.Parser);
                if (log.Severity == LogSeverity.Error) _run.Errors.Add(log.Message);
                if (log.Severity == LogSeverity.Warning) _run.Warnings.Add(log.Message);
                return new Empty();
            case "SignalAndWaitForShutdown":
                _run.IsShutDown = true;
                return new Empty();
            default: throw new InvalidOperationException($"no program here should call {method}");
        }
    }

    private RegisterResourceResponse Register(RegisterResourceRequest request)
    {
        if (request.Name == "refused") throw new InvalidOperationException("the engine refuses it");
        _run.Registrations.Add(request);
        return new RegisterResourceResponse { Urn = UrnOf(request.Parent, request.Type, request.Name), Id = _isPreview || !request.Custom ? "" : $"{request.Name}-id", Object = State(request.Object, request.Name, request.Custom) };
    }

    private ReadResourceResponse Read(ReadResourceRequest request)
    {
        _run.Reads.Add(request);
        return new ReadResourceResponse { Urn = UrnOf(request.Parent, request.Type, request.Name), Properties = State(request.Properties, request.Name, isCustom: true) };
    }

    private ResourceInvokeResponse Invoke(ResourceInvokeRequest request)
    {
        _run.Invokes.Add(request);
        if (request.Tok != "pulumi:pulumi:getResource") return new ResourceInvokeResponse { Return = request.Args };
        var urn = request.Args.Fields["urn"].StringValue;
        var state = _run.Registration(urn.Split("::")[^1]).Object;
        return new ResourceInvokeResponse { Return = new Struct { Fields = { ["urn"] = Value.ForString(urn), ["id"] = Value.ForString("known-id"), ["state"] = Value.ForStruct(state) } } };
    }

    private Struct State(Struct inputs, string name, bool isCustom)
    {
        var state = inputs.Clone();
        if (!_isPreview && isCustom) state.Fields["address"] = Value.ForString($"{name}.test");
        return state;
    }

    private static string UrnOf(string parent, string type, string name)
    {
        var above = parent.Length == 0 ? "" : parent.Split("::")[2];
        return $"urn:pulumi:test::shop::{(above is "" or "pulumi:pulumi:Stack" ? "" : above + "$")}{type}::{name}";
    }
}
