import Catalogue
import Cryptography
import Documents
public import Extension
import Foundation
import Standards
public import Storage

extension CaseworkService {
    /// Packs everything that is kept of a case into one ZIP file, for the archive (归档).
    ///
    /// Its size doesn't matter: one file is held in memory at a time.
    ///
    /// - Parameter path: a file that is not there yet.
    /// - Throws: ``CaseworkError`` `forbidden` for who does not handle the whole case.
    public func archive(_ id: Identifier, to path: String, by act: Act) async throws -> ArchiveIndex {
        do {
            return try await pack(id, to: path, by: act)
        } catch let error as DocumentsError {
            throw CaseworkError(error)
        }
    }

    private func pack(_ id: Identifier, to path: String, by act: Act) async throws -> ArchiveIndex {
        let seen = try await sight(of: id, by: act)
        guard seen.role == .clerk || seen.role == .system else { throw CaseworkError.forbidden }
        let file = seen.file
        guard file.number != nil else { throw CaseworkError.wrongState(file, "归档") }
        var archive = try CaseArchive(path: path, of: seen, at: act.now)
        try archive.add("申请/申请表.pdf", about: "申请表", try await papers.pdf(seen.formPages))
        let record = CaseView(seen, at: act.now).json
        try archive.add("申请/办件.json", about: "办件的全部登记内容", record)
        for (index, paper) in (file.papers ?? []).enumerated() {
            let name = CaseArchive.safe("\(String(format: "%02d", index + 1)) \(paper.title) \(paper.number).pdf")
            try archive.add(
                "文书/\(name)", about: "\(paper.title) \(paper.number)", try await reply(paper, of: file).bytes,
                at: paper.issued)
        }
        for (index, reference) in seen.signaturePictures.enumerated() {
            try archive.add(
                "签名/\(index + 1).\(reference.contentType)", about: "在签字板上的签名 \(index + 1)",
                try await bytes(of: reference))
        }
        for (place, material) in seen.plan.materials.enumerated() {
            let folder = CaseArchive.safe("\(String(format: "%02d", place + 1)) \(material.slot.title)")
            for (index, reference) in (file.materials[material.id]?.files ?? []).enumerated() {
                let bytes = try await bytes(of: reference)
                let name = CaseArchive.safe("\(index + 1) \(reference.name)")
                try archive.add("材料/\(folder)/\(name)", about: material.slot.title, bytes)
            }
        }
        for task in file.items {
            let title = seen.plan.items.first { $0.id == task.id }?.item.title ?? task.id
            let folder = CaseArchive.safe("\(task.id) \(title)")
            for result in task.decision?.results ?? [] {
                guard let reply = try await materials.file(of: result.licence.text, in: file.id, by: act) else {
                    let note = "“\(result.title)”已经办出并登记，由发放单位另行发放，这里没有它的电子文件。\n"
                    let name = CaseArchive.safe("\(result.title)（说明）.txt")
                    try archive.add("结果/\(folder)/\(name)", about: "\(result.title)（没有电子文件）", Array(note.utf8))
                    continue
                }
                try archive.add("结果/\(folder)/\(CaseArchive.safe(reply.name))", about: result.title, reply.bytes)
            }
        }
        let (journal, steps) = try await journal(of: file)
        try archive.add("过程.pdf", about: "办件过程", try await papers.pdf(Self.course(steps, of: file)))
        try archive.add("过程.json", about: "办件过程（带哈希链）", Array(journal.canonical.utf8))
        return try await archive.finish(papers)
    }

    private func bytes(of reference: FileReference) async throws -> [UInt8] {
        let bytes = try await database.read { [blobs] in
            try blobs.get(reference.blob, division: reference.division, in: $0)
        }
        guard let bytes else { throw CaseworkError.notFound }
        return bytes
    }

    /// The same as a file to be sent.
    public func archive(_ id: Identifier, by act: Act) async throws -> FileReply {
        let path = SpooledFile.newPath()
        let index = try await archive(id, to: path, by: act)
        return FileReply(
            spooled: try SpooledFile(path: path), contentType: "application/zip", name: "\(index.number).zip")
    }

    /// What happened when, for people.
    private static func course(_ steps: [(at: Instant, title: String)], of file: CaseFile) -> PageDocument {
        let rows = steps.enumerated().map { ["\($0 + 1)", $1.at.chinaTime, $1.title] }
        return PageDocument(
            title: "办件过程", number: file.number ?? "", date: file.times.created.day.text,
            blocks: [
                .grid(PageGrid(columns: ["序号", "时间", "过程"], shares: [1, 4, 8], rows: rows)),
                .note("每一步由谁办理、前后怎样相连，见 过程.json；它能用来核对记录有没有被改动。"),
            ])
    }

    /// The case's journal with its hashes, in the form of `audit verify`.
    private func journal(
        of file: CaseFile
    ) async throws -> (json: JSONValue, steps: [(at: Instant, title: String)]) {
        let stream = StreamID(division: file.division, kind: "case", id: file.id.text)
        var events: [JSONValue] = []
        var steps: [(at: Instant, title: String)] = []
        while true {
            let after = Int64(events.count)
            let page = try await database.read { try Journal.entries(of: stream, after: after, limit: 200, in: $0) }
            events += try page.map { record in
                .object([
                    "seq": .integer(record.seq), "at": .string(record.at.iso8601), "type": .string(record.entry.type),
                    "title": .string(CaseEventTitles.title(of: record.entry.type)),
                    "actor": .string(record.entry.actor), "body": try JSONParser.parse(Array(record.entry.body.utf8)),
                    "state": record.entry.state.map { .string(Hex.encode($0)) } ?? .null,
                    "hash": .string(Hex.encode(record.hash)),
                ])
            }
            steps += page.map { ($0.at, CaseEventTitles.title(of: $0.entry.type)) }
            if page.count < 200 { break }
        }
        return (.object(["stream": .string("\(stream.division)/\(stream.text)"), "events": .array(events)]), steps)
    }
}

extension CaseSight {
    /// The one form as it was filled in, on paper.
    var formPages: PageDocument {
        let sections = plan.form.flatMap { section -> [PageBlock] in
            let rows = section.fields.compactMap { field in
                file.form[field.id].flatMap { $0.isEmpty ? nil : PageRow(field.title, field.printed($0)) }
            }
            return rows.isEmpty ? [] : [.heading(section.title), .table(rows)]
        }
        let declared = file.times.submitted.map { at in
            PageBlock.note("申请人于\(at.chinaTime)提交时声明：保证填写的内容和上传的材料真实，知道提供虚假材料要承担法律责任。")
        }
        return PageDocument(
            title: "\(theme.title)申请表", number: file.number ?? "",
            date: (file.times.submitted ?? file.times.created).day.text,
            blocks: sections + [declared].compactMap(\.self))
    }
}

extension FormField {
    /// A value as it is printed.
    fileprivate func printed(_ value: String) -> String {
        switch kind {
        case .day: (try? LegalDay(value))?.chineseDate ?? value
        case .money: (try? Money(yuan: value))?.chinese ?? value
        default: value
        }
    }
}
