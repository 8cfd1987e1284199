namespace Rehearsal.Services;

/// <summary>Full names of the calls that official SDKs make (pulumi/pulumi, proto/pulumi, 3.270).</summary>
internal static class Methods
{
    public const string SupportsFeature = Monitor + nameof(SupportsFeature);
    public const string GetDeploymentInfo = Monitor + nameof(GetDeploymentInfo);
    public const string RegisterResource = Monitor + nameof(RegisterResource);
    public const string RegisterResourceOutputs = Monitor + nameof(RegisterResourceOutputs);
    public const string ReadResource = Monitor + nameof(ReadResource);
    public const string Invoke = Monitor + nameof(Invoke);
    public const string Call = Monitor + nameof(Call);
    public const string RegisterPackage = Monitor + nameof(RegisterPackage);
    public const string RegisterStackTransform = Monitor + nameof(RegisterStackTransform);
    public const string RegisterStackInvokeTransform = Monitor + nameof(RegisterStackInvokeTransform);
    public const string RegisterResourceHook = Monitor + nameof(RegisterResourceHook);
    public const string RegisterErrorHook = Monitor + nameof(RegisterErrorHook);
    public const string SignalAndWaitForShutdown = Monitor + nameof(SignalAndWaitForShutdown);
    public const string Log = Engine + nameof(Log);
    public const string GetRootResource = Engine + nameof(GetRootResource);
    public const string SetRootResource = Engine + nameof(SetRootResource);
    public const string StartDebugging = Engine + nameof(StartDebugging);
    public const string RequirePulumiVersion = Engine + nameof(RequirePulumiVersion);

    private const string Monitor = "/pulumirpc.ResourceMonitor/";
    private const string Engine = "/pulumirpc.Engine/";
}
