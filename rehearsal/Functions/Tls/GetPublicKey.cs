using Rehearsal.Providers;
using Rehearsal.Providers.TlsValues;
using Rehearsal.Registration;
using Rehearsal.Wire;

namespace Rehearsal.Functions.Tls;

/// <summary>The public half of a private key in PEM, computed.</summary>
internal sealed class GetPublicKey : IFunction
{
    public string Token => "tls:index/getPublicKey:getPublicKey";

    public PropertyMap Invoke(PropertyMap arguments, EngineContext context)
    {
        using var key = TlsKey.Parse(arguments.RequiredText("privateKeyPem"), "privateKeyPem");
        return KeyOutputs.AddPublic(arguments, key).Plus(("algorithm", key.Algorithm), ("id", KeyOutputs.Id(key.SubjectPublicKeyInfo)));
    }
}
