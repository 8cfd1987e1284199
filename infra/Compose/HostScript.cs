using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Manifests;

namespace Infra.Compose;

/// <summary>
/// What a host by Docker Compose does after each change and at each start: mount its disk, read its secrets, write its files, start the services.
/// </summary>
/// <param name="Files">Files without secrets, by name; of env files the lines that are no secret.</param>
/// <param name="Place">Where its disk and its secrets are.</param>
/// <param name="Tools">What it installs for itself.</param>
/// <param name="Registry">Registry that it signs in to.</param>
/// <param name="GivenVariables">Variables that it takes from the operator's secret.</param>
/// <param name="Ports">Ports of the host that services publish.</param>
public sealed record HostScript(
    ImmutableSortedDictionary<string, string> Files,
    HostPlace Place,
    ComposePlugin Tools,
    string Registry,
    ImmutableArray<string> GivenVariables,
    ImmutableArray<int> Ports)
{
    /// <summary>Folder of the data volume.</summary>
    public const string Mount = "/srv/studio-platform";

    /// <summary>Folder of MySQL's and Redis' data.</summary>
    public const string Data = $"{Mount}/data";

    private const string Folder = $"{Mount}/platform";
    private const string Program = "/usr/local/sbin/studio-platform-apply";
    private const string Project = "seqera";

    // What a file ends with here; no file of ours holds it as a line.
    private const string End = "END-OF-FILE";

    // Env files whose secret lines come from the secret.
    private static readonly ImmutableArray<string> WithSecrets = [ComposeFiles.Connect, ComposeFiles.Tower, ComposeText.DatabaseFile];

    private static readonly ImmutableArray<string> Mounted = [ComposeFiles.SigningKey, InstalledPlatform.TowerYaml.FileName];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>Why a text cannot be in the document, as a clause that does not repeat it; null if it can.</summary>
    public static string? Problem(string text) =>
        text.Contains("{{", StringComparison.Ordinal) ? "holds {{, which Systems Manager takes for a parameter of its own"
        : text.Split('\n').Contains(End) ? $"holds the line {End}"
        : null;

    /// <summary>The SSM document that runs it (Systems Manager user guide, "Data elements and parameters", schema 2.2).</summary>
    public string Document() => new JsonObject
    {
        ["schemaVersion"] = "2.2",
        ["description"] = "Writes the files of Seqera Platform with Data Studios and starts its services",
        ["parameters"] = new JsonObject
        {
            [VersionParameter] = new JsonObject
            {
                ["type"] = "String",
                ["description"] = "Version of the secret to read",
                ["allowedPattern"] = "^[A-Za-z0-9-]{0,64}$",
            },
            [FilesParameter] = new JsonObject
            {
                ["type"] = "String",
                ["description"] = "Hash of what it writes: with another one it runs again",
                ["allowedPattern"] = "^[a-f0-9]{0,64}$",
            },
        },
        ["mainSteps"] = new JsonArray(new JsonObject
        {
            ["action"] = "aws:runShellScript",
            ["name"] = "apply",
            ["inputs"] = new JsonObject
            {
                ["timeoutSeconds"] = "1800",
                ["runCommand"] = new JsonArray([.. Install().Split('\n').Select(line => (JsonNode)line)]),
            },
        }),
    }.ToJsonString(Readable);

    /// <summary>Parameter of the document with the version of the secret.</summary>
    public const string VersionParameter = "secretVersion";

    /// <summary>Parameter of the document with <see cref="Hash"/>.</summary>
    public const string FilesParameter = "files";

    /// <summary>What changes with the program; it tells nothing about it.</summary>
    public string Hash => ConfigHash.Compute([new("program", Text())]);

    // The agent's shell is sh: it writes the program, which is bash, and the unit that runs it at every start.
    private string Install() => string.Join('\n',
        $"# {{{{ {FilesParameter} }}}}",
        "set -eu",
        Put(Program, Text(), "0700"),
        Put("/etc/systemd/system/studio-platform.service", Unit, "0644"),
        "systemctl daemon-reload",
        "systemctl enable --quiet studio-platform.service",
        $"{Program} '{{{{ {VersionParameter} }}}}'");

    private static string Put(string path, string text, string mode) =>
        $"cat > {path}.new <<'{End}-OUTSIDE'\n{text.TrimEnd('\n')}\n{End}-OUTSIDE\nchmod {mode} {path}.new\nmv {path}.new {path}";

    private const string Unit = $"""
        [Unit]
        Description=Seqera Platform with Data Studios
        Wants=network-online.target
        After=network-online.target
        [Service]
        Type=oneshot
        ExecStart={Program}
        [Install]
        WantedBy=multi-user.target
        """;

    /// <summary>The program, in bash. Its one argument is the version of the secret; without one it reads the current one.</summary>
    public string Text()
    {
        var text = new StringBuilder(Opening());
        foreach (var (name, file) in Files)
        {
            if (Problem(file) is { } problem)
            {
                throw new InvalidOperationException($"{name} {problem}.");
            }

            var (secret, mode) = WithSecrets.Contains(name) ? ($"secret {name}\n", "0600") : ("", "0644");
            text.Append($"{{ cat <<'{End}'\n{file.TrimEnd('\n')}\n{End}\n{secret}}} | put {name} {mode}\n");
        }

        return text.Append($"secret {ComposeFiles.SigningKey} | put {ComposeFiles.SigningKey} 0600\n").Append(Closing()).ToString();
    }

    private string Opening() => $$"""
        #!/bin/bash
        # Written by the stack's SSM document: changes made here are overwritten.
        set -euo pipefail
        umask 077
        export HOME=/root
        exec 9> /run/studio-platform.lock
        flock 9
        fail() { echo "$1" >&2; exit 1; }

        # Tools
        dnf install --quiet --assumeyes docker jq
        plugin=/usr/local/lib/docker/cli-plugins/docker-compose
        good() { echo "{{Tools.Sha256}}  $1" | sha256sum --check --status 2> /dev/null; }
        if ! good "$plugin"; then
          mkdir -p "${plugin%/*}"
          curl --fail --silent --show-error --location --retry 5 --output "$plugin.new" '{{Tools.Url}}'
          good "$plugin.new" || fail 'The Docker Compose plugin {{Tools.Version}} is not the one that the stack file names: its SHA-256 differs.'
          chmod 0755 "$plugin.new"
          mv "$plugin.new" "$plugin"
        fi

        # Disk of {{Place.DataGiB}} GiB: only one that was never written to is formatted.
        device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_{{Place.VolumeSerial}}
        for _ in $(seq 120); do
          [ ! -b "$device" ] || break
          sleep 5
        done
        [ -b "$device" ] || fail "The data volume {{Place.VolumeSerial}} is not attached."
        mkdir -p {{Mount}}
        if ! mountpoint --quiet {{Mount}}; then
          if cmp --silent --bytes=16777216 "$device" /dev/zero; then mkfs.xfs -q "$device"; fi
          grep -q ' {{Mount}} ' /etc/fstab || echo "$device {{Mount}} xfs defaults,nofail,x-systemd.device-timeout=600 0 2" >> /etc/fstab
          systemctl daemon-reload
          mount {{Mount}}
        fi
        xfs_growfs {{Mount}} > /dev/null
        # Without the disk no container may start: MySQL would begin an empty database on the root disk.
        mkdir -p /etc/systemd/system/docker.service.d
        printf '[Unit]\nRequiresMountsFor={{Mount}}\n' > /etc/systemd/system/docker.service.d/studio-platform.conf
        systemctl daemon-reload
        systemctl enable --quiet --now docker

        # Secrets
        export AWS_DEFAULT_REGION={{Place.Region}}
        if [ -n "${1:-}" ]; then version=(--version-id "$1"); else version=(); fi
        made=$(aws secretsmanager get-secret-value --secret-id '{{Place.SecretArn}}' ${version[@]+"${version[@]}"} --query SecretString --output text)
        given=$(aws secretsmanager get-secret-value --secret-id '{{Place.GivenSecretArn}}' --query SecretString --output text)
        secret() { jq --exit-status --raw-output --join-output --arg name "$1" '.[$name]' <<< "$made"; }
        from_operator() {
          jq --exit-status --raw-output --join-output --arg name "$1" '.[$name] // empty' <<< "$given" || fail "The secret {{Place.GivenSecretArn}} has no $1."
        }

        # Files
        mkdir -p {{Folder}} {{Data}}/mysql {{Data}}/redis
        chmod 0755 {{Mount}} {{Folder}} {{Data}}
        cd {{Folder}}
        put() {
          cat > "$1.new"
          chmod "$2" "$1.new"
          if ! cmp --silent "$1.new" "$1"; then
            case ' {{string.Join(' ', Mounted)}} ' in *" $1 "*) touch .recreate ;; esac
          fi
          mv "$1.new" "$1"
        }

        """;

    private string Closing() => $$"""

        # Services
        for port in {{string.Join(' ', Ports)}}; do
          ours=$(docker ps --quiet --filter label=com.docker.compose.project={{Project}} --filter "publish=$port")
          if [ -z "$ours" ] && [ -n "$(ss --no-header --listening --tcp --numeric "sport = :$port")" ]; then
            fail "Port $port of this host is taken by another program."
          fi
        done
        user=$(from_operator registryUser)
        from_operator registryPassword | docker login --username "$user" --password-stdin {{Registry}} > /dev/null
        {{string.Concat(GivenVariables.Select(name => $"{name}=$(from_operator {name})\nexport {name}\n"))}}# The services
        docker compose --project-name {{Project}} config --quiet
        docker compose --project-name {{Project}} pull --quiet
        docker compose --project-name {{Project}} up --detach --remove-orphans
        if [ -e .recreate ]; then
          docker compose --project-name {{Project}} up --detach --no-deps --force-recreate backend cron
          rm .recreate
        fi
        docker image prune --all --force > /dev/null

        """;
}

