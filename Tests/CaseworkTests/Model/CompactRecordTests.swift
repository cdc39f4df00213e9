import Catalogue
import Foundation
import Standards
import Storage
import Testing

@testable import Casework

/// The documents of a case state their fields a second time, for speed; here it is held against `Codable`, which forgets
/// none.
@Suite("The fields of a case as they are written")
struct CompactRecordTests {
    /// A case in which no field is empty or left out.
    private static var full: CaseFile {
        get throws {
            var random = UInt8(0)
            func id() -> Identifier {
                random += 1
                return Identifier(at: Instant(milliseconds: 9), random: [UInt8](repeating: random, count: 10))
            }
            let at = Instant(milliseconds: 1_772_000_000_000)
            let deadline = Deadline(day: try LegalDay("2026-03-09"), isProvisional: true)
            let paper = FileReference(
                blob: "blob", division: "430602", name: "登记表.pdf", contentType: "application/pdf", size: 9)
            var file = CaseFile(
                id: id(), division: "430602", theme: ThemeReference(id: "birth", hash: "1"),
                applicant: Applicant(party: id(), person: id(), mandate: id()), answers: ["婚姻状况": "婚内"],
                evidence: [
                    EvidencedSource(
                        source: .licence(
                            type: "结婚证", party: "applicant", matches: LicenceMatch(holders: ["a"], fields: ["b": "c"])),
                        evidence: "e", doubt: .unsettled)
                ], at: at)
            file.state = .inProgress
            file.assistance = Assistance(account: id(), agency: id())
            file.signatures = [ApplicantSignature(kind: .pad, at: at, witness: id(), picture: paper)]
            file.applicantNumbers = ["430623191011229428"]
            file.form = ["child_name": "李望舒"]
            var record = MaterialRecord(files: [paper], isCommitted: true, isDeferred: true)
            record.gapDue = deadline
            file.materials = ["registration-form": record]
            file.consents = ["father": Consent(person: id(), at: at, party: id(), mandate: id(), scope: "s")]
            file.lapsedConsents = ["mother": at]
            file.refusedConsents = [
                "father": ConsentRefusal(person: id(), at: at, party: id(), scope: "ab", reason: "不同意")
            ]
            var task = ItemTask(id: "P01", agency: id())
            task.state = .decided
            task.opened = at
            task.due = deadline
            task.legalDue = deadline
            task.pauses = [ItemPause(kind: .hearing, reason: "听证", start: at, end: at, expectedDays: 3)]
            task.decision = Decision(
                outcome: .granted, by: id(), at: at, reason: "r", remedy: "m",
                results: [IssuedResult(result: "birth-certificate", title: "出生医学证明", licence: id())],
                isForSampling: true)
            task.note = "n"
            task.originals = ["birth-certificate": paper]
            task.outsideNumber = "W1"
            task.charge = ItemCharge(order: id(), amount: Money(fen: 8_000), demanded: at, settled: at)
            file.items = [task]
            let fault = Fault(target: "form.child_name", text: "t", repeats: 1)
            let named = DepartmentFault(item: "P01", fault: fault, by: id(), at: at)
            file.corrections = [
                CorrectionNotice(
                    faults: [fault], sent: at, by: id(), answered: at, asIs: ["a": "b"], seen: ["c": "d"])
            ]
            file.departmentFaults = [named]
            file.setAsideFaults = [SetAsideFault(named: named, reason: "r", by: id(), at: at)]
            file.times.submitted = at
            file.times.accepted = at
            file.times.closed = at
            file.waits = [Wait(kind: .applicant, start: at, end: at)]
            file.acceptBy = deadline
            file.due = deadline
            file.acceptance = Acceptance(mode: .tolerant, by: id(), at: at)
            file.ending = Ending(reason: "r", competentAgency: "c", ground: .lapsed, remedy: "m")
            file.papers = [
                CasePaper(
                    id: id(), kind: .service, title: "t", number: "n", agency: id(), item: "P01", serves: id(),
                    issued: at, template: "service@1", digest: "d",
                    service: PaperService(
                        way: .post, recipient: "r", day: deadline.day, tracking: "EA000000001CN", by: id(), at: at))
            ]
            var delivery = ResultDelivery(
                way: .post, address: .init(name: "n", phone: "13800000000", address: "a"),
                collector: .init(name: "c", numberTail: "123X", relation: "r"), chosenAt: at)
            delivery.handover = .init(
                recipient: "r", numberTail: "123X", relation: "本人", signature: .pad, picture: paper, by: id(),
                at: at)
            delivery.posting = .init(courier: "EMS", tracking: "EA000000002CN", by: id(), at: at)
            delivery.arrived = deadline.day
            file.delivery = delivery
            return file
        }
    }

    /// As an earlier program wrote it: through the containers of `Codable`.
    private func coded(_ value: some Encodable) throws -> [UInt8] { try CompactCoding.encode(value) }

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test("no field of the sample is left out, so that none can be forgotten")
    func whole() throws {
        func empty(_ value: Any, _ path: String) -> [String] {
            let mirror = Mirror(reflecting: value)
            if mirror.displayStyle == .optional {
                return mirror.children.first.map { empty($0.value, path) } ?? [path]
            }
            if mirror.displayStyle == .collection || mirror.displayStyle == .dictionary, mirror.children.isEmpty {
                return [path]
            }
            return mirror.children.flatMap { empty($0.value, "\(path).\($0.label ?? "")") }
        }
        // What lies beside the document: a column of its own, and events on their way.
        #expect(
            Set(empty(try Self.full, ""))
                == [".number", ".pendingEvents", ".lawEvents", ".pendingPapers", ".pendingCharges"])
    }

    @Test("a case is written as Codable writes it, byte for byte")
    func writing() throws {
        let file = try Self.full
        #expect(try CompactCoding.encode(file) == coded(file))
    }

    @Test("a case is read as Codable reads it, and as JSON of earlier programs")
    func reading() throws {
        let file = try Self.full
        let read = try CompactCoding.decode(CaseFile.self, from: coded(file))
        #expect(try json(read) == json(file))
        let old = try CompactCoding.decode(CaseFile.self, from: Array(json(file).utf8))
        #expect(try json(old) == json(file))
    }

    @Test("fields that are left out are left out for either")
    func bare() throws {
        var file = try Self.full
        file.applicantNumbers = nil
        file.lapsedConsents = nil
        file.refusedConsents = nil
        file.setAsideFaults = nil
        file.acceptBy = nil
        file.acceptance = nil
        #expect(try CompactCoding.encode(file) == coded(file))
        let read = try CompactCoding.decode(CaseFile.self, from: CompactCoding.encode(file))
        #expect(try json(read) == json(file))
    }

    @Test("a case that lacks a field, or has something else in its place, is refused")
    func damaged() throws {
        struct Stub: Codable { var id = "01hz0000000000000000000000" }
        struct Wrong: Codable { var id = 7 }
        #expect(throws: DecodingError.self) { try CompactCoding.decode(CaseFile.self, from: coded(Stub())) }
        #expect(throws: DecodingError.self) { try CompactCoding.decode(CaseFile.self, from: coded(Wrong())) }
    }
}
