public import Foundation

/// The theme bundles that the distribution ships, as files: `Plugins/Themes/<id>/`.
public enum StandardThemes {
    /// The folder whose folders are bundles; for `BundleLoader`.
    public static var folder: URL { Bundle.module.bundleURL.appendingPathComponent("Themes", isDirectory: true) }
}