/// <summary>Where a host has its disk and its secrets; what is known later is put in as it becomes known.</summary>
/// <param name="Region">Region of the secrets.</param>
/// <param name="VolumeId">The data volume.</param>
/// <param name="SecretArn">Secret that this program made.</param>
/// <param name="GivenSecretArn">Secret of the operator.</param>
/// <param name="DataGiB">Size of the data volume: when it has grown, its file system has to.</param>
public sealed record HostPlace(string Region, string VolumeId, string SecretArn, string GivenSecretArn, int DataGiB)
{
    /// <summary>Serial number of the volume's device: its id without the hyphen (EC2 user guide, "Map Amazon EBS volumes to NVMe device names").</summary>
    public string VolumeSerial => VolumeId.Replace("-", "", StringComparison.Ordinal);
}

/// <summary>The Docker Compose plugin, which Amazon Linux 2023 has no package of.</summary>
/// <param name="Version">Version of its release.</param>
/// <param name="Sha256">Checksum of its program for Linux on x86-64.</param>
public sealed record ComposePlugin(string Version, string Sha256)
{
    /// <summary>
    /// The release in Docker's official images of May 2026, and the checksum that they verify (docker-library/repo-info, docker 29; read 2026-11-26).
    /// </summary>
    public static ComposePlugin Default { get; } = new("5.1.3", "a0298760c9772d2c06888fc8703a487c94c3c3b0134adeef830742a2fc7647b4");

    public string Url => $"https://github.com/docker/compose/releases/download/v{Version}/docker-compose-linux-x86_64";
}
