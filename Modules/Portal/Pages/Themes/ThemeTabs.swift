import PluginKit
import ThemeBundles
import ThemeEditing

/// The parts of a theme beside each other, each with how much is wrong in it.
struct ThemeTabs {
    let theme: String
    let check: DraftCheck
    let current: String
    let hasDraft: Bool

    init(_ theme: String, _ check: DraftCheck, current: String, hasDraft: Bool = true) {
        self.theme = theme
        self.check = check
        self.current = current
        self.hasDraft = hasDraft
    }

    var model: ViewModel {
        let url = ThemeDeskPages.url(theme)
        let placed = check.placed
        let counts = Dictionary(grouping: placed.compactMap(\.path).map(EditorSection.init(holding:)), by: \.self)
            .mapValues(\.count)
        func tab(_ path: String, _ label: String, _ count: Int = 0) -> ViewModel {
            .record([
                "label": label, "url": path.isEmpty ? url : "\(url)/\(path)", "current": path == current,
                "count": count,
                "hasCount": count > 0,
            ])
        }
        let sections = hasDraft ? EditorSection.allCases.map { tab($0.rawValue, $0.title, counts[$0] ?? 0) } : []
        return .list([tab("", "总览")] + sections + [tab("yaml", "YAML"), tab("preview", "预览")])
    }
}

/// Everything that the checker finds, each with the way to where it is mended.
struct ThemeFindings {
    let theme: String
    let check: DraftCheck

    init(_ theme: String, _ check: DraftCheck) {
        self.theme = theme
        self.check = check
    }

    var model: ViewModel {
        let placed = check.placed
        return .record([
            "isGood": placed.isEmpty, "hasFindings": !placed.isEmpty, "count": placed.count,
            "list": placed.map { found -> ViewModel in
                .record([
                    "href": href(found), "text": found.finding.message,
                    "place": place(found), "line": found.finding.line,
                ])
            },
        ])
    }

    /// The form of the part, or the line of the text where there is no form for it.
    private func href(_ found: DraftCheck.Placed) -> String {
        let url = ThemeDeskPages.url(theme)
        guard let path = found.path else {
            let file = String(found.finding.file.split(separator: "/", maxSplits: 1).last ?? "")
            return URLText.with("\(url)/yaml", query: ["file": file]) + "#text"
        }
        let section = EditorSection(holding: path)
        guard section != .basics, path.steps.count > 1, case .index(let index) = path.steps[1] else {
            return "\(url)/\(section.rawValue)#\(ControlModel.id(path))"
        }
        return "\(url)/\(section.rawValue)/\(index)#\(ControlModel.id(path))"
    }

    private func place(_ found: DraftCheck.Placed) -> String {
        guard let path = found.path else { return found.finding.file }
        let section = EditorSection(holding: path)
        let line = found.finding.line.map { "第 \($0) 行" } ?? ""
        guard path.steps.count > 1, case .index(let index) = path.steps[1], section != .basics else {
            return "\(section.title)，\(line)"
        }
        let name = check.source.flatMap { $0.tree[YAMLPath(Array(path.steps.prefix(2)))] }.map(section.shape.name)
        return "\(section.title)“\(name ?? "\(index + 1)")”，\(line)"
    }
}

/// The order of the items as lines and boxes of an SVG picture.
struct OrderPicture {
    private static let (width, height, gapX, gapY) = (156, 60, 16, 40)

    let graph: OrderGraph

    init(_ graph: OrderGraph) { self.graph = graph }

    var model: ViewModel? {
        if graph.boxes.isEmpty { return nil }
        let (width, height) = (
            graph.columns * (Self.width + Self.gapX) - Self.gapX + 8,
            graph.rows * (Self.height + Self.gapY) - Self.gapY + 8
        )
        return .record([
            "width": width, "height": height,
            "description": graph.edges.isEmpty
                ? "各事项同时办理，没有先后。"
                : graph.edges.map { "\($0.to.id) 在 \($0.from.id) 之后" }.joined(separator: "；") + "。",
            "boxes": graph.boxes.map { box -> ViewModel in
                let (x, y) = (self.x(box), self.y(box))
                return .record([
                    "x": x, "y": y, "width": Self.width, "height": Self.height, "textX": x + 12, "idY": y + 23,
                    "titleY": y + 45, "id": box.id,
                    "title": box.title.count > 10 ? "\(box.title.prefix(9))…" : box.title.isEmpty ? "（未命名）" : box.title,
                ])
            },
            "edges": graph.edges.map { edge -> ViewModel in
                let (x1, y1) = (x(edge.from) + Self.width / 2, y(edge.from) + Self.height)
                let (x2, y2) = (x(edge.to) + Self.width / 2, y(edge.to) - 7)
                let bend = max(20, (y2 - y1) / 2)
                return .record(["path": "M\(x1) \(y1) C\(x1) \(y1 + bend) \(x2) \(y2 - bend) \(x2) \(y2)"])
            },
        ])
    }

    private func x(_ box: OrderGraph.Box) -> Int { 4 + box.column * (Self.width + Self.gapX) }
    private func y(_ box: OrderGraph.Box) -> Int { 4 + box.row * (Self.height + Self.gapY) }
}
