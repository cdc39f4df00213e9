import PluginKit

/// One field or file of a form while it arrives.
struct MultipartPart {
    private var name = ""
    private var fileName: String?
    private var contentType = "application/octet-stream"
    private var bytes: [UInt8] = []

    init() {}

    /// Reads the part's headers.
    ///
    /// - Throws: ``Problem`` 400 for a header that is malformed, comes twice or asks for another encoding.
    init(headers: ArraySlice<UInt8>) throws {
        guard let text = String(validating: headers, as: UTF8.self), !text.utf8.contains(0) else {
            throw Problem.malformedForm("表单一项的头部不是有效的 UTF-8 文字")
        }
        var seen: Set<String> = []
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":") else { throw Problem.malformedForm("表单一项的头部不合规定") }
            let header = line[..<colon].lowercased()
            guard seen.insert(header).inserted, !line.utf8.contains(0x0A), !line.utf8.contains(0x0D) else {
                throw Problem.malformedForm("表单一项的头部重复或含有换行")
            }
            try read(header, line[line.index(after: colon)...].trimmingSpace)
        }
        guard !name.isEmpty else { throw Problem.malformedForm("表单有一项没有字段名") }
    }

    private mutating func read(_ header: String, _ value: String) throws {
        switch header {
        case "content-disposition":
            guard let parsed = HeaderParameters(value), parsed.value == "form-data",
                let field = parsed.parameters["name"], (1...200).contains(field.utf8.count),
                // RFC 7578 §4.2 forbids the extended form here; programs differ in which of the two they believe.
                parsed.parameters["filename*"] == nil
            else { throw Problem.malformedForm("表单一项的 Content-Disposition 不合规定") }
            name = Self.unescape(field)
            fileName = parsed.parameters["filename"].map(Self.unescape)
        case "content-type":
            guard let parsed = HeaderParameters(value), parsed.value.contains("/") else {
                throw Problem.malformedForm("表单一项的 Content-Type 不合规定")
            }
            guard !parsed.value.hasPrefix("multipart/") else { throw Problem.malformedForm("表单里不能再套 multipart") }
            contentType = parsed.value
        case "content-transfer-encoding":
            guard ["7bit", "8bit", "binary"].contains(value.lowercased()) else {
                throw Problem.malformedForm("不支持表单一项所用的传输编码")
            }
        default: break
        }
    }

    /// Takes content.
    mutating func append(_ content: ArraySlice<UInt8>, _ limits: FormLimits) throws {
        if fileName == nil, bytes.count + content.count > limits.field { throw Problem.bodyTooLarge(limits.field) }
        bytes.append(contentsOf: content)
    }

    /// Adds the finished part to the form; a file input that was left empty adds nothing.
    func add(to form: inout FormContent) throws {
        if let fileName {
            if fileName.isEmpty, bytes.isEmpty { return }
            let file = UploadedFile(bytes: bytes, name: FileName.sanitise(fileName), contentType: contentType)
            form.files[name, default: []].append(file)
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw Problem.malformedForm("字段 \(name.prefix(40)) 的内容不是有效的 UTF-8 文字")
        }
        form.fields[name, default: []].append(text.withLineFeeds)
    }

    /// Browsers write a quote and line breaks in names as percent escapes, and nothing else (HTML §4.10.21.8).
    private static func unescape(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return text.replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: " ")
    }
}
