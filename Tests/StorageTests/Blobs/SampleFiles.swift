/// Small files made by hand, whole and hostile.
enum SampleFiles {
    static let pdf = Array("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".utf8)
    static let jpeg = jpeg(width: 640, height: 480)

    static func png(width: Int, height: Int, after: [UInt8] = []) -> [UInt8] {
        let header = big(width, 4) + big(height, 4) + [8, 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", [1, 2, 3])
            + chunk("IEND", []) + after
    }

    static func jpeg(width: Int, height: Int) -> [UInt8] {
        let comment: [UInt8] = [0xFF, 0xFE, 0, 4, 1, 2]
        let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8] + big(height, 2) + big(width, 2) + [1, 1, 0x11, 0]
        return [0xFF, 0xD8] + comment + frame + [0xFF, 0xDA, 0, 2, 0, 0xFF, 0xD9]
    }

    /// A member of an archive; `claimed` overstates its size.
    struct Member {
        var name: String
        var data: [UInt8]
        var method = 0
        var claimed: Int?
        var flags = 0
        var localName: String?
        /// Where the directory says the member begins, if not where it does.
        var offset: Int?
    }

    static func zip(_ members: [Member], before: [UInt8] = [], after: [UInt8] = []) -> [UInt8] {
        var body = before
        var directory: [UInt8] = []
        for member in members {
            let local = Array((member.localName ?? member.name).utf8)
            let name = Array(member.name.utf8)
            let sizes = little(0, 4) + little(member.data.count, 4) + little(member.claimed ?? member.data.count, 4)
            let head = little(20, 2) + little(member.flags, 2) + little(member.method, 2) + little(0, 4) + sizes
            directory += little(0x0201_4B50, 4) + little(20, 2) + head + little(name.count, 2) + little(0, 12)
            directory += little(member.offset ?? body.count, 4) + name
            body += little(0x0403_4B50, 4) + head + little(local.count, 2) + little(0, 2) + local + member.data
        }
        let end = little(0x0605_4B50, 4) + little(0, 4) + little(members.count, 2) + little(members.count, 2)
        return body + directory + end + little(directory.count, 4) + little(body.count, 4) + little(0, 2) + after
    }

    static func big(_ number: Int, _ count: Int) -> [UInt8] { little(number, count).reversed() }

    static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        big(data.count, 4) + Array(type.utf8) + data + [0, 0, 0, 0]
    }
}
