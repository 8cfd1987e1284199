using Pulumi;
using Pulumi.Utilities;
using Tests.Sdk.Core.Support;

namespace Tests.Sdk.Core;

// Promise: programs run against mocks beside each other, each with its own surroundings, and fail as exceptions.
public sealed class TestAsyncTests
{
    private sealed class OneWidget : Stack
    {
        public OneWidget() => _ = new Widget("widget");
    }

    [Fact]
    public async Task Runs_BesideEachOther_DoNotMeet()
    {
        var names = Enumerable.Range(0, 24).Select(index => $"stack{index}").ToList();

        var seen = await Task.WhenAll(
            names.Select(async name =>
            {
                var mocks = new EchoMocks();
                var (resources, outputs) = await Deployment.TestAsync(
                    mocks,
                    new() { StackName = name, IsPreview = name.Length % 2 == 0 },
                    async () =>
                    {
                        var widget = new Widget(Deployment.Instance.StackName);
                        await Task.Yield();
                        return new Dictionary<string, object?>
                        {
                            ["self"] = Deployment.Instance.StackName,
                            ["preview"] = Deployment.Instance.IsDryRun,
                            ["id"] = widget.Id,
                        };
                    });
                var id = await OutputUtilities.GetValueAsync((Output<string>)outputs["id"]!);
                return (
                    Resources: string.Join(",", resources.Select(resource => resource.GetResourceName())),
                    Mocked: string.Join(",", mocks.Resources.Keys),
                    Self: outputs["self"],
                    Preview: outputs["preview"],
                    Id: id);
            }));

        seen.ShouldBe(names.Select(name => (name, name, (object?)name, (object?)(name.Length % 2 == 0), $"{name}-id")));
    }

    [Fact]
    public async Task Mocks_SeePlainInputs_AndMarkedOutputs()
    {
        var mocks = new EchoMocks();

        await Deployment.TestAsync(
            mocks,
            new() { IsPreview = false },
            () =>
            {
                _ = new Widget(
                    "widget",
                    new WidgetArgs
                    {
                        Text = Output.CreateSecret("hidden"),
                        Count = 3,
                        List = { "a" },
                    });
                _ = new Site("site");
            });

        mocks
            .Resources["widget"]
            .Inputs.Where(input => input.Key != "list")
            .ToDictionary()
            .ShouldBe(new Dictionary<string, object> { ["text"] = "hidden", ["count"] = 3.0 }, ignoreOrder: true);
        mocks.Outputs["site"].Keys.Order(StringComparer.Ordinal).ShouldBe(["Hidden", "url"]);
        (await Output.IsSecretAsync(mocks.Outputs["site"]["Hidden"])).ShouldBeTrue();
        (await Output.IsSecretAsync(mocks.Outputs["site"]["url"])).ShouldBeFalse();
    }

    [Fact]
    public async Task Id_ReadsFromTheMocks()
    {
        var (_, outputs) = await Deployment.TestAsync(
            new EchoMocks(),
            new() { IsPreview = false },
            () =>
            {
                var widget = new Widget("widget", new WidgetArgs { Text = "plain" }, new CustomResourceOptions { Id = "existing" });
                return new Dictionary<string, object?> { ["seen"] = Output.Format($"{widget.Id} {widget.Text} {widget.Address}") };
            });

        (await OutputUtilities.GetValueAsync((Output<string>)outputs["seen"]!)).ShouldBe("existing plain widget.test");
    }

    [Fact]
    public async Task StackClass_IsAmongItsResources()
    {
        var resources = await Deployment.TestAsync<OneWidget>(new EchoMocks());

        resources.Select(resource => resource.GetResourceName()).ShouldBe(["project-stack", "widget"]);
    }

    [Fact]
    public async Task Preview_IsTheDefault()
    {
        var (_, outputs) = await Deployment.TestAsync(
            new EchoMocks(),
            new(),
            () =>
                new Dictionary<string, object?>
                {
                    ["preview"] = Deployment.Instance.IsDryRun,
                    ["project"] = Deployment.Instance.ProjectName,
                    ["stack"] = Deployment.Instance.StackName,
                });

        outputs.ShouldBe(
            new Dictionary<string, object?>
            {
                ["preview"] = true,
                ["project"] = "project",
                ["stack"] = "stack",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task Failure_IsARunException()
    {
        var failure = await Should.ThrowAsync<RunException>(() => Deployment.TestAsync(new EchoMocks(), new(), GiveUp));

        failure.Message.ShouldContain("System.InvalidOperationException: gives up");
    }

    [Fact]
    public void Instance_OutsideOfARun_IsAnError() => Should.Throw<InvalidOperationException>(() => Deployment.Instance);

    private static void GiveUp() => throw new InvalidOperationException("gives up");
}
