using Generator.Emit;
using Generator.Schema;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: dotnet Generator.dll SCHEMA.json OUTPUT_FOLDER");
    return 2;
}

if (!File.Exists(args[0]))
{
    Console.Error.WriteLine($"schema '{args[0]}' does not exist: ./platform sdk schema writes it");
    return 2;
}

var package = PackageSpec.Load(args[0]);
var files = new PackageEmitter(package).Emit();
Directory.CreateDirectory(args[1]);
foreach (var stale in Directory.EnumerateFiles(args[1], "*.g.cs").Where(field => !files.ContainsKey(Path.GetFileName(field))))
{
    File.Delete(stale);
}

foreach (var (name, text) in files)
{
    File.WriteAllText(Path.Combine(args[1], name), text);
}

return 0;
