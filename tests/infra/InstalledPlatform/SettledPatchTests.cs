using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.InstalledPlatform;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Utilities;
using Tests.Support;
using Apps = Pulumi.Kubernetes.Apps.V1;

namespace Tests.Infra.InstalledPlatform;

// Promise: a patch with lists is another one exactly when what it sets is another, says what it sets, and shows no secret.
public sealed class SettledPatchTests
{
    [Fact]
    public async Task Options_HideTheContent_ReplaceForTheAnnotations_AndCreateFirst()
    {
        foreach (var patch in new[] { "platform-backend", "platform-cron" })
        {
            var options = await Captured.Options<DeploymentPatchArgs>(patch, given => new StudiosPatch("platform", StudiosPatchTests.Args("26.1.3"), given));

            options.IgnoreChanges.ShouldBe(["spec"]);
            options.ReplaceOnChanges.ShouldBe(["metadata.annotations"]);
            options.DeleteBeforeReplace.ShouldBe(false);
        }
    }

    [Fact]
    public async Task TheManager_IsTheSame_ForTheSameContent() => (await Annotations(Spec())).ShouldBe(await Annotations(Spec()));

    public static TheoryData<string> Changes =>
    [
        "replicas", "container", "variable", "value", "from a secret", "mount", "read only", "volume", "label", "object", "namespace", "empty object",
        "no list",
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task TheManager_IsAnother_ForAnyOtherContent(string change)
    {
        var spec = Spec();
        var container = new ContainerPatchArgs { Name = change == "container" ? "other" : "app" };
        if (change != "no list")
        {
            container.Env.Add(change switch
            {
                "variable" => new EnvVarPatchArgs { Name = "B", Value = "1" },
                "value" => new EnvVarPatchArgs { Name = "A", Value = "2" },
                "from a secret" => new EnvVarPatchArgs
                {
                    Name = "A",
                    ValueFrom = new EnvVarSourcePatchArgs { SecretKeyRef = new SecretKeySelectorPatchArgs { Name = "1", Key = "A" } },
                },
                _ => new EnvVarPatchArgs { Name = "A", Value = "1" },
            });
        }

        container.VolumeMounts.Add(new VolumeMountPatchArgs { Name = "v", MountPath = change == "mount" ? "/w" : "/v", ReadOnly = change != "read only" });
        var other = Spec(container, change == "volume" ? "w" : "v", change == "empty object" ? new EmptyDirVolumeSourcePatchArgs() : null);
        if (change == "replicas")
        {
            other.Replicas = 3;
        }

        if (change == "label")
        {
            other.Template = Template(container, "v", null, ("tier", "2"));
        }

        (await Annotations(other, change == "object" ? "other" : "app", change == "namespace" ? "other" : "seqera"))["pulumi.com/patchFieldManager"]
            .ShouldNotBe((await Annotations(spec))["pulumi.com/patchFieldManager"]);
    }

    [Fact]
    public async Task AValueThatComesLater_CountsAsTheValue()
    {
        var later = new ContainerPatchArgs
        {
            Name = Output.Create("app"),
            Env = Output.Create(ImmutableArray.Create(new EnvVarPatchArgs { Name = Output.Create("A"), Value = Output.Create("1") })),
            VolumeMounts = { new VolumeMountPatchArgs { Name = "v", MountPath = "/v", ReadOnly = Output.Create(true) } },
        };

        (await Annotations(Spec(later, "v", null))).ShouldBe(await Annotations(Spec()));
    }

    [Fact]
    public async Task WhatIsSet_IsSaid() => (await Annotations(Spec()))["studio-platform/sets"].ShouldBe(
        "template.metadata.labels[tier] = 1; template.spec.containers[app].env[A].value = 1; "
            + "template.spec.containers[app].volumeMounts[v].mountPath = /v; template.spec.containers[app].volumeMounts[v].readOnly = true; "
            + "template.spec.volumes[v].name = v");

    [Fact]
    public async Task WhatOnlyADeploymentKnows_TakesNothingElseAway()
    {
        var container = new ContainerPatchArgs { Name = "app", Image = OutputUtilities.CreateUnknown("late") };
        var fields = InputText.Of(Spec(container, "v", null), hideSecrets: true);

        (await OutputUtilities.GetIsKnownAsync(InputText.Of(Spec(container, "v", null), hideSecrets: false))).ShouldBeFalse();
        (await OutputUtilities.GetValueAsync(fields)).Where(field => field.Path.StartsWith("template.spec.", StringComparison.Ordinal)).ShouldBe([
            new("template.spec.containers[app].image", "<known after up>"), new("template.spec.containers[app].name", "app"),
            new("template.spec.volumes[v].name", "v"),
        ]);
    }

    [Fact]
    public async Task ASecret_IsNotSaid_AndMakesTheHashSecret()
    {
        var container = new ContainerPatchArgs { Name = "app", Env = { new EnvVarPatchArgs { Name = "A", Value = Output.CreateSecret("s3cr3t") } } };
        var metadata = SettledPatch.Metadata("app", "seqera", Spec(container, "v", null));
        var open = SettledPatch.Metadata("app", "seqera", Spec());

        (await Annotations(Spec(container, "v", null)))["studio-platform/sets"].ShouldContain("template.spec.containers[app].env[A].value = [secret]; ");
        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(metadata.Annotations)).ShouldBeTrue();
        (await Output.IsSecretAsync<ImmutableDictionary<string, string>>(open.Annotations)).ShouldBeFalse();
        (await Output.IsSecretAsync(InputText.Of(Spec(container, "v", null), hideSecrets: true))).ShouldBeFalse();
        (await Output.IsSecretAsync(InputText.Of(Spec(container, "v", null), hideSecrets: false))).ShouldBeTrue();
    }

