namespace Infra.Clusters;

/// <summary>What a taint does to pods that do not tolerate it.</summary>
public enum NodeTaintEffect
{
    /// <summary>They are not scheduled there.</summary>
    NoSchedule,

    /// <summary>They are scheduled there only if there is no other node.</summary>
    PreferNoSchedule,

    /// <summary>They are not scheduled there, and running ones leave.</summary>
    NoExecute,
}
