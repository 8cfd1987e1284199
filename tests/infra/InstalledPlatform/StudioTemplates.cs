using Infra.Manifests;
using Infra.Studios;

namespace Tests.Infra.InstalledPlatform;

/// <summary>Valid templates, for tests that need one.</summary>
internal static class StudioTemplates
{
    public static StudioTemplate Jupyter { get; } =
        new("JUPYTER", ImageReference.Parse("public.cr.seqera.io/platform/data-studio-jupyter:4.2.5-0.12"), "jupyter", "jupyter", "recommended");
}
