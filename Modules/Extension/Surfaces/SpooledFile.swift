import Foundation

/// A file that waits on the disk to be sent, too large to be held in memory; it is removed when nobody needs it any
/// more.
public final class SpooledFile: Sendable {
    /// Where it lies.
    public let path: String
    /// In bytes.
    public let size: Int

    /// Takes charge of a file.
    ///
    /// - Throws: when there is no such file.
    public init(path: String) throws {
        self.path = path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path for a new file of this process, in the system's folder for what is passing.
    public static func newPath() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-\(UUID().uuidString)").path
    }
}
