import Extension

extension CommandOutput {
    /// Prints a view: as text for people, as its JSON for scripts.
    func print(_ view: some SchemaType, _ text: String) throws {
        let json = try JSONParser.parse(view.json)
        print(text, json: json)
    }
}
