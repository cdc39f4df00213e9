public import Console
import Foundation
public import StandardDistribution
import StandardThemes

/// What both programs are made of: the standard distribution of plugins with its themes, samples and server.
public enum Programs {
    public static let console = Console<Standard>(
        ProgramParts(
            deployments: SampleDeployments.folder, themes: [StandardThemes.folder], makeServer: StandardServer.make))
}
