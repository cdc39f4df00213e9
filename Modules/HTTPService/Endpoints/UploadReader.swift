import HTTPTypes
import PluginKit

/// Reads a file that is the whole body of a request.
enum UploadReader {
    /// - Throws: ``Problem`` 400 without content or name, 413 above the limit, 415 without a type.
    static func read(_ exchange: Exchange, limit: Int) async throws -> UploadedFile {
        let headers = exchange.headers
        guard exchange.hasBody else {
            throw Problem(400, "input.file_missing", "没有收到文件", "请把文件作为请求正文发送。")
        }
        guard let type = exchange.contentType, type.value.contains("/"), type.value != "multipart/form-data" else {
            throw Problem.unsupportedType("文件本身的类型，例如 application/pdf")
        }
        var name = FileName.unnamed
        if let header = headers[.fileName] {
            guard let decoded = PercentCoding.decode(header.utf8, plusIsSpace: false) else {
                throw Problem.header("X-File-Name", "应当是百分号编码的 UTF-8 文字")
            }
            name = decoded
        } else if let header = headers[.contentDisposition] {
            guard let parsed = FileName.parse(disposition: header) else {
                throw Problem.header("Content-Disposition", "没有可用的文件名")
            }
            name = parsed
        }
        let bytes = try await exchange.body(limit: limit)
        return UploadedFile(bytes: bytes, name: FileName.sanitise(name), contentType: type.value)
    }
}
