/// Makes a drawing from outside (SVG) harmless: only shapes and their looks stay; scripts, links, styles by rule, foreign
/// content and references to other files go.
///
/// The same drawing gives the same bytes.
public struct SVGCleaner {
    /// A drawing that may be shown.
    public struct Drawing: Sendable, Hashable {
        public let bytes: [UInt8]
        /// What was left out, such as `script`, each once, in order.
        public let dropped: [String]
    }

    private static let elements: Set<Substring> = [
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "linearGradient",
        "radialGradient", "stop", "clipPath", "title", "desc", "text", "tspan",
    ]

    private static let attributes: Set<String> = [
        "id", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy",
        "d", "points", "transform", "gradientTransform", "gradientUnits", "clipPathUnits", "offset",
        "preserveAspectRatio",
        "spreadMethod", "pathLength", "dx", "dy", "version",
    ]

    private static let looks: Set<String> = [
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
        "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "stop-color",
        "stop-opacity", "clip-path", "clip-rule", "color", "display", "visibility", "font-family", "font-size",
        "font-weight", "font-style", "text-anchor", "letter-spacing",
    ]

    /// Cleans a drawing.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - name: what it is called in messages.
    /// - Throws: ``DocumentsError`` when it is no SVG in UTF-8, or declares a document type.
    public static func clean(_ bytes: [UInt8], name: String) throws -> Drawing {
        let walk = Walk()
        let events = XMLEvents()
        events.begins = { walk.begin($0, $1) }
        events.ends = { walk.end($0) }
        events.characters = { walk.text($0) }
        var rest = bytes[...]
        do {
            try events.read(name) { count in
                let piece = rest.prefix(count)
                rest = rest.dropFirst(count)
                return Array(piece)
            }
        } catch let error as DocumentsError where error.code == .unsafe {
            throw DocumentsError(.unsafe, "\(name) 不是 UTF-8 编码，或带有文档类型声明（DOCTYPE）。请用绘图软件另存为“纯 SVG”。")
        } catch is DocumentsError {
            throw DocumentsError(.damaged, "\(name) 不是完整的 SVG。请用绘图软件打开检查后另存。")
        }
        guard walk.isWhole else {
            throw DocumentsError(.damaged, "\(name) 不是完整的 SVG。请用绘图软件打开检查后另存。")
        }
        guard walk.isDrawing else { throw DocumentsError(.damaged, "\(name) 不是 SVG：最外层应是 svg。") }
        return Drawing(bytes: Array(walk.output.utf8), dropped: walk.dropped)
    }

    /// One pass over the drawing.
    private final class Walk {
        private(set) var output = ""
        private(set) var dropped: [String] = []
        private(set) var isDrawing = false
        /// Whether everything that began has ended: the parser itself takes a text that breaks off for a whole one.
        var isWhole: Bool { open.isEmpty && skipping == 0 }
        /// How deep inside of something that is left out.
        private var skipping = 0
        private var open: [Substring] = []

        func begin(_ name: Substring, _ attributes: [String: String]) {
            if open.isEmpty, skipping == 0 {
                isDrawing = name == "svg" && output.isEmpty
            }
            guard skipping == 0, isDrawing, SVGCleaner.elements.contains(name) else {
                if skipping == 0 { drop(String(name)) }
                skipping += 1
                return
            }
            open.append(name)
            output += "<\(name)"
            if open.count == 1 { output += " xmlns=\"http://www.w3.org/2000/svg\"" }
            for (name, value) in kept(attributes) { output += " \(name)=\"\(Self.escaped(value))\"" }
            output += ">"
        }

        func end(_ name: Substring) {
            if skipping > 0 {
                skipping -= 1
                return
            }
            guard open.popLast() != nil else { return }
            output += "</\(name)>"
        }

        func text(_ text: String) {
            guard skipping == 0, let last = open.last, ["title", "desc", "text", "tspan"].contains(last) else { return }
            output += Self.escaped(text)
        }

        /// The attributes that stay, in order; looks that stand in `style` become attributes of their own, since a page
        /// that forbids inline styles would not show them.
        private func kept(_ attributes: [String: String]) -> [(String, String)] {
            var kept: [String: String] = [:]
            for (name, value) in attributes.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("xmlns") {
                if name == "style" {
                    for rule in value.split(separator: ";") {
                        let parts = rule.split(separator: ":", maxSplits: 1).map { Self.trimmed($0) }
                        guard parts.count == 2, SVGCleaner.looks.contains(parts[0]), Self.isHarmless(parts[1]) else {
                            drop("style=\(parts.first ?? "")")
                            continue
                        }
                        kept[parts[0]] = parts[1]
                    }
                } else if SVGCleaner.attributes.contains(name) || SVGCleaner.looks.contains(name),
                    Self.isHarmless(value)
                {
                    kept[name] = kept[name] ?? value
                } else {
                    drop(name)
                }
            }
            return kept.sorted { $0.key < $1.key }
        }

        private func drop(_ name: String) {
            let name = String(name.prefix(40))
            if !dropped.contains(name) { dropped.append(name) }
        }

        /// A value that names nothing outside of the drawing.
        private static func isHarmless(_ value: String) -> Bool {
            let plain = value.lowercased().filter { !$0.isWhitespace }
            if plain.contains("javascript:") || plain.contains("data:") || plain.contains("://")
                || plain.contains("@import")
                || plain.contains("expression(") || plain.contains("\\")
            {
                return false
            }
            // A reference to a part of the drawing itself is fine.
            var rest = plain[...]
            while let found = rest.firstRange(of: "url(") {
                let reference = rest[found.upperBound...].drop { $0 == "'" || $0 == "\"" }
                if reference.first != "#" { return false }
                rest = reference
            }
            return true
        }

        private static func trimmed(_ text: Substring) -> String {
            String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }

        private static func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("\"", with: "&quot;")
        }
    }
}
