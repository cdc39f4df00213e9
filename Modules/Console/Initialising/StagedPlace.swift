import Foundation
import Kernel

/// A folder that was empty or missing when we came: a deployment is made in a stage inside it and put in its place when it
/// is whole, so that whoever is killed in the middle leaves nothing that looks like one.
struct StagedPlace {
    private let folder: DeploymentFolder
    private let existed: Bool

    /// Where the deployment is made.
    let stage: DeploymentFolder

    /// What a fresh file system has of its own.
    private static let ignored: Set<String> = ["lost+found"]
    /// The stage's name; while it is there, all in the folder is ours.
    static let stageName = "init-unfinished"
    /// The file that says in which database the tables are ours.
    private static let databaseName = "database"

    /// - Throws: ``KernelError`` when a deployment is there, ``ConsoleError`` when something else is.
    init(_ folder: DeploymentFolder) throws {
        self.folder = folder
        stage = DeploymentFolder("\(folder.path)/\(Self.stageName)")
        var isFolder: ObjCBool = false
        existed = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
        if existed, !isFolder.boolValue {
            throw ConsoleError("console.not_a_folder", "\(folder.path) 不是目录。请用 --data 换一个目录。")
        }
        if folder.hasDeployment {
            throw KernelError(.deploymentExists, "\(folder.path) 里已有部署，没有改动任何内容。请换一个目录，或直接使用这个部署。")
        }
        let contents = Self.contents(folder.path)
        if let stranger = contents.first, !contents.contains(Self.stageName) {
            throw ConsoleError(
                "console.folder_not_empty",
                "\(folder.path) 不是空的（有 \(stranger) 等），也不是部署，没有改动任何内容。请用 --data 换一个空目录。")
        }
    }

    /// Whether the tables in a database are what an earlier try left that was cut off.
    ///
    /// - Parameter conninfo: its connection string.
    func hasBegun(_ conninfo: String?) -> Bool {
        guard let left = FileManager.default.contents(atPath: "\(stage.path)/\(Self.databaseName)") else {
            return false
        }
        return String(decoding: left, as: UTF8.self) == conninfo
    }

    /// Removes what an earlier try left, and makes the stage.
    ///
    /// - Parameter conninfo: of the database outside of the folder into which tables will be put; nil for none.
    func begin(_ conninfo: String?) throws {
        clear()
        do {
            try FileManager.default.createDirectory(
                atPath: stage.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
            if let conninfo {
                let file = "\(stage.path)/\(Self.databaseName)"
                guard
                    FileManager.default.createFile(
                        atPath: file, contents: Data(conninfo.utf8), attributes: [.posixPermissions: 0o600])
                else { throw CocoaError(.fileWriteUnknown) }
            }
        } catch {
            throw KernelError(.folderNotWritable, "目录 \(folder.path) 不可写。请检查它的所有者和权限，以及所在磁盘是否已满。")
        }
    }

    /// Puts the deployment in its place; its settings last, since they say that it is whole.
    func publish() throws {
        let manager = FileManager.default
        let settings = (stage.settingsPath as NSString).lastPathComponent
        let names = Self.contents(stage.path).filter { $0 != Self.databaseName && $0 != settings }
        do {
            for name in names + [settings] {
                try manager.moveItem(atPath: "\(stage.path)/\(name)", toPath: "\(folder.path)/\(name)")
            }
        } catch {
            throw KernelError(.folderNotWritable, "不能写入 \(folder.path)。请检查目录的权限和磁盘空间。")
        }
        // What is left says nothing any more: the deployment is there.
        try? manager.removeItem(atPath: stage.path)
    }

    /// Removes what was made since.
    func restore() {
        clear()
        if !existed { try? FileManager.default.removeItem(atPath: folder.path) }
    }

    private func clear() {
        // The stage last: while it is there, another try may clear the rest.
        for name in Self.contents(folder.path).filter({ $0 != Self.stageName }) + [Self.stageName] {
            try? FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        }
    }

    private static func contents(_ path: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !ignored.contains($0) }.sorted()
    }
}
