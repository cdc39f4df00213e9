import HTTPTypes
import Kernel
import PluginKit

/// Merges path, query and body of a request into the one object from which an endpoint decodes its input.
struct EndpointInputReader: Sendable {
    private let input: EndpointInput
    private let isSafe: Bool
    private let settings: HTTPSettings
    /// The names of the parameters of path and query, and whether each is a list.
    private let lists: [String: Bool]
    private let pathNames: Set<String>

    init(_ input: EndpointInput, method: Method, settings: HTTPSettings) {
        self.input = input
        self.isSafe = method.isSafe
        self.settings = settings
        lists = Dictionary(
            input.parameters.map { ($0.name, $0.schema["type"] == "array") }, uniquingKeysWith: { first, _ in first })
        pathNames = Set(input.parameters.filter { $0.place == .path }.map(\.name))
    }

    /// - Returns: the input, and the bytes of the body for the request's digest.
    /// - Throws: ``Problem`` for anything that HTTP or JSON forbids; what the fields hold is the schema's to judge.
    func read(_ exchange: Exchange) async throws -> (input: RawInput, body: [UInt8]) {
        var members: [String: JSONValue] = [:]
        var findings: [Finding] = []
        if !exchange.rawQuery.isEmpty { try readQuery(exchange, &members, &findings) }
        for (name, value) in exchange.parameters { members[name] = .string(value) }
        if input.takesMessage {
            if !findings.isEmpty { throw Problem.invalid(findings) }
            let headers = exchange.headers.reduce(into: [String: String]()) { headers, field in
                if headers[field.name.canonicalName] == nil { headers[field.name.canonicalName] = field.value }
            }
            let message = WireMessage(headers: headers, body: try await exchange.body(limit: settings.maximumBody))
            return (RawInput(members: members, message: message), message.body)
        }
        if input.takesFile {
            if !findings.isEmpty { throw Problem.invalid(findings) }
            let file = try await UploadReader.read(exchange, limit: settings.maximumUpload)
            return (RawInput(members: members, file: file), file.bytes)
        }
        if isSafe {
            if exchange.hasBody { throw Problem.unexpectedBody }
            if !findings.isEmpty { throw Problem.invalid(findings) }
            return (RawInput(members: members), [])
        }
        let bytes = try await readJSON(exchange, &members, &findings)
        if !findings.isEmpty { throw Problem.invalid(findings) }
        return (RawInput(members: members), bytes)
    }

    private func readQuery(
        _ exchange: Exchange, _ members: inout [String: JSONValue], _ findings: inout [Finding]
    ) throws {
        for (name, values) in try exchange.query().sorted(by: { $0.key < $1.key }) {
            guard let isList = lists[name], !pathNames.contains(name) else {
                let names = lists.keys.filter { !pathNames.contains($0) }.sorted()
                let hint = nearest(to: name, among: names).map { "，是否想写 \($0)" } ?? ""
                findings.append(Finding(name, "query.unknown", "没有名为 \(name) 的查询参数\(hint)。"))
                continue
            }
            if isList {
                members[name] = .array(values.map(JSONValue.string))
            } else if values.count > 1 {
                findings.append(Finding(name, "query.repeated", "查询参数 \(name) 只能出现一次。"))
            } else {
                members[name] = .string(values[0])
            }
        }
    }

    private func readJSON(
        _ exchange: Exchange, _ members: inout [String: JSONValue], _ findings: inout [Finding]
    ) async throws -> [UInt8] {
        guard exchange.hasBody else { return [] }
        guard let type = exchange.contentType, type.value == "application/json",
            type.parameters.allSatisfy({ $0.key == "charset" && $0.value.lowercased() == "utf-8" })
        else { throw Problem.unsupportedType("application/json") }
        let bytes = try await exchange.body(limit: settings.maximumBody)
        if bytes.isEmpty { return [] }
        guard case .object(let body) = try JSONParser.parse(bytes) else { throw Problem.jsonNotObject }
        for (name, value) in body {
            if lists[name] != nil {
                findings.append(Finding(name, "field.misplaced", "\(name) 应当写在网址里，不在正文里。"))
            } else {
                members[name] = value
            }
        }
        findings.sort { $0.field < $1.field }
        return bytes
    }
}
