public import ArgumentParser
public import Extension
import Standards
public import Storage

/// The site's face (门户形象): who runs it and how it looks, from settings and files; and the privacy notice with its
/// versions and who agreed to which (个人信息保护告知, 个人信息保护法第十七条).
public struct FaceService: ServiceModule {
    public static let id = "face"
    public static var migrations: MigrationSet { FaceSchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [ShowFace.self] }

    public let database: any Database
    let events: EventLog
    public let shelf: FaceShelf
    let division: String

    public init(database: any Database, events: EventLog, shelf: FaceShelf, division: String) {
        self.database = database
        self.events = events
        self.shelf = shelf
        self.division = division
    }

    public var contributions: [any Contribution] {
        [HealthCheck("face", title: "门户形象") { _ in health }]
    }

    private var health: Health {
        let findings = shelf.findings
        if !findings.isEmpty {
            return .fault(
                findings.map { "\($0.field)：\($0.message)" }.joined(separator: " "), remedy: "改好文件即可，不用重启；改好以前用原来的。")
        }
        let book = shelf.book
        let dropped = ([book.city] + book.divisions.values).flatMap { $0.logo?.dropped ?? [] }
        if !dropped.isEmpty {
            let names = Set(dropped).sorted().prefix(8).joined(separator: "、")
            return .warning(
                "徽标里有不能用的内容，显示时去掉了：\(names)", remedy: "请用绘图软件另存为“纯 SVG”，把文字转成路径、样式写进图形。")
        }
        return .sound("\(1 + book.divisions.count) 套形象，文件都能用")
    }
}

enum FaceSchema {
    static let migrations = MigrationSet(
        owner: "face", tablePrefix: "face_",
        migrations: [
            Migration(
                "0001-notices",
                """
                CREATE TABLE face_notice (
                    version BIGINT NOT NULL PRIMARY KEY,
                    digest TEXT NOT NULL,
                    body TEXT NOT NULL,
                    since BIGINT NOT NULL
                );
                CREATE TABLE face_agreement (
                    person TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    agreed_at BIGINT NOT NULL,
                    PRIMARY KEY (person, version)
                )
                """)
        ])
}
