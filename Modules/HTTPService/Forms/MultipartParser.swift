import PluginKit

/// A strict, incremental parser of `multipart/form-data` (RFC 7578 over RFC 2046 §5.1).
///
/// It is fed pieces as they arrive and keeps at most one incomplete delimiter beyond the parts themselves. What
/// RFC 2046 allows and no browser sends (text before the first or after the last boundary) is refused, since two
/// programs that read it differently are a way past a check.
struct MultipartParser {
    private enum State {
        case opening
        case delimiterEnd
        case headers
        case content
        case done
    }

    private let delimiter: [UInt8]
    private let limits: FormLimits
    private var state = State.opening
    private var buffer: [UInt8] = []
    private var received = 0
    private var parts = 0
    private var part = MultipartPart()
    private var form = FormContent()

    /// - Throws: ``Problem`` 400 when the boundary breaks RFC 2046's rules: 1 to 70 characters of its set.
    init(boundary: String, limits: FormLimits) throws {
        let bytes = Array(boundary.utf8)
        guard (1...70).contains(bytes.count), bytes.last != UInt8(ascii: " "),
            bytes.allSatisfy(Self.boundarySet.contains)
        else { throw Problem.malformedForm("multipart 的 boundary 缺失或不合规定") }
        delimiter = Array("\r\n--".utf8) + bytes
        self.limits = limits
        // The first boundary has no line break before it; with one the same search finds all of them.
        buffer = [0x0D, 0x0A]
    }

    private static let boundarySet = Set(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ".utf8)

    /// Takes the next piece.
    mutating func feed(_ bytes: some Collection<UInt8>) throws {
        received += bytes.count
        if received > limits.total { throw Problem.bodyTooLarge(limits.total) }
        buffer.append(contentsOf: bytes)
        var position = 0
        while try advance(&position) {}
        if position > 0 { buffer.removeFirst(position) }
    }

    /// Ends the form.
    mutating func finish() throws -> FormContent {
        guard case .done = state else { throw Problem.malformedForm("表单没有传完整") }
        return form
    }

    /// Makes one step; false when more bytes are needed.
    private mutating func advance(_ position: inout Int) throws -> Bool {
        let available = buffer.count - position
        switch state {
        case .opening:
            guard available >= delimiter.count else { return false }
            guard buffer[position...].starts(with: delimiter) else {
                throw Problem.malformedForm("表单没有以 boundary 开始")
            }
            position += delimiter.count
            state = .delimiterEnd
        case .delimiterEnd:
            guard available >= 2 else { return false }
            let end = (buffer[position], buffer[position + 1])
            position += 2
            if end == (0x0D, 0x0A) {
                parts += 1
                if parts > limits.parts { throw Problem.malformedForm("表单的内容超过 \(limits.parts) 项") }
                state = .headers
            } else if end == (UInt8(ascii: "-"), UInt8(ascii: "-")) {
                state = .done
            } else {
                throw Problem.malformedForm("boundary 后面的内容不合规定")
            }
        case .headers:
            guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], from: position) else {
                if available > limits.headers { throw Problem.malformedForm("表单一项的头部太长") }
                return false
            }
            if end - position > limits.headers { throw Problem.malformedForm("表单一项的头部太长") }
            part = try MultipartPart(headers: buffer[position..<end])
            // The last line break stays: an empty part's delimiter begins with it.
            position = end + 4
            state = .content
        case .content:
            guard let end = find(delimiter, from: position) else {
                let keep = min(available, delimiter.count - 1)
                try part.append(buffer[position..<(buffer.count - keep)], limits)
                position = buffer.count - keep
                return false
            }
            try part.append(buffer[position..<end], limits)
            try part.add(to: &form)
            position = end + delimiter.count
            state = .delimiterEnd
        case .done:
            // A final line break is customary, anything else is not.
            guard buffer[position...].allSatisfy({ $0 == 0x0D || $0 == 0x0A }) else {
                throw Problem.malformedForm("表单在结束之后还有多余的内容")
            }
            position = buffer.count
            return false
        }
        return true
    }

    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        buffer.withUnsafeBufferPointer { bytes in
            pattern.withUnsafeBufferPointer { pattern in
                var index = start
                let last = bytes.count - pattern.count
                while index <= last {
                    if bytes[index] == pattern[0], bytes[index + 1] == pattern[1] {
                        var length = 2
                        while length < pattern.count, bytes[index + length] == pattern[length] { length += 1 }
                        if length == pattern.count { return index }
                    }
                    index += 1
                }
                return nil
            }
        }
    }
}
