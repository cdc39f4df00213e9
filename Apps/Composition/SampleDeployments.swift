public import Foundation

/// The sample deployments as files: `Apps/Deployments/<name>/`.
public enum SampleDeployments {
    /// The folder whose folders are deployments.
    public static var folder: URL { Bundle.module.bundleURL.appendingPathComponent("Deployments", isDirectory: true) }
}
