import PluginKit

/// Finds the route of a path in time that depends on the path's length only.
///
/// Ours instead of Hummingbird's router, which answers an unknown method with 404 and knows neither `Allow` nor our
/// counters; a literal segment wins over a parameter, a parameter over the rest of a path.
struct RouteTable: Sendable {
    /// A route with what is counted about it.
    struct Entry: Sendable {
        let route: HTTPRoute
        let parameterNames: [String]
        let counter: RouteCounter
    }

    /// What stands at one path.
    struct Leaf: Sendable {
        var entries: [Method: Entry] = [:]
        /// The value of `Allow`, made once.
        var allow = ""
    }

    private struct Node: Sendable {
        var literals: [Substring: Int] = [:]
        var parameter: Int?
        var rest: Int?
        var leaf: Leaf?
    }

    private var nodes = [Node()]
    /// Two routes with one method and path, as `GET /a/{x}`.
    private(set) var conflicts: [String] = []

    init(_ routes: [HTTPRoute], metrics: ServerMetrics) {
        for route in routes { add(route, metrics) }
    }

    private mutating func add(_ route: HTTPRoute, _ metrics: ServerMetrics) {
        var node = 0
        var names: [String] = []
        for segment in route.path.split(separator: "/") {
            if segment.hasPrefix("{"), segment.hasSuffix("...}") {
                names.append(String(segment.dropFirst().dropLast(4)))
                node = child(of: node, \.rest)
            } else if segment.hasPrefix("{"), segment.hasSuffix("}") {
                names.append(String(segment.dropFirst().dropLast()))
                node = child(of: node, \.parameter)
            } else {
                node = child(of: node, \.literals[segment])
            }
        }
        var leaf = nodes[node].leaf ?? Leaf()
        if leaf.entries[route.method] != nil { conflicts.append("\(route.method.rawValue) \(route.path)") }
        leaf.entries[route.method] = Entry(
            route: route, parameterNames: names, counter: metrics.counter(route.method, route.path))
        var allowed = Method.allCases.filter { leaf.entries[$0] != nil }.map(\.rawValue)
        if leaf.entries[.get] != nil { allowed.append("HEAD") }
        leaf.allow = (allowed + ["OPTIONS"]).joined(separator: ", ")
        nodes[node].leaf = leaf
    }

    private mutating func child(of node: Int, _ place: WritableKeyPath<Node, Int?>) -> Int {
        if let child = nodes[node][keyPath: place] { return child }
        nodes.append(Node())
        nodes[node][keyPath: place] = nodes.count - 1
        return nodes.count - 1
    }

    /// Finds what stands at a path, with the values of its parameters in order.
    ///
    /// - Throws: ``Problem`` 400 when a segment is not valid percent-encoded UTF-8.
    func find(_ path: Substring) throws -> (leaf: Leaf, values: [String])? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        let rest = path.dropFirst()
        var values: [String] = []
        let segments = rest.isEmpty ? [] : rest.split(separator: "/", omittingEmptySubsequences: false)
        guard let leaf = try find(segments[...], from: 0, &values) else { return nil }
        return (leaf, values)
    }

    private func find(_ segments: ArraySlice<Substring>, from node: Int, _ values: inout [String]) throws -> Leaf? {
        guard let segment = segments.first else { return nodes[node].leaf }
        if let next = nodes[node].literals[segment], let leaf = try find(segments.dropFirst(), from: next, &values) {
            return leaf
        }
        let known = values.count
        if let next = nodes[node].parameter, !segment.isEmpty {
            values.append(try Self.decode(segment))
            if let leaf = try find(segments.dropFirst(), from: next, &values) { return leaf }
            values.removeSubrange(known...)
        }
        guard let next = nodes[node].rest else { return nil }
        let decoded = try segments.map { try Self.decode($0) }
        // A path that climbs is never ours, however it is written.
        guard !decoded.contains(where: { $0 == ".." || $0 == "." || $0.contains("/") || $0.contains("\\") }) else {
            return nil
        }
        values.append(decoded.joined(separator: "/"))
        return nodes[next].leaf
    }

    private static func decode(_ segment: Substring) throws -> String {
        guard let text = PercentCoding.decode(segment.utf8, plusIsSpace: false) else {
            throw Problem.pathEncoding
        }
        return text
    }
}
