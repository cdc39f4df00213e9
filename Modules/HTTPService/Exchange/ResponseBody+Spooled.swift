import Foundation
import HummingbirdCore
import NIOCore
import PluginKit

extension ResponseBody {
    /// A file from the disk, piece by piece, so that its size does not matter.
    init(_ file: SpooledFile) {
        self.init(contentLength: file.size) { writer in
            guard let handle = FileHandle(forReadingAtPath: file.path) else { throw CocoaError(.fileReadNoSuchFile) }
            defer { try? handle.close() }
            while let piece = try handle.read(upToCount: 1 << 18), !piece.isEmpty {
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
    }
}
