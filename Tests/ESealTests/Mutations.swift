import StorageTestSupport

/// Changes bytes where their structure is, which finds more than flipping any of them.
enum Mutation {
    /// Changes an element of DER: its tag, its length, its content, or its presence; lengths around it are not repaired
    /// in half of the cases.
    static func der(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        let elements = elements(bytes)
        guard let element = elements.randomElement(using: &random) else { return bytes }
        var bytes = bytes
        switch Int.random(in: 0..<8, using: &random) {
        case 0: bytes[element.start] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes[element.start + 1] = UInt8.random(in: .min ... .max, using: &random)
        case 2: bytes[element.start + 1] = [0x80, 0x84, 0x85, 0xFF, 0x81, 0].randomElement(using: &random) ?? 0
        case 3 where element.content < element.end:
            bytes[Int.random(in: element.content..<element.end, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
        case 4: bytes.removeSubrange(element.start..<element.end)
        case 5: bytes.insert(contentsOf: bytes[element.start..<element.end], at: element.start)
        case 6: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        default:
            guard let other = elements.randomElement(using: &random) else { break }
            bytes.replaceSubrange(element.start..<element.end, with: bytes[other.start..<other.end])
        }
        return bytes
    }

    /// Changes a text by pieces that mean something in XML.
    static func xml(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        let words = [
            "<", ">", "</", "/>", "&", "&lt;", "&#0;", "&#x10FFFF;", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>",
            "<!DOCTYPE a>", "<!ENTITY", "\"", "'", "../", "/", "ofd:", "xmlns=\"\"", "ofd:Signature", "BaseLoc=\"/\"",
            "\u{FEFF}", "\u{0}", "岳", "CheckMethod=\"MD5\"", "<ofd:Reference FileRef=\"/OFD.xml\"/>",
        ]
        var bytes = bytes
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.insert(contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: place)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
        case 2 where place < bytes.count: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        default:
            let end = min(bytes.count, place + Int.random(in: 1...60, using: &random))
            let target = Int.random(in: 0...bytes.count, using: &random)
            bytes.insert(contentsOf: Array(bytes[place..<end]), at: target)
        }
        return bytes
    }

    private struct Element {
        let start: Int
        let content: Int
        let end: Int
    }

    /// All elements of a sound encoding; constructed ones, and strings that hold elements, are gone into.
    private static func elements(_ bytes: [UInt8]) -> [Element] {
        var found: [Element] = []
        func walk(_ start: Int, _ end: Int) {
            var position = start
            while position + 2 <= end {
                var content = position + 2
                var length = Int(bytes[position + 1])
                if length >= 0x80 {
                    let count = length & 0x7F
                    guard count <= 4, content + count <= end else { return }
                    length = bytes[content..<(content + count)].reduce(0) { $0 << 8 | Int($1) }
                    content += count
                }
                guard content + length <= end else { return }
                found.append(Element(start: position, content: content, end: content + length))
                if bytes[position] & 0x20 != 0 { walk(content, content + length) }
                if bytes[position] == 0x04, length > 40, bytes[content] == 0x30 { walk(content, content + length) }
                position = content + length
            }
        }
        walk(0, bytes.count)
        return found
    }
}
