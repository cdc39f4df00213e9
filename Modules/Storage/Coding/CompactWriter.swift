import Standards

/// Writes a document of ``CompactCoding`` from front to back.
///
/// A container says how deep it lies before it writes; whatever lies deeper is finished then. So the containers of a
/// value may come one after the other or in each other, as every synthesised encoding has them, but not interleaved.
public final class CompactWriter {
    private var bytes: [UInt8] = [CompactCoding.version]
    private var names: [ExactText: Int] = [:]
    /// The serial numbers of the containers that are open, from the outermost in.
    private var open: [Int] = []
    private var serial = 0

    init() { bytes.reserveCapacity(1024) }

    var depth: Int { open.count }
    var length: Int { bytes.count }

    func finished() -> [UInt8] {
        close(to: 0)
        return bytes
    }

    /// Opens a container.
    ///
    /// - Returns: what its writer names it by.
    func begin(_ tag: UInt8) -> Container {
        bytes.append(tag)
        serial += 1
        open.append(serial)
        return Container(depth: open.count, serial: serial)
    }

    /// Finishes whatever lies deeper than a depth.
    func close(to depth: Int) {
        while open.count > depth {
            bytes.append(CompactTag.end)
            open.removeLast()
        }
    }

    /// Makes a container the innermost one.
    ///
    /// - Returns: false when it was finished already.
    func enter(_ container: Container) -> Bool {
        guard open.count >= container.depth, open[container.depth - 1] == container.serial else { return false }
        close(to: container.depth)
        return true
    }

    /// Writes the name of the member that comes next.
    @usableFromInline
    func name(_ name: String) {
        let exact = ExactText(name)
        if let number = names[exact] { return count(number) }
        let number = names.count + 1
        names[exact] = number
        count(number)
        raw(name)
    }

    func null() { bytes.append(CompactTag.null) }

    /// Writes a truth value.
    public func write(_ flag: Bool) { bytes.append(flag ? CompactTag.yes : CompactTag.no) }

    /// Writes a whole number.
    public func write(_ number: Int64) {
        bytes.append(CompactTag.integer)
        variable(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    func write(_ number: Double) {
        bytes.append(CompactTag.real)
        withUnsafeBytes(of: number.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Writes a text.
    public func write(_ text: String) {
        bytes.append(CompactTag.text)
        raw(text)
    }

    func write(_ content: [UInt8]) {
        bytes.append(CompactTag.bytes)
        count(content.count)
        bytes.append(contentsOf: content)
    }

    /// Writes a value as its `Codable` conformance has it.
    public func write(coded value: some Encodable) throws {
        try CompactEncoder(writer: self, codingPath: []).write(value)
    }

    @usableFromInline func beginRecord() { bytes.append(CompactTag.record) }
    @usableFromInline func beginList() { bytes.append(CompactTag.list) }
    @usableFromInline func end() { bytes.append(CompactTag.end) }

    private func raw(_ text: String) {
        count(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private func count(_ count: Int) { variable(UInt64(count)) }

    private func variable(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// An open record or list.
    struct Container {
        let depth: Int
        let serial: Int
    }
}
