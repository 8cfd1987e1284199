using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Aws;

/// <summary>The partition that the stack's region belongs to.</summary>
internal sealed class GetPartition : IFunction
{
    public string Token => "aws:index/getPartition:getPartition";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
        => Answer.Region(arguments, context) switch
        {
            var region when region.StartsWith("cn-", StringComparison.Ordinal) => Partition("aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"),
            var region when region.StartsWith("us-gov-", StringComparison.Ordinal) => Partition("aws-us-gov", "amazonaws.com", "com.amazonaws"),
            _ => Partition("aws", "amazonaws.com", "com.amazonaws"),
        };

    private static PropertyMap Partition(string name, string suffix, string reversed)
        => PropertyMap.Of(("partition", Answer.Text(name)), ("id", Answer.Text(name)), ("dnsSuffix", Answer.Text(suffix)), ("reverseDnsPrefix", Answer.Text(reversed)));
}
