using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Infra.CodeStudios;
using Pulumi;
using Stacks.CodeStudios;
using Stacks.Settings;
using Stacks.Settings.Reading;

namespace Stacks.Commands;

/// <summary><c>studio build-context|export|import</c>: Code Studio templates as build contexts and as archives of DSS.</summary>
internal static class StudioCommand
{
    private const string Pod = "pod";
    private const string Seqera = "seqera";

    public static Command Create(Func<string, string?> environment, TextWriter output, TextWriter error)
    {
        var host = new Host(environment, output, error);
        return new Command(
            "studio",
            """
            Code Studio templates: what their images are built from, and archives of DSS.

            Examples:
              ./platform studio build-context dev jupyter -o context
              ./platform studio import template.zip -o imported
            """)
        {
            BuildContext(host),
            StudioArchiveCommands.Export(host),
            StudioArchiveCommands.Import(host),
        };
    }

    /// <summary>What the commands may touch.</summary>
    internal sealed record Host(Func<string, string?> Environment, TextWriter Output, TextWriter Error)
    {
        // What ./platform sets, since the program runs in a folder of its own.
        private const string FolderVariable = "PLATFORM_FOLDER";
        private const string StackFolderVariable = "PLATFORM_STACK_FOLDER";

        /// <summary>A name on the command line as a path.</summary>
        public string FromHere(string name) => Path.GetFullPath(name, Environment(FolderVariable) ?? Directory.GetCurrentDirectory());

        /// <summary>A name in the stack file as a path.</summary>
        public string FromStack(string name) =>
            Path.GetFullPath(name, Environment(StackFolderVariable) ?? Environment(FolderVariable) ?? Directory.GetCurrentDirectory());

        /// <summary>Runs a command and says what is wrong.</summary>
        public int Run(Action run)
        {
            try
            {
                run();
                return ExitCodes.Ok;
            }
            catch (StudioException exception)
            {
                Error.WriteLine(exception.Message);
                Error.WriteLine(exception.Fix);
            }
            catch (Exception exception) when (exception is RunException or IOException or UnauthorizedAccessException)
            {
                Error.WriteLine(exception.Message);
            }

            return ExitCodes.BadInput;
        }

        /// <summary>A template of the stack, with everything that is wrong with the stack's templates told first.</summary>
        public CodeStudioTemplateSettings Template(string name) => Chosen(name).Template;

        /// <summary>The same beside everything else that the stack says.</summary>
        public (CodeStudioTemplateSettings Template, PlatformSettings Stack) Chosen(string name)
        {
            var raw = RawSettings.FromEnvironment(Environment);
            if (raw.SecretKeys.Contains("codeStudios"))
            {
                throw new StudioException(
                    "platform:codeStudios is sealed, and everybody who pulls an image reads what it is built from.",
                    "Write it in the open, without what is secret.");
            }

            var read = SettingsValidation.Read(raw, Today.From(Environment));
            if (!read.Problems.IsEmpty)
            {
                throw new StudioException(SettingsReport.Render(read.Problems).TrimEnd('\n'), "");
            }

            var templates = read.Settings.CodeStudios?.Templates ?? ImmutableSortedDictionary<string, CodeStudioTemplateSettings>.Empty;
            return templates.TryGetValue(name, out var template) ? (template, read.Settings) : throw new StudioException(
                $"There is no template '{name}'.",
                templates.IsEmpty ? "The stack has no platform:codeStudios." : $"The stack has {string.Join(", ", templates.Keys)}.");
        }

        /// <summary>The resources of a template.</summary>
        public ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Resources(CodeStudioTemplateSettings template) => template.Resources is { } folder
            ? StudioFolder.Read(FromStack(folder))
            : ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
    }

    private static Command BuildContext(Host host)
    {
        var template = new Argument<string>("TEMPLATE") { Description = "The template, by its name under platform:codeStudios." };
        var folder = new Option<string>("--output", "-o")
        {
            Description = "The folder to write to; made when it is not there.",
            HelpName = "DIR",
            Required = true
        };
        var repository = new Option<string>("--repository")
        {
            Description = "Repository that the printed commands push to.",
            HelpName = "IMAGE",
            DefaultValueFactory = _ => "REGISTRY",
        };
        var target = new Option<string>("--for")
        {
            Description = "What runs the image: pods of a cluster, or a studio of Seqera Platform.",
            HelpName = "pod|seqera",
            DefaultValueFactory = _ => Pod,
        };
        target.AcceptOnlyFromAmong(Pod, Seqera);
        var command = new Command(
            "build-context",
            """
            Write the Dockerfile of a template and all that lies beside it, and print how to build the image.

            Examples:
              ./platform studio build-context dev jupyter -o context
              ./platform studio build-context dev jupyter -o context --repository registry.example.com/studios
              ./platform studio build-context dev jupyter -o repository --for seqera
            """)
        {
            template, folder, repository, target,
        };
        command.SetAction(parsed => host.Run(() => Write(
            host, parsed.GetRequiredValue(template), host.FromHere(parsed.GetRequiredValue(folder)), parsed.GetValue(repository)!.TrimEnd('/'),
            isSeqera: parsed.GetValue(target) == Seqera)));
        return command;
    }

    private static void Write(Host host, string name, string folder, string repository, bool isSeqera)
    {
        var (settings, stack) = host.Chosen(name);
        var seqera = !isSeqera ? null : settings.Seqera?.Options(name, settings, stack) ?? throw new StudioException(
            $"The template {name} says nothing of Seqera Platform.", $"Add seqera: {{}} to platform:codeStudios.templates.{name}.");
        var context = CodeStudios.BuildContext.Of(name, settings.Template(name), host.Resources(settings), seqera);
        StudioFolder.Write(folder, context.Files, CodeStudioContext.Mark, $"{name} {context.Tag}\n");
        var image = $"{repository}/{name}{(isSeqera ? "-seqera" : "")}:{context.Tag}";
        var words = (Folder: StudioPath.Quoted(isSeqera ? Path.Combine(folder, SeqeraStudio.Folder) : folder), Image: StudioPath.Quoted(image));
        host.Output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {context.Files.Count} files, {context.Size} bytes, in {folder}
            tag {context.Tag}: another one as soon as anything differs that the image is built from

            Build and push it with one of:
              docker buildx build --platform linux/amd64 --tag {words.Image} --push {words.Folder}
              /kaniko/executor --context dir://{words.Folder} --custom-platform linux/amd64 --destination {words.Image}
              gcloud builds submit --tag {words.Image} {words.Folder}

            """));
        if (isSeqera)
        {
            host.Output.Write(
                $"""
                Or commit the folder to a branch of its own, and let Seqera Platform build it: Studios, Add Studio, Git repository.
                {(context.Size <= SeqeraStudio.LargestContext ? "" : "That is larger than the 10 MB which the Platform builds from git: push the image, and name it in seqera.image.\n")}
                """);
        }
    }
}
