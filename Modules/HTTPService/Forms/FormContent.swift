import Kernel
import NIOCore
public import PluginKit

/// What a posted form holds.
public struct FormContent: Sendable {
    /// The values of the fields by name; a name may come several times.
    public var fields: [String: [String]] = [:]
    /// The files by field.
    public var files: [String: [UploadedFile]] = [:]

    /// The last value of a field, or nil when it was not sent.
    public func value(_ name: String) -> String? { fields[name]?.last }
}

/// How much a form may hold.
struct FormLimits: Sendable {
    /// The whole form, in bytes.
    var total: Int
    /// One text field, in bytes.
    var field = 64 << 10
    /// Fields and files together.
    var parts = 100
    /// The headers of one part, in bytes.
    var headers = 8 << 10
}

extension Exchange {
    /// Reads a posted form of either type.
    ///
    /// - Throws: ``Problem`` 400 when it is malformed, 413 when it is too large, 415 when it is no form.
    public func form() async throws -> FormContent {
        guard hasBody else { return FormContent() }
        switch contentType?.value {
        case "application/x-www-form-urlencoded":
            let bytes = try await body(limit: environment.settings.maximumBody)
            guard let values = URLEncodedForm.values(bytes) else {
                throw Problem.malformedForm("内容不是有效的 UTF-8 表单编码")
            }
            return FormContent(fields: values.mapValues { $0.map(\.withLineFeeds) })
        case "multipart/form-data":
            let limits = FormLimits(total: environment.settings.maximumUpload)
            if let length = declaredLength, length > limits.total { throw Problem.bodyTooLarge(limits.total) }
            var parser = try MultipartParser(boundary: contentType?.parameters["boundary"] ?? "", limits: limits)
            try await eachChunk { try parser.feed($0.readableBytesView) }
            return try parser.finish()
        default: throw Problem.unsupportedType("multipart/form-data")
        }
    }
}

extension String {
    /// The text with the line breaks of our data instead of those of forms (CR LF).
    var withLineFeeds: String { utf8.contains(0x0D) ? replacing("\r\n", with: "\n") : self }
}
