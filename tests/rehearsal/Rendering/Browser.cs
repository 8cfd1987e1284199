using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tests.Rehearsal.Rendering;

/// <summary>A headless Chromium, driven by the DevTools protocol: one page, and all that it asked for, complained of and threw.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>The path of a Chromium; without it the tests that need one say that they were skipped.</summary>
    public const string Variable = "PLATFORM_CHROMIUM";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = new(Patience);
    private string _session = "";
    private int _last;

    private Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Every address that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What it wrote on its console or threw.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens a page of a file.</summary>
    public static async Task<Browser> OpenAsync(string path)
    {
        var profile = Directory.CreateTempSubdirectory("chromium-").FullName;
        var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable(Variable)!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
        { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var browser = new Browser(process, profile);
        await browser.ConnectAsync();
        await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await browser.UntilAsync(message => message["method"]?.GetValue<string>() == "Page.loadEventFired");
        return browser;
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> ValueAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        answer["exceptionDetails"].ShouldBeNull();
        return answer["result"]!["value"];
    }

    public async Task PressAsync(string key)
    {
        foreach (var kind in (string[])["keyDown", "keyUp"])
        {
            var press = new JsonObject { ["type"] = kind, ["key"] = key };
            if (key.Length == 1 && kind == "keyDown")
            {
                press["text"] = key;
            }
            await CallAsync("Input.dispatchKeyEvent", press);
        }
    }

    public Task TypeAsync(string text) => CallAsync("Input.insertText", new JsonObject { ["text"] = text });

    public Task PreferAsync(string scheme) => CallAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray { new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme } },
    });

    public async Task<JsonNode> CallAsync(string method, JsonObject arguments)
    {
        var id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = arguments };
        if (_session.Length > 0)
        {
            message["sessionId"] = _session;
        }
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, _limit.Token);
        var answer = await UntilAsync(next => next["id"]?.GetValue<int>() == id);
        return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]?.ToJsonString()}");
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _limit.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync()
    {
        const string Announcement = "DevTools listening on ";
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(_limit.Token);
        }
        while (line is not null && !line.StartsWith(Announcement, StringComparison.Ordinal));
        await _socket.ConnectAsync(new Uri(line![Announcement.Length..]), _limit.Token);
        var target = await CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var session = await CallAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true });
        _session = session["sessionId"]!.GetValue<string>();
        foreach (var domain in (string[])["Page", "Runtime", "Network", "Log"])
        {
            await CallAsync($"{domain}.enable", []);
        }
    }

    private async Task<JsonNode> UntilAsync(Func<JsonNode, bool> isIt)
    {
        while (true)
        {
            var message = await ReadAsync();
            switch (message["method"]?.GetValue<string>())
            {
                case "Network.requestWillBeSent":
                    Requests.Add(message["params"]!["request"]!["url"]!.GetValue<string>());
                    break;
                case "Log.entryAdded" or "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Page.javascriptDialogOpening":
                    Complaints.Add(message.ToJsonString());
                    break;
                default:
                    break;
            }
            if (isIt(message))
            {
                return message;
            }
        }
    }

    private async Task<JsonNode> ReadAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _limit.Token);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonNode>(text.ToArray())!;
    }
}

/// <summary>A test that needs a browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!File.Exists(Environment.GetEnvironmentVariable(Browser.Variable)))
        {
            Skip = $"{Browser.Variable} names no Chromium";
        }
    }
}
