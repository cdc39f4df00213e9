import TestSupport
import Testing
import ThemeBundles

@Suite("A bundle that is broken in one place") struct CheckerMutationTests {
    /// One fault: what is written in place of what, and what must be found.
    struct Mutation: Sendable, CustomTestStringConvertible {
        let code: String
        let old: String
        let new: String
        /// Another party, where the fault needs one.
        let party: String

        init(_ code: String, _ old: String, _ new: String, adding party: String = "") {
            self.code = code
            self.old = old
            self.new = new
            self.party = party
        }

        var testDescription: String { "\(code): \(new.prefix(60))" }
    }

    static let readingFaults: [Mutation] = [
        Mutation("theme.unknown_key", "lead: 卫健", "leed: 卫健\nlead: 卫健"),
        Mutation("theme.missing_key", "version: 1.0.0\n", ""),
        Mutation("theme.version", "version: 1.0.0", "version: x"),
        Mutation("theme.type", "words: [好事]", "words: 好事"),
        Mutation("theme.unknown_word", "audience: person", "audience: persons"),
        Mutation("theme.value", "statutory: 10wd", "statutory: 10天"),
        Mutation("theme.value", "default: \"20.00\"", "default: 二十"),
        Mutation(
            "theme.unknown_parameter", "promised: {parameter: 时限}",
            "promised: {parameter: 期限}\n    note: \"{{时限}}\""),
        Mutation("theme.parameter_kind", "promised: 3wd", "promised: {parameter: 工本费}"),
        Mutation("theme.unused_parameter", "promised: {parameter: 时限}", "promised: 2wd"),
        Mutation("theme.unknown_text", "{file: texts/promise.md}}", "{file: texts/promis.md}}"),
        Mutation("theme.duplicate_key", "lead: 卫健", "lead: 卫健\nlead: 公安"),
        Mutation("theme.anchor", "words: [好事]", "words: &w [好事]"),
        Mutation("theme.syntax", "words: [好事]", "words: [好事"),
        Mutation("theme.unknown_question", "when: {情形: 甲}, text", "when: {情况: 甲}, text"),
        Mutation("theme.unknown_option", "when: {情形: 甲}, text", "when: {情形: [甲, 丁]}, text"),
        Mutation("theme.condition", "when: {情形: 甲}, text", "when: 情形, text"),
        Mutation("theme.promise", "  - {limit: 5wd}\n", ""),
        bounded("theme.day_bound", "kind: day, notAfter: {days: 3, months: 1}"),
        bounded("theme.value", "kind: day, notAfter: 明天"),
        bounded("theme.value", "kind: money, min: tariff"),
        bounded("theme.type", "kind: integer, max: 很多"),
        bounded("theme.unknown_word", "characters: numbers"),
        bounded("theme.unknown_key", "kind: integer, minimum: 3"),
    ]

    static let structuralFaults: [Mutation] = [
        Mutation("theme.folder", "id: good", "id: better"),
        Mutation("theme.duplicate", "id: household, title: 户口簿", "id: paper, title: 户口簿"),
        Mutation("theme.duplicate", "{id: way, title: 方式", "{id: name, title: 方式"),
        Mutation("theme.unknown_item", "after: [A]", "after: [A, Z]"),
        Mutation("theme.unknown_item", "options: [快, 慢], items: [C]", "options: [快, 慢], items: [C, Z]"),
        Mutation("theme.unknown_item", "{result: A/certificate}", "{result: Z/certificate}"),
        Mutation("theme.unknown_result", "{result: A/certificate}", "{result: A/certifcate}"),
        Mutation("theme.unknown_licence", "{licence: 户口簿}, upload", "{licence: 户口簿}, {licence: 护照}, upload"),
        Mutation("theme.unknown_party", "{licence: 户口簿}, upload", "{licence: 户口簿, of: spouze}, upload"),
        Mutation(
            "theme.closed_wallet", "{licence: 户口簿}, upload", "{licence: 户口簿, of: child}, upload",
            adding: "  - {id: child, title: 孩子, name: name}\n"),
        Mutation(
            "theme.unknown_party", "{licence: 户口簿}, upload",
            "{licence: 户口簿, matches: {holders: [spouze]}}, upload"),
        Mutation(
            "theme.unknown_field", "{licence: 户口簿}, upload", "{licence: 户口簿, matches: {fields: {户主: nam}}}, upload"),
        Mutation("theme.empty_match", "{licence: 户口簿}, upload", "{licence: 户口簿, matches: {}}, upload"),
        Mutation(
            "theme.match_without_identifier", "{licence: 户口簿}, upload",
            "{licence: 户口簿, matches: {holders: [child]}}, upload",
            adding: "  - {id: child, title: 孩子, name: name}\n"),
        Mutation("theme.unknown_field", "consent: always}", "consent: always, concerns: [nome]}"),
        Mutation("theme.unknown_party", "consent: always}", "consent: always, otherThan: [spouze]}"),
        Mutation("theme.consent_without_identifier", ", identifier: spouse_number, consent", ", consent"),
        Mutation("theme.unknown_party", "licence: 证明\n", "licence: 证明\n        holder: nobody\n"),
        Mutation("theme.supply_field", "field: number, to", "field: numbr, to"),
        Mutation("theme.supply_target", "to: certificate_number}", "to: certificate_no}"),
        Mutation("theme.supply_target", "title: 证明编号, items: [B]", "title: 证明编号"),
        Mutation("theme.unknown_prefill", "prefill: applicant.name", "prefill: applicant.nam"),
        Mutation("theme.field_options", "options: [快, 慢], ", ""),
        Mutation("theme.unknown_field", "name: spouse_name,", "name: spouse_nam,"),
        Mutation("theme.unknown_field", "duplicate: [applicant, name]", "duplicate: [applicant, nome]"),
        Mutation("theme.material_without_source", "sources: [upload]}", "sources: []}"),
        Mutation("theme.source_unreachable", "sources: [upload]}", "sources: [identity, upload]}"),
        Mutation("theme.statutory_exceeded", "statutory: 10wd", "statutory: 1wd"),
        Mutation("theme.unused_licence", "licences: [户口簿]", "licences: [户口簿, 结婚证]"),
        Mutation("theme.unused_question", "outcomes:", "  - {id: 闲, title: 闲吗？, options: [是, 否]}\noutcomes:"),
        Mutation("theme.unused_option", "options: [甲, 乙, 丙]", "options: [甲, 乙, 丙, 丁, 戊]"),
        Mutation("theme.unused_text", "commitment: {file: texts/promise.md}", "commitment: 属实。"),
    ]

