using Pulumi;

namespace Infra.Dns;

/// <summary>A DNS zone that this program can write records to.</summary>
public interface IDnsZone
{
    /// <summary>Creates the record of one host; <paramref name="name"/> is the logical name of the resource.</summary>
    Resource AddRecord(string name, DomainName host, RecordTarget target, CustomResourceOptions? options = null);
}
