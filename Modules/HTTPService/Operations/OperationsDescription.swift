import PluginKit

extension OperationsRoutes {
    /// The routes for operators as the interface's description has them, by path.
    static var descriptions: [String: JSONValue] {
        [
            "/healthz": path(
                "服务是否活着：只要程序在运行就答 ok，不看数据库", "text/plain", ["200": "在运行"]),
            "/readyz": path(
                "服务能否办事：数据库可用时才算就绪，供负载均衡摘除", "text/plain", ["200": "就绪", "503": "数据库不可用"]),
            "/metrics": path(
                "运行指标（Prometheus 文本格式）；只对 http.metricsFrom 列出的地址开放", "text/plain",
                ["200": "指标", "404": "不对这个地址开放"]),
            "/openapi.json": path("本接口说明（OpenAPI 3.1）", "application/json", ["200": "接口说明"]),
        ]
    }

    private static func path(_ summary: String, _ type: String, _ answers: [String: String]) -> JSONValue {
        let responses = answers.map { status, text -> (String, JSONValue) in
            status == "404"
                ? (status, refusal(text))
                : (
                    status,
                    [
                        "description": .string(text),
                        "content": .object([
                            type: ["schema": ["type": type == "application/json" ? "object" : "string"]]
                        ]),
                    ]
                )
        }
        return [
            "get": [
                "summary": .string(summary), "tags": ["operations"], "x-access": "anyone",
                "responses": .object(
                    Dictionary(responses, uniquingKeysWith: { $1 }).merging(["default": refusal("没有办理成功")]) { $1 }),
            ]
        ]
    }

    private static func refusal(_ text: String) -> JSONValue {
        [
            "description": .string(text),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }
}
