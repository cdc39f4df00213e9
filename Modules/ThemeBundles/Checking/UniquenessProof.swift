import Catalogue

/// Every name stands for one thing, and the folder carries the theme's name.
enum UniquenessProof: ThemeProof {
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        let theme = bundle.theme
        var findings: [ThemeFinding] = []
        if theme.id != bundle.folder {
            findings.append(
                bundle.finding("id", "theme.folder", "主题的 id 是“\(theme.id)”，文件夹却叫“\(bundle.folder)”，请改成一致。"))
        }
        func check(_ path: String, _ what: String, _ ids: [String]) {
            var seen: Set<String> = []
            for (index, id) in ids.enumerated() where !seen.insert(id).inserted {
                findings.append(
                    bundle.finding("\(path)[\(index)]", "theme.duplicate", "\(what)“\(id)”出现了两次，请改名或合并。"))
            }
        }
        check("parameters", "参数", bundle.parameters.map(\.id))
        check("questions", "问题", theme.questions.map(\.id))
        check("items", "事项", theme.items.map(\.id))
        check("parties", "办事人", theme.parties.map(\.id))
        check("materials", "材料", theme.materials.map(\.id))
        for (index, question) in theme.questions.enumerated() {
            check("questions[\(index)].options", "选项", question.options.map(\.title))
        }
        for (index, item) in theme.items.enumerated() {
            check("items[\(index)].results", "结果", item.item.results.map(\.id))
        }
        return findings + repeatedFields(bundle)
    }

    /// The same field may stand in two sections for different situations, but then it must be the same field.
    private static func repeatedFields(_ bundle: ThemeBundle) -> [ThemeFinding] {
        var known: [String: FormField] = [:]
        return bundle.formFields.compactMap { path, field in
            guard let first = known[field.id] else {
                known[field.id] = field
                return nil
            }
            if (first.title, first.kind, first.options) == (field.title, field.kind, field.options) { return nil }
            return bundle.finding(
                path, "theme.duplicate", "字段“\(field.id)”写了两次，名称或类型却不一样，请改成一致或换个 id。")
        }
    }
}

extension ThemeBundle {
    /// The fields of the form with their paths.
    var formFields: [(path: String, field: FormField)] {
        theme.form.enumerated().flatMap { sectionIndex, section in
            section.fields.enumerated().map { ("form[\(sectionIndex)].fields[\($0)]", $1) }
        }
    }

    /// The results of all items with their paths.
    var results: [(path: String, item: ThemeItem, result: ResultDefinition)] {
        theme.items.enumerated().flatMap { itemIndex, item in
            item.item.results.enumerated().map { ("items[\(itemIndex)].results[\($0)]", item, $1) }
        }
    }

    /// The parties that a licence may belong to.
    var partyNames: [String] { ["applicant"] + theme.parties.map(\.id) }
}
