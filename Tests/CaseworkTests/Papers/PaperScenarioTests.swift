import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("The papers that a case gives rise to")
struct PaperScenarioTests {
    @Test(
        "the whole way leaves a receipt, an acceptance and a notice of each result", .covers("R10.4"),
        arguments: TestDatabase.all)
    func wholeWay(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var file = try await world.submitted()
            #expect(file.papers?.map(\.kind) == [.receipt])
            file = try await world.accept(file.id)
            for item in ["P01", "P02", "P03", "P04", "P05"] { file = try await world.grant(item, file.id) }
            let papers = try #require(file.papers)
            #expect(
                papers.map(\.kind)
                    == [.receipt, .acceptance] + Array(repeating: PaperKind.completion, count: 5))
            #expect(papers.map(\.item) == [nil, nil, "P01", "P02", "P03", "P04", "P05"])
            // The health office decides two of the items, and so numbers two of the papers.
            #expect(
                papers.map(\.number) == [
                    "本地卫健收字〔2026〕1号", "本地卫健受字〔2026〕1号", "本地卫健结字〔2026〕1号", "本地卫健结字〔2026〕2号", "本地公安结字〔2026〕1号",
                    "本地人社结字〔2026〕1号", "本地医保结字〔2026〕1号",
                ])
        }
    }

    @Test("the receipt lists what was received and says by when there is an answer", arguments: TestDatabase.all)
    func receipt(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            let text = try await world.text(.receipt, of: file, in: try PaperFolder())
            for part in [
                "收件凭证", "李晓梅：", try #require(file.number), "电子文件1个", "免提交（证照或数据核验）", "2026年3月9日前决定是否受理", "本地卫健",
                "（印章）", "第1页共",
            ] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
        }
    }

    @Test("an acceptance names every item and the day; one with a gap says what is still to come")
    func acceptance() async throws {
        try await World.run(on: .sqlite) { world in
            var file = try await world.submitted()
            file = try await world.accept(file.id)
            let text = try await world.text(.acceptance, of: file, in: try PaperFolder())
            let day = try #require(file.due?.day.chineseDate)
            #expect(text.contains("全部事项在\(day)"))
            #expect(text.contains("已于2026年3月2日受理"))
            #expect(text.contains("本地公安"))
            #expect(!text.contains("容缺"))
            #expect(!text.contains("没有在法定期限内告知"))
        }
    }

    @Test("what was tolerated as missing is named with its day, and has a receipt when it comes", .covers("R10.4"))
    func gap() async throws {
        try await World.run(on: .sqlite) { world in
            try await world.apply(World.bundled.map { $0.id == "birth" ? $0.tolerating("registration-form") : $0 })
            let folder = try PaperFolder()
            let draft = try await world.begin()
            let act = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.substitute("registration-form", by: .later, of: draft.id, by: act, in: $0)
            }
            var file = try await world.submit(draft.id)
            #expect(try await world.text(.receipt, of: file, in: folder).contains("容缺，后补"))
            file = try await world.accept(file.id)
            let acceptance = try await world.text(.acceptance, of: file, in: folder)
            let day = try #require(file.materials["registration-form"]?.gapDue?.day.chineseDate)
            #expect(acceptance.contains("登记表（\(day)前）"))
            file = try await world.attach(file.id)
            #expect(file.papers?.map(\.kind) == [.receipt, .acceptance, .receipt])
            let receipt = try await world.text(.receipt, of: file, in: folder)
            #expect(receipt.contains("补充提交的下列材料已于2026年3月2日收到"))
            #expect(receipt.contains("电子文件1个"))
            #expect(!receipt.contains("决定是否受理"))
            #expect(!receipt.contains("电子表单"))
        }
    }

    @Test("silence gives an acceptance that says so, dated by the law", .covers("R12.1"), arguments: TestDatabase.all)
    func deemed(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            try world.set("2026-03-20T01:00:00Z")
            #expect(try await world.casework.deemAccepted(by: world.system) == 1)
            let seen = try await world.casework.sight(of: file.id, by: world.clerk).file
            #expect(seen.papers?.map(\.kind) == [.receipt, .acceptance])
            let text = try await world.text(.acceptance, of: seen, in: try PaperFolder())
            #expect(text.contains("没有在法定期限内告知"))
            #expect(text.contains("（2026年3月2日）起即为受理"))
        }
    }

    @Test("the correction notice names every fault and the day; the answer has its own receipt", .covers("R12.1"))
    func correction() async throws {
        try await World.run(on: .sqlite) { world in
            var file = try await world.submitted()
            file = try await world.correct(
                file.id,
                [
                    Fault(target: "material.registration-form", text: "照片模糊，请重新拍摄"),
                    Fault(target: "form.birth_weight", text: "体重与出生记录不一致，请核对"),
                ])
            let folder = try PaperFolder()
            let text = try await world.text(.correction, of: file, in: folder)
            for part in ["补正告知书", "共2处", "照片模糊，请重新拍摄", "体重与出生记录不一致，请核对", "2026年3月16日前（10个工作日内）"] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
            let (change, id) = (world.mother, file.id)
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(id, values: ["birth_weight": "3100"], by: change, in: $0)
            }
            let act = world.mother
            let result = try await world.database.write { [casework = world.casework] in
                try casework.submit(id, asIs: ["material.registration-form": "照片清楚"], by: act, in: $0)
            }
            guard case .submitted(let again) = result else { throw TestDatabaseError.replanned }
            #expect(again.papers?.map(\.kind) == [.receipt, .correction, .receipt])
            let receipt = try await world.text(.receipt, of: again, in: folder)
            #expect(receipt.contains("补充提交的下列材料已于2026年3月2日收到"))
        }
    }

    @Test("a refusal states reasons and both remedies with their terms", arguments: TestDatabase.all)
    func refusal(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var file = try await world.submitted()
            _ = try await world.accept(file.id)
            file = try await world.refuse("P01", file.id)
            #expect(file.papers?.map(\.kind) == [.receipt, .acceptance, .refusal])
            let text = try await world.text(.refusal, of: file, in: try PaperFolder())
            for part in ["没有在本市助产机构出生", "可以补充证明后重新申请", "60日内向本级人民政府申请行政复议", "6个月内依法向有管辖权的人民法院提起行政诉讼"] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
        }
    }

    @Test("not accepting names whose it is, ending and pausing say why")
    func others() async throws {
        try await World.run(on: .sqlite) { world in
            let folder = try PaperFolder()
            let (clerk, officer) = (world.clerk, world.officer("卫健"))
            let first = try await world.submitted()
            var file = try await world.write { [casework = world.casework] in
                try casework.refuseAcceptance(
                    first.id, reason: "不属于本机关职权", competentAgency: "长沙市卫生健康委员会", by: clerk, in: $0)
            }
            var text = try await world.text(.nonAcceptance, of: file, in: folder)
            for part in ["决定不予受理", "不属于本机关职权", "请向长沙市卫生健康委员会申请", "申请行政复议"] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
            let second = try await world.submitted()
            _ = try await world.accept(second.id)
            let act = officer
            file = try await world.write { [casework = world.casework] in
                try casework.pause(
                    "P01", of: second.id, for: .siteVisit, reason: "需要到助产机构核实", expectedDays: 3, by: act, in: $0)
            }
            text = try await world.text(.specialProcedure, of: file, in: folder)
            for part in ["现场勘验", "需要到助产机构核实", "自2026年3月2日起所需时间不计入办理期限", "预计3个工作日"] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
            let end = world.clerk
            file = try await world.write { [casework = world.casework] in
                try casework.terminate(second.id, on: .deceased, reason: "申请人已经去世", by: end, in: $0)
            }
            text = try await world.text(.termination, of: file, in: folder)
            for part in ["终止办理决定书", "申请人已经去世", "申请行政复议", "具备条件后，也可以重新申请"] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
        }
    }
}
