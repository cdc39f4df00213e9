/// What can be told of a seal's picture without decoding it.
enum SealPicture {
    private static let maximumBytes = 2 << 20
    private static let maximumSide = 4096

    /// Why a picture is not to be shown to anyone; nil when nothing speaks against it.
    static func problem(_ picture: ElectronicSeal.Picture) -> String? {
        guard picture.data.count <= maximumBytes else { return "印章图片有 \(picture.data.count >> 20) MB，大得不正常。请勿打开这份文件。" }
        guard picture.type.lowercased() == "png" else { return nil }
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        guard picture.data.starts(with: signature), picture.data.count >= 24 else {
            return "印章图片写明是 PNG，内容却不是。请勿打开这份文件。"
        }
        func number(_ start: Int) -> Int { picture.data[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
        let (width, height) = (number(16), number(20))
        return width > maximumSide || height > maximumSide ? "印章图片有 \(width)×\(height) 像素，大得不正常。请勿打开这份文件。" : nil
    }
}