    /// A field with bounds in front of the others.
    private static func bounded(_ code: String, _ field: String) -> Mutation {
        Mutation(code, "      - {id: name,", "      - {id: extra, title: 附加, \(field)}\n      - {id: name,")
    }

    static let boundsFaults: [Mutation] = [
        bounded("theme.field_bounds", "min: 20, max: 10"),
        bounded("theme.field_bounds", "kind: integer, min: 2, max: 1"),
        bounded("theme.field_bounds", "kind: money, min: \"2.00\", max: \"1.99\""),
        bounded("theme.field_bounds", "kind: day, notBefore: 2026-01-02, notAfter: 2026-01-01"),
        bounded("theme.field_bounds", "kind: day, notBefore: {days: 1}, notAfter: today"),
        bounded("theme.field_bounds", "kind: day, notBefore: {days: 30}, notAfter: {months: 1}"),
        bounded("theme.field_bounds", "kind: day, notBefore: today, notAfter: 2099-12-31"),
        bounded("theme.field_bounds", "kind: flag, notAfter: today"),
        bounded("theme.field_bounds", "kind: day, min: 3"),
        bounded("theme.field_bounds", "kind: mobile, characters: digits"),
    ]

    @Test("is found out by bounds that leave nothing to fill in, now or one day", arguments: boundsFaults)
    func bounds(mutation: Mutation) throws { try expect(mutation) }

    @Test(
        "is not found out by bounds that make sense",
        arguments: [
            "kind: integer, min: 0, max: 0", "kind: money, min: \"0.01\"", "min: 4, max: 30, characters: digits",
            "kind: day, notBefore: 2026-01-01, notAfter: today",
            "kind: day, notBefore: {years: -4}, notAfter: {days: 28}",
            "kind: day, notBefore: {days: 28}, notAfter: {months: 1}", "kind: integer, max: {parameter: 次数}",
        ])
    func soundBounds(field: String) throws {
        let mutation = Self.bounded("", field)
        let theme = GoodBundle.theme.replacing(mutation.old, with: mutation.new)
        #expect(try BundleFixture(theme: theme).check() == [])
    }

    static let situationFaults: [Mutation] = [
        Mutation("theme.promise_exceeded", "  - {limit: 5wd}", "  - {limit: 4wd}"),
        Mutation("theme.promise_exceeded", "limit: 8wd}", "limit: 5wd}"),
        Mutation(
            "theme.material_without_source", ", commitment: {file: texts/promise.md}",
            ", hint: {file: texts/promise.md}"),
        Mutation("theme.result_not_before", "{licence: 户口簿}, upload", "{licence: 户口簿}, {result: B/card}, upload"),
        Mutation("theme.field_not_before", "title: 证明编号, items: [B]", "title: 证明编号, items: [B, C]"),
        Mutation(
            "theme.party_not_asked", "title: 配偶姓名, kind: person-name, when: {配偶: 是}",
            "title: 配偶姓名, kind: person-name, when: {配偶: 否}"),
        Mutation(
            "theme.dead_item", "parties:\n",
            "  - {id: D, title: 丁, department: 卫健, kind: 公共服务, promised: at-once, when: {情形: 丙}}\nparties:\n"),
        Mutation("theme.dead_material", "when: {情形: 乙}, sources", "when: {情形: 丙}, sources"),
        Mutation("theme.dead_field", "title: 方式,", "title: 方式, when: {情形: 丙},"),
        Mutation("theme.dead_party", "when: {配偶: 是}, name", "when: {情形: 丙}, name"),
        Mutation("theme.dead_advice", "when: {情形: 甲}, text", "when: {all: [{情形: 甲}, {情形: 丙}]}, text"),
        Mutation("theme.dead_fee", "when: {情形: 乙}}\n", "when: {情形: 丙}}\n"),
        Mutation(
            "theme.dead_outcome", "outcomes:",
            "outcomes:\n  - {when: {all: [{情形: 甲}, {情形: 乙}]}, title: 无, text: 无}"),
        Mutation("theme.question_order", "options: [甲, 乙, 丙]}", "options: [甲, 乙, 丙], when: {加急: 是}}"),
    ]

