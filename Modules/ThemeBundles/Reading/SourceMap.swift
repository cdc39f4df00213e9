import Yams

/// Where each part of a file stands, by its path such as `items[2].after`.
struct SourceMap: Sendable, Hashable {
    struct Place: Sendable, Hashable {
        let line: Int
        let column: Int
    }

    private(set) var places: [String: Place] = [:]

    mutating func record(_ path: String, _ place: Place) {
        places[path] = place
    }

    /// The place of a path, or of the nearest part that encloses it.
    func place(of path: String) -> Place? {
        var path = Substring(path)
        while true {
            if let place = places[String(path)] { return place }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return places[""] }
            path = path[..<end]
        }
    }
}

extension SourceMap.Place {
    /// The place that the parser marked, if it did.
    init?(_ mark: Mark?) {
        guard let mark else { return nil }
        self.init(line: mark.line, column: mark.column)
    }
}
