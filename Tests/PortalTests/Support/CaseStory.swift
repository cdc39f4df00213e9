import Foundation
import PluginKit
import StandardThemes
import Testing
import ThemeBundles

@testable import Casework

/// A case of the theme 出生 on its way, made by the real transitions.
struct CaseStory {
    static let now = Instant(milliseconds: 1_792_000_000_000)
    static let mother = Identifier(at: now, random: Array(repeating: 1, count: 10))
    static let account = Identifier(at: now, random: Array(repeating: 2, count: 10))

    static let answers: Answers = [
        "婴儿年龄": "≤1月", "婚姻状况": "婚内", "出生地": "本市助产机构", "是否跨省生育": "否", "父母户籍": "双方本市",
        "随谁落户": "随父", "是否报销生育医疗费用": "是", "是否登记科学育儿": "否", "是否已办生育登记": "是",
    ]

    let theme: Theme
    let plan: Plan
    var file: CaseFile
    let agencies: [String: Identifier]

    init() throws {
        let bundle = ThemeBundle.read(StandardThemes.folder.appendingPathComponent("birth")).bundle
        theme = try #require(bundle).theme
        guard case .plan(let plan) = Planner.plan(theme, answers: Self.answers) else { throw StoryError.noPlan }
        self.plan = plan
        agencies = Dictionary(
            uniqueKeysWithValues: Set(plan.items.map(\.item.department)).sorted().enumerated().map {
                ($1, Identifier(at: Self.now, random: Array(repeating: UInt8(10 + $0), count: 10)))
            })
        file = CaseFile(
            id: Identifier(at: Self.now, random: Array(repeating: 9, count: 10)), division: "430600",
            theme: ThemeReference(id: theme.id, hash: "0"),
            applicant: Applicant(party: Self.mother, person: Self.mother, mandate: nil), answers: Self.answers,
            evidence: [], at: Self.now)
        file.form = [
            "applicant_name": "李小梅", "applicant_id_number": "430602199203120026", "applicant_mobile": "13900001234",
        ]
    }

    enum StoryError: Error { case noPlan }

    var context: CaseContext {
        CaseContext(
            act: Act(actor: .system("story"), now: Self.now, seed: .random()), calendar: .published, theme: theme,
            plan: plan, rules: CaseworkRules())
    }

    /// The values with which the form is complete.
    var complete: [String: String] {
        var values: [String: String] = [:]
        for field in plan.form.flatMap(\.fields) {
            switch field.kind {
            case .day: values[field.id] = Self.now.day.text
            case .residentID:
                values[field.id] = field.prefill == nil ? "430602190904265454" : "430602199203120026"
            case .mobile: values[field.id] = "13900001234"
            case .integer: values[field.id] = field.range(on: Self.now.day).greatest ?? "3300"
            case .choice: values[field.id] = field.options.first
            case .personName: values[field.id] = "李小梅"
            case .money: values[field.id] = "1.00"
            case .text where field.bounds?.characters == .digits: values[field.id] = "6222000000000000"
            case .creditCode, .text, .paragraph, .businessScope, .address, .flag: values[field.id] = "是"
            }
        }
        return values
    }

    mutating func fillIn() throws {
        try file.fill(complete)
        for material in plan.materials where material.provision == .upload {
            let reference = FileReference(
                blob: "blob-\(material.id)", division: "430600", name: "照片<1>.jpg", contentType: "jpeg", size: 1_900_000
            )
            try file.attach(reference, to: material.id, in: context)
        }
    }

    mutating func submit() throws {
        try fillIn()
        try file.submit(agencies: agencies, in: context)
        file.take(number: "430600-5-20261014-000001")
    }

    mutating func accept() throws {
        try submit()
        try file.accept(in: context)
    }

    func sight(_ role: CaseSight.Role) -> CaseSight {
        CaseSight(
            file: file.blanked(for: role, theme: theme, plan: plan), plan: plan, theme: theme, role: role,
            agencyNames: Dictionary(uniqueKeysWithValues: agencies.map { ($1, "岳阳市\($0)局") }))
    }
}
