import Storage
import StorageTestSupport
import Testing

@Suite("Search")
struct SearchTests {
    private static let index = SearchIndex("themes")
    private static let documents: [(id: String, title: String, text: String)] = [
        ("birth", "新生儿出生一件事", "生孩子之后办理出生医学证明、户口登记和社保卡，一次办好"),
        ("shop", "我要开店", "开便利店、餐饮店：营业执照、食品经营许可"),
        ("retire", "退休一件事", "申请领取基本养老金，核定退休金待遇，提取公积金"),
        ("house", "二手房转移登记", "买卖双方一起办理不动产登记，缴纳税费 VAT invoice"),
    ]

    private func withIndex(
        _ kind: TestDatabaseKind, _ body: @escaping @Sendable (Transaction) throws -> Void
    ) async throws {
        try await withDatabase(kind) { database in
            try await database.write { transaction in
                for document in Self.documents {
                    try Self.index.put(
                        id: document.id, division: "4306",
                        fields: [.init(document.title, .high), .init(document.text)], in: transaction)
                }
            }
            try await database.write(body)
        }
    }

    private static func expect<Found: Equatable>(
        _ found: Found, is expected: Found, at sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    private static func find(_ text: String, _ transaction: Transaction) throws -> [String] {
        try find(text, transaction, divisions: ["4306"])
    }

    private static func find(_ text: String, _ transaction: Transaction, divisions: [String]) throws -> [String] {
        try index.query(text, divisions: divisions, in: transaction)
    }

    @Test(
        "words are found at any position, long or short", arguments: TestDatabase.all,
        [
            ("生孩子", ["birth"]), ("孩子", ["birth"]), ("开店", ["shop"]), ("店", ["shop"]), ("退休金", ["retire"]),
            ("退休", ["retire"]), ("公积金", ["retire"]), ("不动产", ["house"]), ("税", ["house"]), ("vat", ["house"]),
            ("ＶＡＴ", ["house"]), ("invoice 登记", ["house"]), ("社保卡", ["birth"]), ("办好", ["birth"]),
            ("我要开店！", ["shop"]), ("火星", []), ("", []), ("？！", []), ("\"OR *", []), ("' & | !", []),
        ] as [(String, [String])])
    func words(_ kind: TestDatabaseKind, _ sample: (String, [String])) async throws {
        try await withIndex(kind) { transaction in
            try Self.expect(Self.find(sample.0, transaction), is: sample.1)
        }
    }

    @Test("a title counts for more than a text", arguments: TestDatabase.all)
    func rank(_ kind: TestDatabaseKind) async throws {
        try await withIndex(kind) { transaction in
            try Self.expect(Self.find("登记", transaction), is: ["house", "birth"])
            try Self.expect(Self.find("一件事", transaction).sorted(), is: ["birth", "retire"])
        }
    }

    @Test("a whole sentence leads to the document that shares most with it", arguments: TestDatabase.all)
    func sentence(_ kind: TestDatabaseKind) async throws {
        try await withIndex(kind) { transaction in
            try Self.expect(Self.find("我家刚生孩子，户口登记怎么办", transaction).first, is: "birth")
            try Self.expect(Self.find("想领退休金去哪里", transaction).first, is: "retire")
        }
    }

    @Test("divisions and indexes are kept apart", arguments: TestDatabase.all)
    func scopes(_ kind: TestDatabaseKind) async throws {
        try await withIndex(kind) { transaction in
            try SearchIndex("items").put(id: "x", division: "4306", fields: [.init("开店")], in: transaction)
            try Self.index.put(id: "county", division: "430626", fields: [.init("开店")], in: transaction)
            try Self.expect(Self.find("开店", transaction), is: ["shop"])
            try Self.expect(Self.find("开店", transaction, divisions: ["430626"]), is: ["county"])
            try Self.expect(
                Self.find("开店", transaction, divisions: ["4306", "430626"]).sorted(), is: ["county", "shop"])
            try Self.expect(Self.find("开店", transaction, divisions: []), is: [])
            let items = try SearchIndex("items").query("开店", divisions: ["4306"], in: transaction)
            #expect(items == ["x"])
        }
    }

    @Test("a replaced or removed document is no longer found by its old words", arguments: TestDatabase.all)
    func replaced(_ kind: TestDatabaseKind) async throws {
        try await withIndex(kind) { transaction in
            try Self.index.put(id: "shop", division: "4306", fields: [.init("办公司", .high)], in: transaction)
            try Self.expect(Self.find("开店", transaction), is: [])
            try Self.expect(Self.find("公司", transaction), is: ["shop"])
            try Self.index.remove(id: "shop", division: "4306", in: transaction)
            try Self.expect(Self.find("公司", transaction), is: [])
        }
    }
}
