import Extension
import Foundation
import StorageTestSupport
import Testing

@testable import Messaging

@Suite("Wordings and templates")
struct WordingRuleTests {
    static let kind = MessagingWorld.kinds[0]

    @Test(
        "a faulty wording is told with what to do",
        arguments: [
            ("标题：有了决定\n短信：{事项}\n\n{事件}", "wording.unknown", "是否想写 {事项}"),
            ("标题：有了决定\n短信：{事项}\n\n有了决定", "wording.required", "{事项}"),
            ("标题：有了决定\n短信：{事项} {理由}\n\n{事项}", "wording.private", "旁人"),
            ("标题：有了决定\n\n{事项}", "wording.missing", "短信"),
            ("短信：{事项}\n\n{事项}", "wording.missing", "标题"),
            ("标题：有了决定\n短信：{事项\n\n{事项}", "wording.brace", "配对"),
            ("标题：有了决定\n抄送：张三\n短信：{事项}\n\n{事项}", "wording.head", "第 2 行"),
        ])
    func faults(_ text: String, _ code: String, _ says: String) {
        var findings: [Finding] = []
        let wording = NoticeWording.parse(text, at: "messages/a.txt", findings: &findings)
        findings += wording.findings(for: Self.kind, at: "messages/a.txt")
        #expect(findings.contains { $0.code == code && ($0.message + $0.field).contains(says) }, "\(findings)")
    }

    @Test("a short message that would cost many parts is refused")
    func long() {
        let wording = NoticeWording(
            title: "t", text: "{事项}", short: String(repeating: "办", count: NoticeWording.longestShort + 1))
        #expect(wording.findings(for: Self.kind, at: "a").map(\.code) == ["wording.too_long"])
    }

    @Test("the file that shows a wording reads as that wording")
    func roundTrip() {
        for kind in MessagingWorld.kinds where kind.weight != .instant {
            var findings: [Finding] = []
            let read = NoticeWording.parse(kind.wording.file, at: "a", findings: &findings)
            #expect(findings == [])
            #expect((read.title, read.text, read.short) == (kind.wording.title, kind.wording.text, kind.wording.short))
        }
    }

    @Test("a county's own wording is used; an unknown file stops the start with the nearest name")
    func local() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try "标题：本县：{事项}\n短信：本县短信{事项}\n\n本县正文{事项}".write(
            to: folder.appendingPathComponent("test.decided.txt"), atomically: true, encoding: .utf8)
        try await MessagingWorld.run(.sqlite, wordings: folder.path) { world in
            let notice = try #require(try await world.post(world.draft()))
            #expect(try await world.service.open(notice, by: world.person()).paragraphs == ["本县正文出生一件事"])
            try await world.send()
            #expect(world.provider.sent.map(\.text) == ["本县短信出生一件事"])
            try "x".write(
                to: folder.appendingPathComponent("test.decidde.txt"), atomically: true, encoding: .utf8)
            let findings = world.service.read(MessagingWorld.kinds).findings
            #expect(findings.map(\.code) == ["wording.unknown_kind"])
            #expect(findings.first?.message.contains("test.decided.txt") == true)
        }
    }

    @Test("every fault of the SMS settings is told at once, and no secret with them")
    func settings() {
        let reader = SettingsReader(
            area: "messaging.sms",
            values: [
                "channel": "http", "url": "http://sms.example.com", "quietHours": "22", "secret": "s3cr3t",
                "templates": ["test.decided": ["id": ""]],
            ])
        _ = try? SMSSettings(from: reader)
        let fields = Set(reader.findings.map(\.field))
        #expect(
            fields.isSuperset(of: [
                "messaging.sms.url", "messaging.sms.sign", "messaging.sms.keyID", "messaging.sms.quietHours",
                "messaging.sms.templates.test.decided.id",
            ]), "\(fields)")
        #expect(!reader.findings.contains { $0.message.contains("s3cr3t") })
    }

    @Test("a template's variables must be those of the notice, none of them private, and a helper's must name for whom")
    func templates() throws {
        let reader = SettingsReader(
            area: "messaging.sms",
            values: [
                "channel": "sandbox",
                "templates": [
                    "test.decided": [
                        "id": "SMS_1", "variables": ["事件", "理由"], "helperID": "SMS_2", "helperVariables": ["编号"],
                    ],
                    "test.decidde": ["id": "SMS_3"],
                ],
            ])
        let settings = try SMSSettings(from: reader)
        let findings = NoticeBook().freeze(MessagingWorld.kinds, folder: nil, settings: settings)
        #expect(
            Set(findings.map(\.code)) == [
                "template.unknown_variable", "template.private_variable", "template.addressee", "settings.unknown_key",
            ])
    }

    @Test("a kind that is contributed twice is refused")
    func twice() {
        let findings = NoticeBook().freeze([Self.kind, Self.kind], folder: nil, settings: SMSSettings())
        #expect(findings.map(\.code).contains("notice.repeated"))
    }
}
