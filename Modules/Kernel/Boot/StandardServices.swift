public import PluginKit

extension ServiceComposition {
    /// The services of this program.
    public static let standard = ServiceComposition(types: []) { _ in Made() }
}