    [Theory]
    [InlineData("studio-platform", true)]
    [InlineData("studio-platform-0123456789abcdef", true)]
    [InlineData("studio-platforms", false)]
    [InlineData("kubectl-client-side-apply", false)]
    public void AManager_IsOurs_ByItsName(string manager, bool isOurs) => FieldManager.IsOurs(manager).ShouldBe(isOurs);

    /// <summary>The hash in the field manager of a patch.</summary>
    internal static string Hash(Deployed deployed, string patch)
    {
        var manager = (string)JsonNode.Parse(deployed.Inputs(patch))!["metadata"]!["annotations"]!["pulumi.com/patchFieldManager"]!;
        manager.ShouldMatch("^studio-platform-[0-9a-f]{16}$");
        return manager["studio-platform-".Length..];
    }

    private static async Task<Dictionary<string, string>> Annotations(DeploymentSpecPatchArgs spec, string name = "app", string namespaceName = "seqera")
    {
        var deployed = await Deployed.Of(options => new Apps.DeploymentPatch(
            "patch", new DeploymentPatchArgs { Metadata = SettledPatch.Metadata(name, namespaceName, spec), Spec = spec }));
        return JsonNode.Parse(deployed.Inputs("patch"))!["metadata"]!["annotations"]!.AsObject()
            .ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
    }

    private static DeploymentSpecPatchArgs Spec() => Spec(
        new ContainerPatchArgs
        {
            Name = "app",
            Env = { new EnvVarPatchArgs { Name = "A", Value = "1" } },
            VolumeMounts = { new VolumeMountPatchArgs { Name = "v", MountPath = "/v", ReadOnly = true } },
        },
        "v",
        null);

    private static DeploymentSpecPatchArgs Spec(ContainerPatchArgs container, string volume, EmptyDirVolumeSourcePatchArgs? source) =>
        new() { Template = Template(container, volume, source, ("tier", "1")) };

    private static PodTemplateSpecPatchArgs Template(
        ContainerPatchArgs container, string volume, EmptyDirVolumeSourcePatchArgs? source, (string Key, string Value) label)
    {
        var claimed = new VolumePatchArgs { Name = volume };
        if (source is not null)
        {
            claimed.EmptyDir = source;
        }

        return new()
        {
            Metadata = new ObjectMetaPatchArgs { Labels = { [label.Key] = label.Value } },
            Spec = new PodSpecPatchArgs { Containers = { container }, Volumes = { claimed } },
        };
    }
}
