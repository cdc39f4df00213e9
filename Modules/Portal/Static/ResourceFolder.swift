import Foundation

/// The portal's resources as they were packed with the program.
struct ResourceFolder: Sendable {
    /// The path of the folder.
    let path: String

    /// The folder of this build.
    ///
    /// - Throws: ``PortalError`` when it is missing beside the program.
    static func bundled() throws -> ResourceFolder {
        // Not `resourcePath`: Foundation takes a folder of this name inside a bundle for the resources themselves.
        let folder = ResourceFolder(path: Bundle.module.bundlePath + "/Resources")
        guard FileManager.default.fileExists(atPath: folder.path) else { throw PortalError.resourcesMissing }
        return folder
    }

    /// The files below a sub-folder by their path in it.
    ///
    /// - Throws: ``PortalError`` when one can't be read.
    func files(in subfolder: String) throws -> [String: [UInt8]] {
        let root = "\(path)/\(subfolder)"
        guard let names = FileManager.default.enumerator(atPath: root) else { throw PortalError.resourcesMissing }
        var files: [String: [UInt8]] = [:]
        for case let name as String in names {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            guard let data = FileManager.default.contents(atPath: "\(root)/\(name)") else {
                throw PortalError.resourceUnreadable(name)
            }
            files[name] = Array(data)
        }
        return files
    }
}
