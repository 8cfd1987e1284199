using Rehearsal.Wire;

namespace Rehearsal.Manifests;

/// <summary>Moves the markers of a Secret from <c>data</c>, where Kubernetes wants base64, to <c>stringData</c>, where it takes any text.</summary>
internal static class SecretData
{
    public static PropertyMap Readable(PropertyMap body)
    {
        if (body.Find("data") is not ObjectProperty { Properties: var data }) return body;
        var marked = data.Where(entry => entry.Value is StringProperty { Value: Markers.Secret or Markers.Unknown }).ToArray();
        if (marked.Length == 0) return body;
        var texts = (body.Find("stringData") as ObjectProperty)?.Properties ?? PropertyMap.Empty;
        foreach (var (key, value) in marked)
        {
            data = data.Without(key);
            texts = texts.With(key, value);
        }

        body = body.With("stringData", new ObjectProperty(texts));
        return data.Count == 0 ? body.Without("data") : body.With("data", new ObjectProperty(data));
    }
}
