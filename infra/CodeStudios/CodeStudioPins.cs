using System.Collections.Immutable;
using Infra.Manifests;

namespace Infra.CodeStudios;

/// <summary>Every version that an image of a Code Studio is made of, each with the source that proves it and the day it was read.</summary>
/// <remarks>
/// The image of DSS is proprietary and of the family of yum; ours is Debian 12, whose packages have the versions below for as long as it is supported: its
/// security updates change only what the star at the end of a pattern stands for.
/// </remarks>
public static class CodeStudioPins
{
    /// <summary>What images start from. Official images of Docker, library/debian at commit 00c85064: tags of Debian 12.13; read 2026-11-26.</summary>
    public static readonly ImageReference BaseImage = new("docker.io", "library/debian", "bookworm-20260202-slim");

    /// <summary>User and group of everything that runs: dataiku of DSS, whose uid plugin blocks return to (facts of Dataiku, §3.4 and §4).</summary>
    public const int UserId = 500;

    /// <summary>code-server and its extensions: the defaults of DSS's block (facts of Dataiku, §3.1).</summary>
    public const string CodeServer = "4.91.0";

    /// <inheritdoc cref="CodeServer"/>
    public const string PythonExtension = "2024.8.1";

    /// <inheritdoc cref="CodeServer"/>
    public const string JupyterExtension = "2024.5.0";

    /// <summary>The last of JupyterLab 4.4, which runs with the Python of Debian 12; PyPI, read 2026-11-26.</summary>
    public const string JupyterLab = "4.4.10";

    /// <summary>The kernel of Python environments, which JupyterLab 4.4 was released with; PyPI, read 2026-11-26.</summary>
    public const string IpyKernel = "6.30.1";

    /// <summary>Streamlit of an environment of its own; PyPI, read 2026-11-26.</summary>
    public const string Streamlit = "1.48.0";

    /// <summary>Open-source RStudio Server for Ubuntu 22.04, which Posit offers for Debian 12 as well; public Dockerfiles, read 2026-11-26.</summary>
    public const string RStudioServer = "2025.05.1-513";

    /// <summary>Checksum of its package for amd64, from the same source.</summary>
    public const string RStudioServerSha256 = "8e49ca68d154d5d17ae5fcc386e9c93473f9b73f6f573a1511866051e288b547";

    /// <summary>connect-client of Seqera Platform 26.1, the newest there is a version matrix for (infra/Versions/versions.json).</summary>
    public const string ConnectClient = "0.12.0";

    /// <summary>
    /// btrfs-progs from backports of Debian 12, for checkpoints of Seqera's studios: seqeralabs/custom-studios-examples, streamlit/Dockerfile and
    /// .seqera/Dockerfile of others; read 2026-11-26.
    /// </summary>
    public const string BtrfsProgs = "6.14-1~bpo12+1";

    /// <summary>R packages as they were on one day, built for Debian 12 (Posit Package Manager; public projects of 2025, read 2026-11-26).</summary>
    public const string CranSnapshot = "https://packagemanager.posit.co/cran/__linux__/bookworm/2025-09-01";

    // apt-cache policy on Debian 12, 2026-11-26: the part behind the star is Debian's own count of security updates.
    private static readonly ImmutableSortedDictionary<string, string> DebianVersions = new Dictionary<string, string>
    {
        // It follows the authorities of the day; every other version of it would distrust some of them.
        ["ca-certificates"] = "*",
        ["curl"] = "7.88.*",
        ["git"] = "1:2.39.*",
        ["libclang-dev"] = "1:14.0*",
        ["lsb-release"] = "12.0*",
        ["nginx"] = "1.22.*",
        ["procps"] = "2:4.0.*",
        ["psmisc"] = "23.6*",
        ["python3"] = "3.11.*",
        ["python3-venv"] = "3.11.*",
        ["r-base-core"] = "4.2.*",
        ["r-base-dev"] = "4.2.*",
        ["r-cran-irkernel"] = "1.3.*",
        ["sudo"] = "1.9.*",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>A package of Debian as <c>apt-get install</c> takes it, with its version.</summary>
    public static string Debian(string package) => $"{package}={DebianVersions[package]}";
}
