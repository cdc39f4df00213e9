import Catalogue
import Extension
import Standards

/// Reads `theme.yaml` strictly into a theme and its parameters.
struct ThemeDecoder {
    let session: ReadingSession
    /// What the deployment sets in place of the parameters' defaults.
    let settings: [String: JSONValue]

    /// What a file holds.
    struct Reading {
        let theme: Theme
        let parameters: [ThemeParameter]
        /// The licence types that people hold already.
        let heldLicences: [String]
    }

    /// Reads the text; nil with findings in the session.
    func read(_ yaml: String) -> Reading? {
        let reading = YAMLDocument.parse(yaml, session)?.object(reading)
        return session.isBroken ? nil : reading
    }

    /// Parameters and questions come first, because everything else may refer to them.
    private func reading(_ root: YAMLObject) -> Reading {
        let parameters = readParameters(root)
        session.parameters = Dictionary(parameters.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let questions = readQuestions(root)
        let reading = Reading(
            theme: theme(root, questions), parameters: parameters, heldLicences: root.texts("licences"))
        for (index, parameter) in parameters.enumerated() where !session.usedParameters.contains(parameter.id) {
            reportUnused("parameters[\(index)]", "theme.unused_parameter", "参数“\(parameter.id)”没有被用到，请删去或用起来。")
        }
        return reading
    }

    private func theme(_ root: YAMLObject, _ questions: [Question]) -> Theme {
        let (promise, situationPromises) = readPromises(root)
        return Theme(
            id: root.text("id"), reference: root.optionalText("reference"), title: root.text("title"),
            version: version(root), summary: root.prose("summary"),
            audience: root.choice("audience", default: nil) ?? .person, words: root.texts("words"),
            leadDepartment: root.text("lead"), promisedLimit: promise, situationPromises: situationPromises,
            questions: questions, outcomes: root.list("outcomes", outcome),
            items: root.required("items")?.elements(themeItem) ?? [], parties: root.list("parties", party),
            form: root.list("form", section), materials: root.list("materials", material),
            advice: root.list("advice", advice),
            duplicate: root["duplicate"].map { DuplicateRule(fields: $0.elements { $0.text }) },
            placement: placement(root))
    }

    /// `field:`, `menu:` and `batch:` place a theme among the others; each may be absent.
    private func placement(_ root: YAMLObject) -> ThemePlacement? {
        let placement = ThemePlacement(
            field: root["field"]?.choice(ThemePlacement.Field.self),
            menu: root["menu"]?.choice(ThemePlacement.Menu.self),
            batch: root["batch"] == nil
                ? nil
                : root.integer("batch", default: ThemePlacement.batches.lowerBound, in: ThemePlacement.batches))
        return placement == ThemePlacement() ? nil : placement
    }

    /// `version:` is two or three numbers, so that people can tell which of two is the newer.
    private func version(_ root: YAMLObject) -> String {
        let text = root.text("version")
        if text.wholeMatch(of: /[0-9]{1,6}(\.[0-9]{1,6}){1,2}/) == nil, !text.isEmpty {
            root.required("version")?.fail("theme.version", "版本“\(text)”的写法不对，请写成两三段数字，如 1.0.0。")
        }
        return text
    }

    /// `promise:` is one limit, or a list of limits of which those with `when:` come first and one without last.
    private func readPromises(_ root: YAMLObject) -> (TimeLimit, [SituationPromise]) {
        guard let value = root.required("promise") else { return (.onTheSpot, []) }
        guard value.isSequence else { return (value.limit ?? .onTheSpot, []) }
        let promises = value.elements { element in
            element.object { object in
                SituationPromise(
                    when: object["when"]?.condition ?? .always, limit: object.required("limit")?.limit ?? .onTheSpot)
            }
        }
        guard let last = promises.last, last.when == .always, promises.dropLast().allSatisfy({ $0.when != .always })
        else {
            value.fail("theme.promise", "promise 写成列表时，前面各项都要有 when，最后一项不写 when，作为一般情形的承诺。")
            return (.onTheSpot, [])
        }
        return (last.limit, Array(promises.dropLast()))
    }

    private func reportUnused(_ path: String, _ code: String, _ message: String) {
        session.note(code, message, at: session.places.place(of: path))
    }
}
