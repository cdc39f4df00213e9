import Catalogue

extension Planner {
    /// The one form (一张表单): what these items need, each data element once, nothing that a result supplies.
    static func form(_ theme: Theme, _ answers: Answers, _ items: [PlannedItem]) -> [FormSection] {
        let planned = Set(items.map(\.id))
        var known = Set(items.flatMap { $0.item.results.flatMap { $0.supplies.map(\.to) } })
        return theme.form.compactMap { section in
            let fields = section.fields.filter { field in
                field.when.holds(for: answers)
                    && (field.items.isEmpty || field.items.contains(where: planned.contains))
                    && known.insert(field.id).inserted
            }
            return fields.isEmpty ? nil : FormSection(title: section.title, fields: fields)
        }
    }
}
