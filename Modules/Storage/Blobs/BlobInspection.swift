import Foundation

/// Looks at a file from outside, which may be hostile, before it is stored.
struct BlobInspection {
    let limits: BlobLimits

    /// Checks a file and says what it really is.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - declaredType: the client's media type; empty or `application/octet-stream` declares nothing.
    ///   - fileName: the file's name, whose ending must fit too.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/blobRefused``; its detail names the reason.
    func type(of bytes: [UInt8], declaredType: String, fileName: String) throws -> BlobType {
        let name = fileName.prefix(60)
        guard !bytes.isEmpty else { throw refused("文件“\(name)”是空的。请重新选择文件上传。", "empty") }
        guard bytes.count <= limits.maxBytes else {
            throw refused(
                "文件“\(name)”有 \(megabytes(bytes.count))，超过 \(megabytes(limits.maxBytes)) 的上限。请压缩或分成几个文件后上传。", "size")
        }
        let accepted = BlobType.allCases.filter(limits.types.contains).map(\.name).joined(separator: "、")
        guard let actual = try sniff(bytes) else {
            throw refused("看不出文件“\(name)”的格式，或文件已损坏。请上传 \(accepted) 文件。", "unknown")
        }
        let declared = [BlobType(mediaType: declaredType), BlobType(fileName: fileName)]
        let isUndeclared = declaredType.isEmpty || declaredType.lowercased() == "application/octet-stream"
        guard let fromName = declared[1], declared[0] != nil || isUndeclared else {
            throw refused("不接受文件“\(name)”的类型。请上传 \(accepted) 文件。", "type")
        }
        guard fromName == actual, declared[0] ?? actual == actual else {
            throw refused("文件“\(name)”的内容其实是\(actual.name)，与文件名或声明的类型不符。请上传原始文件，不要改后缀。", "disguised")
        }
        guard limits.types.contains(actual) else {
            throw refused("这里不接受\(actual.name)文件。请上传 \(accepted) 文件。", "type")
        }
        return actual
    }

    private func sniff(_ bytes: [UInt8]) throws -> BlobType? {
        if bytes.starts(with: Array("%PDF-".utf8)) {
            let tail = bytes.suffix(2048)
            return String(decoding: tail, as: UTF8.self).contains("%%EOF") ? .pdf : nil
        }
        if bytes.starts(with: PictureHeader.png) {
            return try checked(PictureHeader.pngSize(bytes)) ? .png : nil
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            return try checked(PictureHeader.jpegSize(bytes)) ? .jpeg : nil
        }
        if bytes.starts(with: ZipDirectory.signature) {
            let directory = try ZipDirectory(bytes, limits: limits)
            return directory.names.contains("OFD.xml") ? .ofd : .zip
        }
        return try sniffText(bytes)
    }

    private func sniffText(_ bytes: [UInt8]) throws -> BlobType? {
        guard let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 || [9, 10, 13].contains($0.value) })
        else { return nil }
        let begin = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if begin.hasPrefix("<") {
            guard text.range(of: "<!DOCTYPE", options: .caseInsensitive) == nil,
                text.range(of: "<!ENTITY", options: .caseInsensitive) == nil
            else { throw refused("XML 文件带有 DOCTYPE 声明，可能有害。请去掉这一声明后重新上传。", "doctype") }
            return .xml
        }
        if begin.hasPrefix("{") || begin.hasPrefix("["), (try? JSONSerialization.jsonObject(with: Data(bytes))) != nil {
            return .json
        }
        return .txt
    }

    /// Whether a picture has a size; an absurd one is refused before any decoder makes room for it.
    private func checked(_ size: PictureHeader.Size?) throws -> Bool {
        guard let size else { return false }
        let isAbsurd =
            size.width > limits.maxPictureSide || size.height > limits.maxPictureSide
            || size.width * size.height > limits.maxPicturePixels
        guard !isAbsurd else {
            throw refused("图片有 \(size.width)×\(size.height) 像素，太大了。请缩小后重新上传，手机拍照的尺寸就足够。", "dimensions")
        }
        return true
    }

    private func megabytes(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\(max(1, bytes >> 10)) KB" : "\(bytes >> 20) MB"
    }
}

/// A refusal of a file, with its reason for programs.
func refused(_ message: String, _ reason: String) -> StorageError {
    StorageError(.blobRefused, message, detail: reason)
}
