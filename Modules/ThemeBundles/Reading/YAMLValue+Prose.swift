extension YAMLValue {
    /// A text for people: `{{parameter}}` stands for its value, and `{file: texts/x.md}` for a file's content.
    var prose: String {
        guard isMapping else { return filled(text) }
        return object { object in
            guard let file = object.required("file") else { return "" }
            return file.filled(session.text(file.text, at: file.place))
        } ?? ""
    }

    /// The text with its parameters filled in.
    private func filled(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "{{") {
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else { break }
            let name = rest[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
            result += rest[..<start.lowerBound]
            result += session.parameter(name, at: place)?.value.chinese ?? ""
            rest = rest[end.upperBound...]
        }
        return result + rest
    }
}
