namespace Operate.Starting;

/// <summary>Which example says what for a first stack: the sections of one that fits the cluster, and those of others for what it lacks.</summary>
/// <param name="stack">What is wanted.</param>
/// <param name="read">Reads an example.</param>
internal sealed class FirstSections(FirstStack stack, Func<string, ExampleFile> read)
{
    private readonly bool _studios = stack.Parts.Contains(FirstStack.Studios, StringComparer.Ordinal);
    private readonly bool _workbench = stack.Parts.Contains(FirstStack.Workbench, StringComparer.Ordinal);
    private readonly bool _tower = stack.Parts.Contains(FirstStack.Tower, StringComparer.Ordinal);

    private bool IsEks => stack.Cluster is FirstStack.Eks or FirstStack.AdoptedEks;

    private bool IsGke => stack.Cluster is FirstStack.Gke or FirstStack.AdoptedGke;

    // What the others are added to
    private string Base => stack.Cluster switch
    {
        FirstStack.Existing => "tower-only-existing",
        FirstStack.Eks => _workbench ? "studios-and-workbench" : "eks-dev",
        FirstStack.AdoptedEks => "eks-adopt",
        FirstStack.Gke => "gke-dev",
        FirstStack.AdoptedGke => "gke-adopt",
        _ => "data-studios-compose",
    };

    /// <summary>The sections in the order of a stack file.</summary>
    public IEnumerable<Section> All()
    {
        if (stack.Production)
        {
            yield return new Section("production", " true");
        }
        if (stack.Cluster == FirstStack.None)
        {
            yield return Of("aws");
            yield return Dns();
            yield return Of("backup");
            yield return Lasting(Versioned(Of("compose")));
            yield break;
        }
        if (IsEks)
        {
            yield return Of("aws");
        }
        if (IsGke)
        {
            yield return Of("gcp");
        }
        if (stack.Cluster != FirstStack.Existing || _studios || _workbench || _tower)
        {
            yield return Cluster();
        }
        if (stack.Cluster != FirstStack.Existing && (_studios || _workbench))
        {
            yield return Dns();
        }
        if (stack.Cluster == FirstStack.Gke && _studios)
        {
            yield return Of("certManager");
        }
        if (stack.Cluster == FirstStack.Existing && _workbench)
        {
            yield return read("workbench-existing-traefik").Of("certManager");
        }
        if (_tower || _workbench)
        {
            yield return stack.Cluster switch
            {
                _ when IsGke && (_workbench || stack.Production) => read("workbench-gke").Of("storage"),
                // Production has copies
                FirstStack.Eks => read("studios-and-workbench").Of("storage"),
                _ => Of("storage"),
            };
        }
        if (_studios)
        {
            yield return Redis();
        }
        if (_tower)
        {
            yield return Of("tower");
        }
        if (_studios)
        {
            yield return Studios();
        }
        if (_workbench)
        {
            yield return Workbench();
        }
        if (stack.Parts.Contains(FirstStack.CodeStudios, StringComparer.Ordinal))
        {
            // Images come first: what runs them, and where they answer, can be said once they have a digest (docs/code-studios.md)
            yield return read("code-studios").Of("codeStudios").Without(4, "ingress").Without(6, "vscode", "sales", "rstudio")
                .Without(8, "kubernetes", "seqera");
        }
    }

    private Section Of(string concept) => read(Base).Of(concept);

    // One pod is enough to try it out; what people depend on is there twice
    private Section Redis() => stack switch
    {
        { Cluster: FirstStack.Existing, Production: true } => read("studios-traefik-ssh").Of("redis"),
        { Cluster: FirstStack.Existing } => read("gke-dev").Of("redis"),
        { Cluster: FirstStack.Eks, Production: true } => read("eks-adopt").Of("redis"),
        { Cluster: FirstStack.Gke or FirstStack.AdoptedGke, Production: true }
            => read("gke-adopt").Of("redis").Replaced("highAvailability: false", "highAvailability: true"),
        _ => Of("redis"),
    };

    // A pool of pipelines alone would have nobody who runs on it
    private Section Cluster() => stack.Cluster switch
    {
        FirstStack.Gke when _workbench || stack.Production => read("workbench-gke").Of("cluster"),
        FirstStack.Eks when _workbench && !_tower => read("workbench-eks").Of("cluster"),
        _ => Lasting(Of("cluster")),
    };

    private Section Lasting(Section section) => stack.Production ? section.Replaced("nat: single", "nat: perZone") : section;

    private Section Dns()
    {
        var dns = stack.Cluster == FirstStack.Gke && !_studios ? read("workbench-gke").Of("dns") : Of("dns");
        var parent = stack.Domain[(stack.Domain.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (!parent.Contains('.', StringComparison.Ordinal))
        {
            // A domain that was bought has its zone already
            dns = dns.Without(6, "createZone", "parentZone").Replaced(" parentManagedZone:", " managedZone:");
        }
        return dns with { Text = FirstStack.Put(FirstStack.Put(dns.Text, "      zone: ", stack.Domain), "      parentZone: ", parent) };
    }

    private Section Studios()
    {
        var studios = stack.Cluster == FirstStack.Existing
            ? read("studios-traefik-ssh").Of("studios").Without(4, "imageRegistry", "certificateAuthority", "metrics", "redis", "ssh", "proxy")
            : Of("studios").Without(4, "ssh");
        if (stack.Ssh)
        {
            studios = studios.With(stack.Cluster == FirstStack.Existing
                ? "    ssh:\n      workspaces: all\n      sameHost:\n        nodePort: 30222"
                : "    ssh:\n      workspaces: all\n      ownHost:\n        host: connect-ssh.example.com");
        }
        return Versioned(studios);
    }

    private Section Workbench() => stack.Cluster switch
    {
        FirstStack.Existing => read("workbench-existing-traefik").Of("workbench"),
        FirstStack.Gke or FirstStack.AdoptedGke => read("workbench-gke").Of("workbench"),
        _ => read(stack.Production ? "workbench-eks" : "studios-and-workbench").Of("workbench"),
    };

    private Section Versioned(Section section) => stack.PlatformVersion is not { } version ? section
        : section with { Text = FirstStack.Put(section.Text, "      version: ", version) };
}