    @Test("the whole bundle is without findings")
    func good() throws { #expect(try BundleFixture().check() == []) }

    @Test("is refused while it is read, with exactly that finding and its line", arguments: readingFaults)
    func reading(mutation: Mutation) throws { try expect(mutation) }

    @Test("is found out as it is written, with exactly that finding and its line", arguments: structuralFaults)
    func structure(mutation: Mutation) throws { try expect(mutation) }

    @Test("is found out by walking the situations, with exactly that finding and its line", arguments: situationFaults)
    func situations(mutation: Mutation) throws { try expect(mutation) }

    private func expect(_ mutation: Mutation) throws {
        let parts = GoodBundle.theme.split(separator: mutation.old, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "the fixture has no \(mutation.old)")
        var theme = (parts[0] + mutation.new + parts[1]).replacing("parties:\n", with: "parties:\n" + mutation.party)
        if mutation.new.contains("B/card") {
            theme.replace(
                "after: [A]\n", with: "after: [A]\n    results: [{id: card, title: 卡, issuer: here, licence: 卡}]\n")
        }
        let findings = try BundleFixture(theme: String(theme)).check()
        #expect(Set(findings.map(\.code)) == [mutation.code], "\(findings)")
        let isInAText = mutation.code == "theme.unused_text"
        #expect(findings.allSatisfy { $0.line != nil || isInAText })
        #expect(findings.allSatisfy { $0.message.hasSuffix("。") })
    }

    @Test("a cycle is found and named")
    func cycle() throws {
        let theme = GoodBundle.theme.replacing("when: {加急: 否}\nparties", with: "when: {加急: 否}\n    after: [D]\nparties")
            .replacing(
                "parties:\n",
                with: "  - {id: D, title: 丁, department: 卫健, kind: 公共服务, promised: at-once, after: [C]}\nparties:\n")
        let findings = try BundleFixture(theme: theme).check()
        #expect(findings.map(\.code) == ["theme.cycle"])
        #expect(findings.first?.message.hasPrefix("C、D 互相等待") == true)
    }

    @Test("a situation without items and without an outcome is found, with an example")
    func noPlan() throws {
        let theme = GoodBundle.theme.replacing(
            "  - {when: {情形: 丙}, title: 另走渠道, text: 请到窗口。}",
            with: "  - {when: {all: [{情形: 甲}, {加急: 是}]}, title: 另走渠道, text: 请到窗口。}"
        ).replacing("promised: {parameter: 时限}", with: "promised: {parameter: 时限}\n    when: {not: {情形: 丙}}")
            .replacing("after: [A]", with: "after: [A]\n    when: {not: {情形: 丙}}")
        let findings = try BundleFixture(theme: theme).check()
        #expect(findings.map(\.code) == ["theme.no_plan"])
        #expect(findings.first?.message.contains("例如：情形=丙。") == true)
    }

    @Test("too many combinations are refused by the names of the questions")
    func tooMany() throws {
        let findings = try BundleFixture().check(maximumCombinations: 3)
        #expect(findings.map(\.code).allSatisfy { $0 == "theme.too_many_combinations" })
        #expect(findings.first?.message.contains("情形、加急") == true)
        #expect(try BundleFixture().check(maximumCombinations: 9).isEmpty)
    }

    @Test("all findings come at once, in the order of the file")
    func allAtOnce() throws {
        let theme = GoodBundle.theme.replacing("statutory: 10wd", with: "statutory: 1wd")
            .replacing("after: [A]", with: "after: [Z]").replacing("applicant.name", with: "applicant.nam")
        let findings = try BundleFixture(theme: theme).check()
        #expect(findings.map(\.code) == ["theme.statutory_exceeded", "theme.unknown_item", "theme.unknown_prefill"])
        #expect(findings.compactMap(\.line) == findings.compactMap(\.line).sorted())
    }

    @Test("a misspelt key is told with line, column and the nearest match")
    func place() throws {
        let findings = try BundleFixture(theme: GoodBundle.theme.replacing("kind: 公共服务", with: "kinds: 公共服务")).check()
        let unknown = try #require(findings.first { $0.code == "theme.unknown_key" })
        #expect((unknown.file, unknown.line, unknown.column) == ("good/theme.yaml", 26, 5))
        #expect(unknown.message.contains("是否想写“kind”"))
    }
}
