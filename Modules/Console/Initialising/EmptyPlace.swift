import Foundation
import Kernel

/// A folder that was empty or missing when we came, and can be made so again.
struct EmptyPlace {
    private let folder: DeploymentFolder
    private let existed: Bool
    /// What a fresh file system has of its own.
    private static let ignored: Set<String> = ["lost+found"]

    /// - Throws: ``KernelError`` when a deployment is there, ``ConsoleError`` when something else is.
    init(_ folder: DeploymentFolder) throws {
        self.folder = folder
        var isFolder: ObjCBool = false
        existed = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
        if existed, !isFolder.boolValue {
            throw ConsoleError("console.not_a_folder", "\(folder.path) 不是目录。请用 --data 换一个目录。")
        }
        if folder.hasDeployment {
            throw KernelError(.deploymentExists, "\(folder.path) 里已有部署，没有改动任何内容。请换一个目录，或直接使用这个部署。")
        }
        if let stranger = Self.contents(folder).first {
            throw ConsoleError(
                "console.folder_not_empty",
                "\(folder.path) 不是空的（有 \(stranger) 等），也不是部署，没有改动任何内容。请用 --data 换一个空目录。")
        }
    }

    /// Removes what was made since.
    func restore() {
        let manager = FileManager.default
        for name in Self.contents(folder) { try? manager.removeItem(atPath: "\(folder.path)/\(name)") }
        if !existed { try? manager.removeItem(atPath: folder.path) }
    }

    private static func contents(_ folder: DeploymentFolder) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { !ignored.contains($0) }.sorted()
    }
}
