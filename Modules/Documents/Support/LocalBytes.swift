import Foundation

/// Reads local files with errors in our words.
enum LocalBytes {
    static func all(of path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw unreadable(path)
        }
    }

    static func start(of path: String, count: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw unreadable(path) }
        defer { try? handle.close() }
        do {
            return try handle.read(upToCount: count).map(Array.init) ?? []
        } catch {
            // A folder can be opened but not read.
            throw unreadable(path)
        }
    }

    static func size(of path: String) throws -> Int {
        guard
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? NSNumber
        else { throw unreadable(path) }
        return size.intValue
    }

    private static func unreadable(_ path: String) -> DocumentsError {
        DocumentsError(.unreadable, "打不开文件 \(path)。请检查路径是否正确、是否有读取权限。")
    }
}
