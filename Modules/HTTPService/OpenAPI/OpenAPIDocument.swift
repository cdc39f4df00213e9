import Kernel
import PluginKit

/// The description of the interface (OpenAPI 3.1), made from the registry: what is served is what is described.
struct OpenAPIDocument {
    private var schemas = SchemaNames()
    private var paths: [String: JSONValue] = [:]
    private var tags: [String] = []
    private let title: String
    private let version: String

    /// - Parameters:
    ///   - registry: its endpoints.
    ///   - operations: what the server answers beside them, by path.
    ///   - title: the deployment's name.
    ///   - version: the program's version.
    init(_ registry: Registry, operations: [String: JSONValue] = [:], title: String, version: String) {
        self.title = title
        self.version = version
        for owned in registry.endpoints { add(owned) }
        paths.merge(operations) { first, _ in first }
        if !operations.isEmpty { tags.append("operations") }
    }

    /// The document.
    var json: JSONValue {
        var all = schemas.all
        all["Problem"] = Self.problem
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title), "version": .string(version),
                "description": "一件事一次办：接口说明由程序从同一份声明生成。错误一律为 application/problem+json（RFC 9457）。",
            ],
            "tags": .array(tags.map { ["name": .string($0)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(all),
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer"],
                    "session": ["type": "apiKey", "in": "cookie", "name": "yiciban-session"],
                ],
            ],
        ]
    }

    private mutating func add(_ owned: Registry.Owned<Endpoint>) {
        let endpoint = owned.value
        if !tags.contains(owned.owner) { tags.append(owned.owner) }
        var operation: [String: JSONValue] = [
            "summary": .string(endpoint.summary),
            "operationId": .string(Self.operationID(endpoint.method, owned.path)),
            "tags": [.string(owned.owner)],
            "x-access": .string(endpoint.access.name),
            "responses": responses(of: endpoint),
        ]
        let parameters = self.parameters(of: endpoint)
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body = requestBody(of: endpoint) { operation["requestBody"] = body }
        if endpoint.access != .anyone { operation["security"] = [["bearer": []], ["session": []]] }
        let path = "/api/v1/\(owned.path)"
        guard case .object(var item) = paths[path] ?? [:] else { return }
        item[endpoint.method.rawValue.lowercased()] = .object(operation)
        paths[path] = .object(item)
    }

    private mutating func parameters(of endpoint: Endpoint) -> [JSONValue] {
        var parameters = endpoint.input.parameters.map { parameter -> JSONValue in
            [
                "name": .string(parameter.name), "in": .string(parameter.place == .path ? "path" : "query"),
                "required": .bool(parameter.isRequired), "description": .string(parameter.doc),
                "schema": parameter.schema,
            ]
        }
        if !endpoint.method.isSafe {
            parameters.append(Self.headerParameter("Idempotency-Key", "同一请求重复提交只办理一次", maximum: 200))
        }
        if endpoint.method == .put || endpoint.method == .patch || endpoint.method == .delete {
            parameters.append(Self.headerParameter("If-Match", "上次读到的 ETag；内容已被别人更新时拒绝", maximum: 40))
        }
        if endpoint.input.takesFile {
            parameters.append(Self.headerParameter("X-File-Name", "文件名，百分号编码的 UTF-8", maximum: 2000))
        }
        return parameters
    }

    private static func headerParameter(_ name: String, _ doc: String, maximum: Int64) -> JSONValue {
        [
            "name": .string(name), "in": "header", "required": false, "description": .string(doc),
            "schema": ["type": "string", "maxLength": .integer(maximum)],
        ]
    }

    private mutating func requestBody(of endpoint: Endpoint) -> JSONValue? {
        if endpoint.input.takesFile {
            return ["required": true, "content": ["*/*": ["schema": ["type": "string", "format": "binary"]]]]
        }
        guard !endpoint.method.isSafe, let body = endpoint.input.body else { return nil }
        let schema = schemas.inlined(body, leavingOut: Set(endpoint.input.parameters.map(\.name)))
        let isRequired = schema["required"] != nil
        return ["required": .bool(isRequired), "content": ["application/json": ["schema": schema]]]
    }

    private mutating func responses(of endpoint: Endpoint) -> JSONValue {
        var responses: [String: JSONValue] = [:]
        switch endpoint.output {
        case .object(let description):
            let content: JSONValue = ["application/json": ["schema": schemas.reference(description)]]
            responses["\(endpoint.status)"] =
                endpoint.status == 204
                ? ["description": "办理成功"] : ["description": "办理成功", "content": content]
        case .file(let types):
            let content = types.map { ($0, JSONValue.object(["schema": ["type": "string", "format": "binary"]])) }
            responses["200"] = [
                "description": "文件", "content": .object(Dictionary(content, uniquingKeysWith: { $1 })),
            ]
        }
        let codes = endpoint.problems.isEmpty ? "" : "：" + endpoint.problems.joined(separator: "、")
        responses["default"] = [
            "description": .string("没有办理成功\(codes)"),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
        return .object(responses)
    }

    private static func operationID(_ method: Method, _ path: String) -> String {
        let words = path.split { !$0.isLetter && !$0.isNumber }
        return ([method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }

    private static let problem: JSONValue = [
        "type": "object", "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": [
            "type": ["type": "string", "format": "uri"], "title": ["type": "string"],
            "status": ["type": "integer"], "detail": ["type": "string"], "code": ["type": "string"],
            "request_id": ["type": "string"],
            "findings": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["field", "code", "message"],
                    "properties": [
                        "field": ["type": "string"], "code": ["type": "string"], "message": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}
