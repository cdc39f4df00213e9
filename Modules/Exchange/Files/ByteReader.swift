import Foundation

/// Reads a file piece by piece, so that its size does not matter.
struct ByteReader {
    private let handle: FileHandle
    private var piece: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    init(path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ExchangeError.file("读不到文件 \(path)。请检查路径和权限。")
        }
        self.handle = handle
    }

    /// The next byte without taking it; nil at the end.
    mutating func peek() throws -> UInt8? {
        if position == piece.count, !isAtEnd {
            piece = Array(try handle.read(upToCount: 1 << 16) ?? Data())
            position = 0
            isAtEnd = piece.isEmpty
        }
        return position < piece.count ? piece[position] : nil
    }

    mutating func next() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        return byte
    }

}
