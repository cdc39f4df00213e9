import Catalogue
import Standards

/// The questions of a theme in groups that can be looked at one by one, because nothing depends on two of them.
struct QuestionGroups {
    /// The groups in the order of the theme's questions; one empty group where there are no questions.
    let groups: [[Question]]

    init(_ theme: Theme) {
        var parent = Dictionary(theme.questions.map { ($0.id, $0.id) }, uniquingKeysWith: { first, _ in first })
        func root(_ question: String) -> String {
            var current = question
            while let next = parent[current], next != current { current = next }
            return current
        }
        for related in Self.relations(theme) {
            guard let first = related.first else { continue }
            for other in related { parent[root(other)] = root(first) }
        }
        let byRoot = Dictionary(grouping: theme.questions) { root($0.id) }
        var listed: Set<String> = []
        let groups = theme.questions.compactMap { question in
            listed.insert(root(question.id)).inserted ? byRoot[root(question.id)] : nil
        }
        self.groups = groups.isEmpty ? [[]] : groups
    }

    /// The questions on which each proof depends together.
    private static func relations(_ theme: Theme) -> [Set<String>] {
        let items = Dictionary(theme.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        func questions(ofItems ids: some Sequence<String>) -> Set<String> {
            ids.reduce(into: []) { $0.formUnion(items[$1]?.when.questions ?? []) }
        }
        let suppliers = Dictionary(
            grouping: theme.items.flatMap { item in
                item.item.results.flatMap(\.supplies).map { (field: $0.to, item: item.id) }
            }, by: \.field
        ).mapValues { $0.map(\.item) }
        let fields = Dictionary(grouping: theme.form.flatMap(\.fields), by: \.id)
        func questions(ofField id: String) -> Set<String> {
            (fields[id] ?? []).reduce(into: questions(ofItems: suppliers[id] ?? [])) { all, field in
                all.formUnion(field.when.questions.union(questions(ofItems: field.items)))
            }
        }
        var relations = theme.allConditions.map(\.questions)
        relations += theme.questions.map { $0.when.questions.union([$0.id]) }
        relations += theme.items.map { questions(ofItems: [$0.id] + theme.ancestors(of: $0.id)) }
        relations += theme.items.map { item in
            item.item.fees.reduce(into: item.when.questions) { questions, fee in
                questions.formUnion(fee.when.questions)
                for reduction in fee.reductions ?? [] { questions.formUnion(reduction.when.questions) }
            }
        }
        relations += fields.keys.map(questions(ofField:))
        relations += theme.materials.map { slot in
            slot.sources.reduce(into: slot.when.questions.union(questions(ofItems: slot.items))) { all, source in
                all.formUnion(questions(ofItems: theme.items(issuing: source)))
            }
        }
        relations += theme.parties.map { party in
            let asked = questions(ofField: party.nameField)
                .union(party.identifierField.map(questions(ofField:)) ?? [])
            return asked.union(party.when.questions).union(party.consent?.questions ?? [])
        }
        return relations + [promiseQuestions(theme)]
    }

    /// A promise of its own situation must hold against every item that takes time.
    private static func promiseQuestions(_ theme: Theme) -> Set<String> {
        if theme.situationPromises.isEmpty { return [] }
        let lasting = theme.items.filter { $0.item.promisedLimit != .onTheSpot }
        return (theme.situationPromises.map(\.when) + lasting.map(\.when)).reduce(into: []) {
            $0.formUnion($1.questions)
        }
    }
}

extension Theme {
    /// The items before an item, as far back as they go.
    func ancestors(of id: String) -> Set<String> {
        var found: Set<String> = []
        var pending = [id]
        while let next = pending.popLast() {
            for before in items.first(where: { $0.id == next })?.after ?? [] where found.insert(before).inserted {
                pending.append(before)
            }
        }
        return found
    }

    /// The items whose results a source may stand for.
    func items(issuing source: MaterialSlot.Source) -> [String] {
        switch source {
        case .result(let item, _): [item]
        case .licence(let type, let party, _):
            items.filter { item in
                item.item.results.contains { $0.licenceType == type && $0.holder == party }
            }.map(\.id)
        case .upload, .dataCheck, .form, .identity: []
        }
    }

    /// The theme with only what depends on no other questions than these.
    func restricted(to group: Set<String>) -> Theme {
        func belongs(_ condition: Condition) -> Bool { condition.questions.isSubset(of: group) }
        return Theme(
            id: id, reference: reference, title: title, version: version, summary: summary, audience: audience,
            words: words, leadDepartment: leadDepartment, promisedLimit: promisedLimit,
            situationPromises: situationPromises.filter { belongs($0.when) },
            questions: questions.filter { group.contains($0.id) }, outcomes: outcomes.filter { belongs($0.when) },
            items: items.filter { belongs($0.when) },
            parties: parties.filter {
                belongs($0.when) && belongs($0.consent ?? .always) && belongs($0.invitation ?? .always)
            },
            form: form.map { FormSection(title: $0.title, fields: $0.fields.filter { belongs($0.when) }) },
            materials: materials.filter { belongs($0.when) }, advice: advice.filter { belongs($0.when) },
            duplicate: duplicate, placement: placement)
    }
}
