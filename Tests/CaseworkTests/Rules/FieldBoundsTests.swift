import Catalogue
import Extension
import Standards
import StorageTestSupport
import Testing

@testable import Casework

@Suite("Bounds of form fields")
struct FieldBoundsTests {
    static let today = LegalDay(ordinal: 20_514)  // 2026-03-02

    /// A value of a field with bounds, and the code of its refusal.
    struct Trial: Sendable, CustomTestStringConvertible {
        let kind: FormField.Kind
        let bounds: FieldBounds
        let value: String
        let code: String?

        init(_ kind: FormField.Kind, _ bounds: FieldBounds, _ value: String, _ code: String? = nil) {
            self.kind = kind
            self.bounds = bounds
            self.value = value
            self.code = code
        }

        var testDescription: String { "\(kind.rawValue) \(value): \(code ?? "fits")" }
    }

    private static let weight = FieldBounds(minimum: 200, maximum: 10_000)
    private static let amount = FieldBounds(minimum: 1, maximum: 10_000)
    private static let born = FieldBounds(notBefore: .months(-48), notAfter: .today)
    private static let fixed = FieldBounds(
        notBefore: .day(LegalDay(ordinal: 20_454)), notAfter: .day(LegalDay(ordinal: 20_818)))
    private static let digits = FieldBounds(minimum: 4, characters: .digits)
    private static let code = FieldBounds(characters: .code)

    static let trials = [
        Trial(.integer, weight, "200"), Trial(.integer, weight, "10000"), Trial(.integer, weight, "199", "field.range"),
        Trial(.integer, weight, "9999999", "field.range"), Trial(.integer, weight, "-1", "field.range"),
        Trial(.integer, weight, "99999999999999999999", "field.type"), Trial(.integer, weight, "三千", "field.type"),
        Trial(.integer, FieldBounds(minimum: 1), "0", "field.range"),
        Trial(.integer, FieldBounds(maximum: 1), "2", "field.range"),
        Trial(.money, amount, "0.01"), Trial(.money, amount, "100.00"), Trial(.money, amount, "0.00", "field.range"),
        Trial(.money, amount, "100.01", "field.range"), Trial(.money, amount, "-5", "field.range"),
        Trial(.day, born, "2026-03-02"), Trial(.day, born, "2022-03-02"),
        Trial(.day, born, "2026-03-03", "field.too_late"),
        Trial(.day, born, "2022-03-01", "field.too_early"), Trial(.day, born, "2026-02-30", "standards.day"),
        Trial(.day, fixed, "2026-01-01"), Trial(.day, fixed, "2026-12-31"),
        Trial(.day, fixed, "2025-12-31", "field.too_early"),
        Trial(.day, fixed, "2027-01-01", "field.too_late"),
        Trial(.text, digits, "0042"), Trial(.text, digits, "042", "field.too_short"),
        Trial(.text, digits, "004X", "field.characters"),
        Trial(.text, digits, "００４２", "field.characters"), Trial(.text, code, "A-1/b.2"),
        Trial(.text, code, "甲1", "field.characters"),
        Trial(.text, code, "A 1", "field.characters"),
    ]

    private func findings(_ trial: Trial) -> [Finding] {
        let field = FormField(id: "f", title: "项目", kind: trial.kind, bounds: trial.bounds)
        return FormCheck.findings(["f": trial.value], fields: [field], today: Self.today, at: "form")
    }

    @Test("are held, with a finding that says what fits", arguments: trials)
    func table(trial: Trial) {
        let found = findings(trial)
        #expect(found.map(\.code) == (trial.code.map { [$0] } ?? []))
        #expect(found.allSatisfy { $0.field == "form.f" && $0.message.contains("项目") && $0.message.hasSuffix("。") })
    }

    @Test("admit exactly what lies between them")
    func property() {
        var generator = SeededGenerator(seed: 20_261_125)
        for _ in 0..<2000 {
            let low = Int64.random(in: -50...50, using: &generator)
            let high = Int64.random(in: low...60, using: &generator)
            let value = Int64.random(in: -70...70, using: &generator)
            let number = FieldBounds(minimum: low, maximum: high)
            #expect(findings(Trial(.integer, number, String(value))).isEmpty == (low...high).contains(value))
            let day = FieldBounds(notBefore: .days(Int(low)), notAfter: .days(Int(high)))
            let written = Self.today.adding(days: Int(value)).text
            #expect(findings(Trial(.day, day, written)).isEmpty == (low...high).contains(value))
        }
    }

    @Test("of a real form are told all at once, and a later correction moves no day", arguments: TestDatabase.all)
    func birth(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let wrong = ["birth_day": "2026-03-03", "birth_weight": "9999999", "gestation": "4"]
            let draft = try await world.begin(World.birthForm.merging(wrong) { $1 })
            _ = try await world.attach(draft.id)
            let error = await #expect(throws: CaseworkError.self) { _ = try await world.submit(draft.id) }
            #expect(error?.findings.map(\.code) == ["field.too_late", "field.range", "field.range"])
            #expect(error?.findings.first?.message.contains("申请当天（2026年3月2日）") == true)

            let mother = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(
                    draft.id, values: World.birthForm.filter { wrong[$0.key] != nil }, by: mother, in: $0)
            }
            _ = try await world.submit(draft.id)
            world.wait(.seconds(3 * 86_400))
            let (clerk, later) = (world.clerk, world.mother)
            _ = try await world.write { [casework = world.casework] in
                try casework.requestCorrection(
                    draft.id, faults: [Fault(target: "form.birth_day", text: "请核对。")], by: clerk, in: $0)
            }
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(draft.id, values: ["birth_day": "2026-03-04"], by: later, in: $0)
            }
            let again = await #expect(throws: CaseworkError.self) { _ = try await world.submit(draft.id) }
            #expect(again?.findings.map(\.code) == ["field.too_late"])
        }
    }
    @Test(
        "differ with the answers: a child is as old as was said",
        arguments: [
            ("≤1月", "2026-02-02", true), ("≤1月", "2026-02-01", false), ("≤1岁", "2026-02-02", true),
            ("≤1岁", "2026-02-03", false), ("≤1岁", "2025-03-01", false), ("1-3岁", "2025-03-02", true),
            ("1-3岁", "2025-03-03", false), ("1-3岁", "2022-03-01", false),
        ])
    func age(_ answer: String, _ day: String, isFitting: Bool) async throws {
        try await World.run(on: .sqlite) { world in
            let (act, change) = (world.mother, world.mother)
            let answers = World.birthAnswers.merging(["婴儿年龄": answer]) { $1 }
            let draft = try await world.casework.begin(theme: "birth", answers: answers, by: act)
            let form = World.birthForm.merging(["birth_day": day]) { $1 }
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(draft.id, values: form, by: change, in: $0)
            }
            // What else is missing is told along with it.
            let error = await #expect(throws: CaseworkError.self) { _ = try await world.submit(draft.id) }
            #expect(error?.findings.contains { $0.field == "form.birth_day" } == !isFitting)
        }
    }
}
