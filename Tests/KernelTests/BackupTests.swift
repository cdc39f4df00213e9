import Foundation
import PluginKit
import SamplePlugin
import StorageTestSupport
import Testing

@testable import Kernel

@Suite("The backup of a deployment")
struct BackupTests {
    @Test("nothing but a backup of late or an explicit word lets a database be migrated", arguments: TestDatabase.all)
    func gate(_ kind: TestDatabaseKind) async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\ndivision: 430600\n")
            try await withDatabaseOpener(kind) { open in
                let clock = FixedClock(TestDatabase.now)
                func boot(_ plugins: [any ServicePlugin.Type], withoutBackup: Bool = false) async throws {
                    try await Kernel.boot(
                        folder: folder, plugins: plugins, composition: Booting.bare, clock: clock,
                        settings: try Booting.settings(), withoutBackup: withoutBackup, database: try open(),
                        logger: Booting.logger
                    ).close()
                }
                func note(_ instant: Instant) async throws {
                    let database = try open()
                    try await database.write { try BackupRecord(at: instant, file: "a.tar", bytes: 1).insert(in: $0) }
                    try await database.close()
                }
                // An empty database has nothing to lose, and one that is up to date is not changed.
                try await boot([])
                try await boot([])
                let error = await #expect(throws: KernelError.self) { try await boot([SamplePlugin.self]) }
                #expect(error?.code == .noRecentBackup)
                #expect(error?.message.contains("sample/0001-notice") == true)
                #expect(error?.message.contains("yiciban backup --to") == true)
                try await note(TestDatabase.now.adding(.seconds(-86_401)))
                await #expect(throws: KernelError.self) { try await boot([SamplePlugin.self]) }
                try await note(TestDatabase.now.adding(.seconds(-86_399)))
                try await boot([SamplePlugin.self])
            }
            try await withDatabaseOpener(kind) { open in
                for plugins in [[], [SamplePlugin.self]] as [[any ServicePlugin.Type]] {
                    try await Kernel.boot(
                        folder: folder, plugins: plugins, composition: Booting.bare, settings: try Booting.settings(),
                        withoutBackup: true, database: try open(), logger: Booting.logger
                    ).close()
                }
            }
        }
    }

    @Test(
        "the database's address never leaves with the settings, which stay as they were written otherwise",
        arguments: [
            "name: 测试 # 名称\ndivision: 430600\ndatabase: sqlite\n",
            "name: 测试\ndatabase:\n  postgresql: \"host=a password='geheim'\"\n\n# 区划\ndivision: 430600\n",
            "database:\n\tpostgresql: geheim\nname: 测试\ndivision: 430600".replacing("\t", with: "    "),
        ])
    func settings(_ text: String) throws {
        let without = try SettingsText(text).withoutDatabase()
        #expect(!without.contains("geheim") && !without.contains("database"))
        #expect(
            text.split(separator: "\n").filter { $0.contains("名称") || $0.contains("区划") }.allSatisfy(without.contains))
        let conninfo = "host=b password='a\"b: #'"
        let restored = try DeploymentSettings.parse(try SettingsText(text).with(.postgreSQL(conninfo: conninfo)))
        #expect(restored.name == "测试" && restored.database == .postgreSQL(conninfo: conninfo))
        #expect(try DeploymentSettings.parse(try SettingsText(text).with(.sqlite)).database == .sqlite)
    }

    @Test("a database's section that can't be cut out by lines stops the backup instead of going with it")
    func oddSettings() {
        for text in ["{name: 测试, database: {postgresql: geheim}}", "\"database\":\n  postgresql: geheim\nname: 测试\n"] {
            let error = #expect(throws: KernelError.self) { try SettingsText(text).withoutDatabase() }
            #expect(error?.code == .malformedSettings)
        }
    }

    @Test("secrets, databases and paths that lead out are never carried")
    func carried() {
        let kept = ["themes/birth/theme.yaml", "trust/省.pem", "keys/root.pem", "logo.svg"]
        let left = [
            "keys/master.key", "keys/deployment.key", "keys/sms.txt", "yiciban.db", "yiciban.db-wal", "settings.yaml",
            "sample-accounts.json", "../x.pem", "themes/../../x", "/etc/passwd", "a//b", "", ".hidden", "themes/.x",
            "old.tar", "old.tar.partial", "restore-unfinished",
        ]
        #expect(kept.filter { !DeploymentFolder.isCarried($0) } == [])
        #expect(left.filter(DeploymentFolder.isCarried) == [])
    }

    @Test("two of one second get names of their own, and the later one is the newer")
    func sameSecond() async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\ndivision: 430600\n")
            try await Kernel.boot(
                folder: folder, plugins: [], composition: Booting.bare, logger: Booting.logger
            ).close()
            let target = "\(folder.path)/backups/"
            var removed: [String] = []
            for _ in 0..<3 {
                let deployment = try UnstartedDeployment.open(folder, plugins: [], composition: Booting.bare)
                removed += try await DeploymentBackup(deployment).make(
                    to: .init(target), keep: 2, at: TestDatabase.now
                ).removed
                try await deployment.close()
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
            #expect(removed == ["yiciban-430600-20260302T080000Z.tar"])
            #expect(names == ["yiciban-430600-20260302T080000Z-2.tar", "yiciban-430600-20260302T080000Z-3.tar"])
        }
    }

    @Test("the newest are kept, and nothing that is not ours is removed")
    func keep() async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\ndivision: 430600\n")
            try await Kernel.boot(
                folder: folder, plugins: [], composition: Booting.bare, logger: Booting.logger
            ).close()
            let target = "\(folder.path)/backups"
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
            let strangers = ["yiciban-430602-20200101T000000Z.tar", "yiciban-430600-notes.tar", "照片.tar"]
            for name in strangers { try Data().write(to: URL(fileURLWithPath: "\(target)/\(name)")) }
            var removed: [String] = []
            for day in 0..<4 {
                let deployment = try UnstartedDeployment.open(folder, plugins: [], composition: Booting.bare)
                removed += try await DeploymentBackup(deployment).make(
                    to: .init(target), keep: 2, at: TestDatabase.now.adding(.seconds(day * 86_400))
                ).removed
                try await deployment.close()
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: target)
            #expect(
                Set(names).subtracting(strangers) == [
                    "yiciban-430600-20260304T080000Z.tar", "yiciban-430600-20260305T080000Z.tar",
                ])
            #expect(Set(strangers).isSubset(of: names) && removed.count == 2)
            // Backups inside of the folder do not go into the next one.
            let check = try BackupCheck.read(
                "\(target)/yiciban-430600-20260305T080000Z.tar", signer: DeploymentFolder.signer)
            #expect(check.findings == [])
            #expect(
                check.attachments.map(\.path)
                    == ["settings.yaml", "keys/deployment.key.sealed", "keys/deployment.pem", "keys/root.pem"])
            let text = Array(try String(contentsOfFile: folder.deploymentKeyPath, encoding: .utf8).utf8)
            #expect(try DeploymentFolder.deploymentKey(in: check.attachments, master: try folder.masterKey()) == text)
        }
    }

    @Test("a certificate that somebody else put into a stolen backup is found by the key that the master key opens")
    func forgedSigner() async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\ndivision: 430600\n")
            let master = try folder.masterKey()
            var attachments = try folder.attachments()
            try DeploymentFolder.checkSigner(of: attachments, master: master)
            let index = try #require(attachments.firstIndex { $0.path == "keys/deployment.pem" })
            let root = try #require(attachments.first { $0.path == "keys/root.pem" })
            attachments[index] = .init(path: "keys/deployment.pem", bytes: root.bytes)
            let error = #expect(throws: KernelError.self) {
                try DeploymentFolder.checkSigner(of: attachments, master: master)
            }
            #expect(error?.code == .backup)
        }
    }

    @Test("a folder where a restoring was cut off says so until it is done again")
    func unfinished() async throws {
        try await Booting.inFolder { folder in
            try folder.checkRestorable()
            try folder.beginRestoring("2026-03-02")
            try Data().write(to: URL(fileURLWithPath: folder.databasePath))
            try folder.checkRestorable()
            #expect(throws: KernelError.self) { try folder.check() }
            try Data("key".utf8).write(to: URL(fileURLWithPath: folder.masterKeyPath))
            try folder.beginRestoring("2026-03-02")
            #expect(!FileManager.default.fileExists(atPath: folder.databasePath))
            #expect(FileManager.default.fileExists(atPath: folder.masterKeyPath))
        }
        try await Booting.inFolder { folder in
            try Data().write(to: URL(fileURLWithPath: "\(folder.path)/照片"))
            #expect(throws: KernelError.self) { try folder.checkRestorable() }
        }
    }
}
