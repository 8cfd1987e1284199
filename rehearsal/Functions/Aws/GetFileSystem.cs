using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>An EFS file system that exists already.</summary>
internal sealed class GetFileSystem : IFunction
{
    public string Token => "aws:efs/getFileSystem:getFileSystem";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        var region = Answer.Region(arguments, context);
        var id = arguments.TextOf("fileSystemId") ?? $"fs-{Digits.Hex($"efs/{arguments}", 17)}";
        return Answer.Echo(
            arguments,
            ("id", Answer.Text(id)), ("fileSystemId", Answer.Text(id)), ("region", Answer.Text(region)), ("arn", Answer.Text($"arn:aws:elasticfilesystem:{region}:{Answer.Account}:file-system/{id}")),
            ("dnsName", Answer.Text($"{id}.efs.{region}.amazonaws.com")), ("encrypted", BooleanProperty.True), ("performanceMode", Answer.Text("generalPurpose")), ("throughputMode", Answer.Text("elastic")));
    }
}
