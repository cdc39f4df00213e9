import Documents
public import Extension
import Foundation
import Standards
public import Storage

extension MessagingService {
    /// The papers of several deliveries as one archive, in the order in which they were named: what is to be printed of
    /// each, and the cover for the envelope where it needs one.
    ///
    /// - Parameter deliveries: at most fifty.
    /// - Throws: as ``print(_:by:)`` for any of them.
    public func bundle(_ deliveries: [Identifier], by act: Act) async throws -> FileReply {
        guard (1...50).contains(deliveries.count) else {
            throw MessagingError.invalid([Finding("delivery", "field.range", "一次请选 1 到 50 件。")])
        }
        let path = SpooledFile.newPath()
        let time = Int(act.now.milliseconds / 1000)
        do {
            let zip = try ZipWriter(path: path)
            for (index, id) in deliveries.enumerated() {
                let place = String(format: "%02d", index + 1)
                let (delivery, notice) = try await delivery(id, by: act)
                let whose = Self.fileName("\(delivery.content.name) \(notice.content.title)")
                try zip.add("\(place) \(whose).pdf", try await print(id, by: act).bytes, time: time)
                if notice.content.paper != nil {
                    try zip.add("\(place) \(whose) 信封页.pdf", try await cover(id, by: act).bytes, time: time)
                }
            }
            try zip.finish()
        } catch let error as DocumentsError {
            throw MessagingError(.noPaper, status: 503, "没有做成文件", error.message)
        }
        return FileReply(
            spooled: try SpooledFile(path: path), contentType: "application/zip", name: "待寄送的通知 \(act.now.day.text).zip"
        )
    }

    /// A name that any file system takes.
    private static func fileName(_ text: String) -> String {
        String(text.map { $0.isNewline || "/\\:*?\"<>|".contains($0) ? "_" : $0 }.prefix(60))
    }
}
