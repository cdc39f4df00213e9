import Cryptography
public import Extension
public import Foundation

/// The files of one bundle's folder, as text.
public struct BundleFiles: Sendable {
    /// Contents by path within the folder, in the canonical form that is hashed: UTF-8, lines ended by LF.
    public let contents: [String: String]
    /// What can't be taken as it is.
    public let findings: [ThemeFinding]

    /// The most bytes of one file.
    static let maximumFile = 1 << 20
    /// The most files of one bundle.
    static let maximumCount = 200

    /// Files that lie in no folder, such as a draft's.
    public init(_ contents: [String: String]) {
        self.contents = contents.mapValues(Self.canonical)
        findings = []
    }

    /// Reads a folder; hidden files are left out, links are refused.
    public init(_ folder: URL) {
        var contents: [String: String] = [:]
        var findings: [ThemeFinding] = []
        let name = folder.lastPathComponent
        let keys: [URLResourceKey] = [.isRegularFileKey, .isSymbolicLinkKey, .fileSizeKey]
        let base = folder.standardizedFileURL.resolvingSymlinksInPath()
        let enumerator = FileManager.default.enumerator(
            at: base, includingPropertiesForKeys: keys, options: [.skipsHiddenFiles])
        while let url = enumerator?.nextObject() as? URL {
            let path = String(url.path.dropFirst(base.path.count + 1))
            let values = try? url.resourceValues(forKeys: Set(keys))
            func refuse(_ code: String, _ message: String) {
                findings.append(ThemeFinding(file: "\(name)/\(path)", code: code, message: message))
            }
            if values?.isSymbolicLink == true {
                refuse("bundle.link", "主题文件夹里不能有链接，请换成文件本身。")
            } else if values?.isRegularFile == true {
                guard (values?.fileSize ?? .max) <= Self.maximumFile, contents.count < Self.maximumCount else {
                    refuse("bundle.too_large", "文件超过 1 MiB，或主题文件夹里超过 \(Self.maximumCount) 个文件，请精简。")
                    continue
                }
                guard let data = try? Data(contentsOf: url), let text = String(validating: data, as: UTF8.self) else {
                    refuse("bundle.encoding", "文件读不出来，或不是 UTF-8 编码，请另存为 UTF-8。")
                    continue
                }
                contents[path] = Self.canonical(text)
            }
        }
        self.contents = contents
        self.findings = findings
    }

    /// The same text on every system: without a byte order mark, lines ended by LF.
    private static func canonical(_ text: String) -> String {
        let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        return body.replacingOccurrences(of: "\r\n", with: "\n")
    }

    /// SM3 over all files in the order of their paths, and over the deployment's settings where there are any: 64
    /// hexadecimal digits. What a running case keeps is named by it, so a changed setting must change it.
    public func hash(settings: [String: JSONValue]) -> String {
        var hasher = SM3.Hasher()
        func update(_ text: String) {
            hasher.update(Array("\(text.utf8.count)\n".utf8))
            hasher.update(Array(text.utf8))
        }
        for (path, content) in contents.sorted(by: { $0.key < $1.key }) {
            update(path)
            update(content)
        }
        if !settings.isEmpty { update(JSONValue.object(settings).canonical) }
        return Hex.encode(hasher.finalize())
    }
}
