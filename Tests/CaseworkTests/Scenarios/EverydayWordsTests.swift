import Catalogue
import Storage
import StorageTestSupport
import Testing

@Suite("What people type leads to the theme")
struct EverydayWordsTests {
    private static let phrases: [String: [String]] = [
        "birth": [
            "我要生小孩", "生孩子", "生娃", "刚生了宝宝", "宝宝出生了", "老婆生了", "小孩上户口", "给孩子上户口", "娃娃落户", "孩子报户口",
            "出生证", "出生证明", "新生儿", "怀孕", "二胎", "当爸爸了", "打疫苗", "小孩医保", "宝宝社保卡", "生育报销",
        ],
        "enterprise-setup": [
            "开公司", "我想开个公司", "注册公司", "办营业执照", "开店", "想开个店", "开饭店", "开超市", "办厂", "做生意", "自己当老板", "创业",
            "刻公章", "领发票", "工商注册", "对公账户", "成立公司要什么材料",
        ],
        "retirement": [
            "退休", "我要退休了", "退休金", "养老金", "领养老金", "办退休手续", "提前退休", "病退", "延迟退休", "退休工资", "提取公积金",
            "不上班了", "养老保险怎么领", "老年优待", "特殊工种退休",
        ],
    ]

    @Test("a few dozen everyday phrases find their theme first", arguments: TestDatabase.all)
    func found(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            for (theme, phrases) in Self.phrases {
                for phrase in phrases {
                    let found = try await world.catalogue.search(phrase)
                    #expect(found.first?.theme.id == theme, "\(phrase)")
                }
            }
        }
    }
}
