using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rehearsal.StackFiles;

/// <summary>How JSON is written: readable characters as they are.</summary>
internal static class JsonText
{
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
