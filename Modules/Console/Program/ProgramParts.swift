public import Foundation
public import Kernel
public import ServiceLifecycle

/// What a program brings besides its plugins; a county's own executable gives its own.
public struct ProgramParts: Sendable {
    /// Makes the server of a booted kernel; `whenRunning` is told the port once requests are taken.
    ///
    /// It is given in from outside, since the console knows neither HTTP nor pages (DESIGN §3).
    public typealias MakeServer =
        @Sendable (_ kernel: Kernel, _ whenRunning: @escaping @Sendable (Int) async -> Void) throws -> any Service

    /// The folder with sample deployments, one folder each, for `init --from`.
    public let deployments: URL
    /// The folders of theme bundles that the program ships with.
    public let themes: [URL]
    public let makeServer: MakeServer

    public init(deployments: URL, themes: [URL], makeServer: @escaping MakeServer) {
        self.deployments = deployments
        self.themes = themes
        self.makeServer = makeServer
    }
}
