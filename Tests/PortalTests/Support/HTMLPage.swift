/// A page of HTML as its tags, enough to check its structure.
struct HTMLPage {
    struct Tag {
        let name: String
        let attributes: [String: String]
        let isClosing: Bool
    }

    private static let void: Set<String> = ["meta", "link", "input", "img", "br", "hr"]

    let source: String
    let tags: [Tag]

    init(_ bytes: [UInt8]) {
        source = String(decoding: bytes, as: UTF8.self)
        tags = source.split(separator: "<").dropFirst().compactMap { piece in
            guard let end = piece.firstIndex(of: ">"), piece.first != "!" else { return nil }
            return HTMLPage.tag(piece[..<end])
        }
    }

    private static func tag(_ text: Substring) -> Tag {
        let isClosing = text.hasPrefix("/")
        let text = isClosing ? text.dropFirst() : text
        let name = text.prefix { !$0.isWhitespace }
        var attributes: [String: String] = [:]
        var rest = text.dropFirst(name.count).drop(while: \.isWhitespace)
        while !rest.isEmpty {
            let key = rest.prefix { $0 != "=" && !$0.isWhitespace }
            rest = rest.dropFirst(key.count)
            if rest.hasPrefix("=\"") {
                let value = rest.dropFirst(2).prefix { $0 != "\"" }
                attributes[String(key)] = String(value)
                rest = rest.dropFirst(2 + value.count + 1)
            } else {
                attributes[String(key)] = ""
            }
            rest = rest.drop(while: \.isWhitespace)
        }
        return Tag(name: String(name), attributes: attributes, isClosing: isClosing)
    }

    /// The opening tags of a name.
    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name && !$0.isClosing } }

    /// Everything that is wrong with the structure, in words.
    var faults: [String] {
        var faults: [String] = []
        if all("h1").count != 1 { faults.append("\(all("h1").count) h1") }
        if source.contains("{{") { faults.append("an unrendered tag") }
        let ids = tags.filter { !$0.isClosing }.compactMap { $0.attributes["id"] }
        for (id, found) in Dictionary(grouping: ids, by: \.self) where found.count > 1 {
            faults.append("id \(id) twice")
        }
        return faults + unbalanced + unlabelled(ids) + dangling(Set(ids)) + unprotected
    }

    private var unbalanced: [String] {
        var open: [String] = []
        for tag in tags where !Self.void.contains(tag.name) {
            if !tag.isClosing {
                open.append(tag.name)
            } else if open.last == tag.name {
                open.removeLast()
            } else {
                return ["</\(tag.name)> closes <\(open.last ?? "nothing")>"]
            }
        }
        return open.map { "<\($0)> is not closed" }
    }

    private func unlabelled(_ ids: [String]) -> [String] {
        let labelled = Set(all("label").compactMap { $0.attributes["for"] })
        return tags.filter { ["input", "select", "textarea"].contains($0.name) && !$0.isClosing }
            .filter { $0.attributes["type"] != "hidden" && !labelled.contains($0.attributes["id"] ?? "") }
            .map { "no label for \($0.attributes["name"] ?? "a field")" }
    }

    private func dangling(_ ids: Set<String>) -> [String] {
        let described = tags.flatMap { tag in
            ["aria-describedby", "aria-labelledby"].flatMap { (tag.attributes[$0] ?? "").split(separator: " ") }
        }.map(String.init)
        let anchors = all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }.map {
            String($0.dropFirst())
        }
        return (described + anchors).filter { !ids.contains($0) }.map { "nothing has the id \($0)" }
    }

    private var unprotected: [String] {
        var faults: [String] = []
        var isOpen = false
        var hasToken = true
        for tag in tags {
            if tag.name == "form" {
                if tag.isClosing, isOpen, !hasToken { faults.append("a form without a CSRF token") }
                isOpen = !tag.isClosing && tag.attributes["method"] == "post"
                hasToken = false
            } else if tag.attributes["name"] == "_csrf", tag.attributes["value"]?.isEmpty == false {
                hasToken = true
            }
        }
        return faults
    }
}
