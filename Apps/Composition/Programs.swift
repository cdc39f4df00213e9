public import Console
import Foundation
public import StandardDistribution
import StandardThemes

/// What both programs are made of: the standard distribution of plugins with its themes, samples and server.
public enum Programs {
    /// What the programs bring besides their plugins.
    public static let parts = ProgramParts(
        deployments: SampleDeployments.folder, themes: [StandardThemes.folder], makeServer: StandardServer.make)
    /// The command line.
    public static let console = Console<Standard>(parts)
}
