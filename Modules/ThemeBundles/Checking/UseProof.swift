import Catalogue

/// Nothing stands there for nothing: questions, options, licences, texts.
enum UseProof: ThemeProof {
    /// The codes of this proof; they don't stop the walk through the situations.
    static let codePrefix = "theme.unused_"

    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        questions(bundle) + licences(bundle) + texts(bundle)
    }

    private static func questions(_ bundle: ThemeBundle) -> [ThemeFinding] {
        let leaves = bundle.theme.allConditions.flatMap(\.leaves)
        return bundle.theme.questions.enumerated().flatMap { index, question -> [ThemeFinding] in
            let uses = leaves.filter { $0.question == question.id }.map(\.options)
            if uses.isEmpty {
                return [
                    bundle.finding(
                        "questions[\(index)]", "theme.unused_question",
                        "“\(question.id)”怎么回答都没有区别，请删去这个问题，或在条件里用上它。")
                ]
            }
            return sameOptions(question, uses).map { position, twin in
                bundle.finding(
                    "questions[\(index)].options[\(position)]", "theme.unused_option",
                    "选“\(question.options[position].title)”和选“\(twin)”没有任何区别，请合并成一个选项，或在条件里区分开。")
            }
        }
    }

    /// The options that no condition tells from an earlier one.
    private static func sameOptions(_ question: Question, _ uses: [[String]]) -> [(position: Int, twin: String)] {
        var known: [[Bool]: String] = [:]
        return question.options.enumerated().compactMap { position, option in
            let pattern = uses.map { $0.contains(option.title) }
            if let twin = known[pattern] { return (position, twin) }
            known[pattern] = option.title
            return nil
        }
    }

    private static func licences(_ bundle: ThemeBundle) -> [ThemeFinding] {
        let used = Set(
            bundle.theme.materials.flatMap(\.sources).compactMap { source -> String? in
                if case .licence(let type, _, _) = source { type } else { nil }
            })
        return bundle.heldLicences.enumerated().compactMap { index, type in
            if used.contains(type) { return nil }
            return bundle.finding(
                "licences[\(index)]", "theme.unused_licence", "没有材料用到证照“\(type)”，请从 licences 里删去。")
        }
    }

    private static func texts(_ bundle: ThemeBundle) -> [ThemeFinding] {
        Set(bundle.texts.keys).subtracting(bundle.usedTexts).sorted().map { path in
            ThemeFinding(
                file: "\(bundle.folder)/\(path)", code: "theme.unused_text",
                message: "没有哪里用到这个文件。请在 theme.yaml 里用 {file: \(path)} 或 sample 引用它，或把它删去。")
        }
    }
}

extension Theme {
    /// Every condition in the theme.
    var allConditions: [Condition] {
        let fields = form.flatMap(\.fields)
        var conditions = questions.map(\.when) + outcomes.map(\.when) + items.map(\.when)
        conditions += items.flatMap(\.item.fees).map(\.when) + fields.map(\.when) + materials.map(\.when)
        conditions += items.flatMap(\.item.fees).flatMap { $0.reductions ?? [] }.map(\.when)
        conditions += parties.map(\.when) + parties.compactMap(\.consent) + parties.compactMap(\.invitation)
        conditions += advice.map(\.when)
        return conditions + situationPromises.map(\.when)
    }
}

extension Condition {
    /// The comparisons with an answer.
    var leaves: [(question: String, options: [String])] {
        switch self {
        case .always: []
        case .answer(let question, let options): [(question, options)]
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.leaves)
        case .not(let condition): condition.leaves
        }
    }
}
