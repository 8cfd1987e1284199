using Operate.Doctor;

namespace Tests.Operate.Doctor;

/// <summary>A machine as a test describes it: programs by what they say, files by their text, and everything else fine.</summary>
internal sealed class FakeMachine : IPrograms, INetwork, IDisk
{
    /// <summary>By name; each stands in <c>/usr/bin</c>. The text is its version, or what it says to these arguments when the name has some.</summary>
    public Dictionary<string, Saying> Said { get; } = new()
    {
        ["dotnet"] = new Saying(0, "10.0.401\n"),
        ["dotnet nuget list source --format short"] = new Saying(0, "E https://feed.example/v3/index.json\n"),
        ["bash"] = new Saying(0, "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n"),
        ["git"] = new Saying(0, "git version 2.39.5\n"),
        ["pulumi"] = new Saying(0, "v3.220.0\n"),
        ["kubectl"] = new Saying(0, "Client Version: v1.32.4\nKustomize Version: v5.5.0\n"),
        ["helm"] = new Saying(0, "v3.17.0+g301108e\n"),
        ["aws"] = new Saying(0, "aws-cli/2.22.12 Python/3.12.6 Linux/6.10\n"),
        ["gcloud"] = new Saying(0, "Google Cloud SDK 528.0.0\nalpha 2025.06.20\n"),
        ["gke-gcloud-auth-plugin"] = new Saying(0, "Kubernetes v1.30.0+b9d2b8f\n"),
        ["node"] = new Saying(0, "v22.1.0\n"),
        ["npm"] = new Saying(0, "10.8.2\n"),
        ["npm config get registry"] = new Saying(0, "https://registry.example/\n"),
        ["docker"] = new Saying(0, "Docker version 28.2.2, build e6534b4\n"),
        ["gcc"] = new Saying(0, "gcc (Debian 14.2.0-19) 14.2.0\n"),
        ["chromium"] = new Saying(0, "Chromium 131.0.6778.85 built on Debian\n"),
    };

    public Dictionary<string, string> Files { get; } = new()
    {
        ["/clone/global.json"] = """{"sdk": {"version": "10.0.100", "rollForward": "latestFeature"}}""",
        ["/clone/.platform/sdk"] = "bundled\n",
    };

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What cannot be written, with the reason.</summary>
    public Dictionary<string, string> Locked { get; } = [];

    /// <summary>Hosts that do not answer, with the reason.</summary>
    public Dictionary<string, string> Unreached { get; } = [];

    public HashSet<string> Folders { get; } = [];

    public long? FreeBytes { get; set; } = 100L << 30;

    public List<Uri> Asked { get; } = [];

    public string HomeFolder { get; set; } = "/home/anna";

    public Surroundings Around => new(this, this, this, name => Variables.GetValueOrDefault(name), "/clone", HomeFolder);

    public string? Find(string name) => Said.ContainsKey(name) ? $"/usr/bin/{name}" : null;

    public Task<Saying> RunAsync(string path, IReadOnlyList<string> arguments, string folder, CancellationToken cancellation)
    {
        folder.ShouldBe("/clone");
        var name = Path.GetFileName(path);
        return Task.FromResult(Said.GetValueOrDefault($"{name} {string.Join(' ', arguments)}") ?? Said[name]);
    }

    public Task<string?> ReachAsync(Uri address, TimeSpan limit, CancellationToken cancellation)
    {
        Asked.Add(address);
        return Task.FromResult(Unreached.GetValueOrDefault(address.Host));
    }

    public string? Read(string path) => Files.GetValueOrDefault(path);

    public bool HasFolder(string path) => Folders.Contains(path);

    public string? WhyNotWritable(string folder) => Locked.GetValueOrDefault(folder);

    public long? Free(string folder) => FreeBytes;
}
