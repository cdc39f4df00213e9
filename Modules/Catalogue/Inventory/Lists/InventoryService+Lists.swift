import Cryptography
public import Extension
import Organisation
import Standards
public import Storage

extension InventoryService {
    /// Publishes the list of a division's licences as they hold on the day of the act (R02.1).
    ///
    /// - Throws: ``CatalogueError`` when there are none.
    public func publishList(
        division: String, title: String, by act: Act
    ) async throws -> ItemListPublication {
        try require(.approveItems, act)
        let title = title.withoutInvisibles.trimmed
        guard !title.isEmpty, title.count <= 100 else {
            throw Problem(
                422, "input.invalid", "清单没有名称", "请写明清单的名称，不超过 100 个字，例如“平江县行政许可事项清单（2026年版）”。",
                findings: [Finding("title", "field.required", "请填写清单名称，不超过 100 个字。")])
        }
        guard let signer else {
            throw CatalogueError(
                code: "catalogue.no_signer", status: 500, title: "不能签名", message: "部署没有签名证书，清单不能发布。请管理员检查密钥。")
        }
        let day = act.now.day
        let organisation = try await organisation.snapshot()
        let level: AdministrativeLevel = organisation.divisions[division]?.level == .prefecture ? .city : .county
        let filter = ItemFilter(division: division, kind: .licence)
        return try await database.write { [self] transaction in
            var items: [JSONValue] = []
            var cursor: String?
            repeat {
                let page = try self.items(filter, on: day, after: cursor, limit: 1000, in: transaction)
                items += page.map { found in
                    [
                        "code": .string(found.item.code), "title": .string(found.item.title),
                        "organ": .string(found.item.organ), "hash": .string(found.hash),
                        "legal_basis": .string(found.item.legalBasis),
                    ]
                }
                cursor = page.count == 1000 ? page.last?.item.code : nil
            } while cursor != nil
            if items.isEmpty {
                throw CatalogueError(
                    code: "catalogue.list_empty", status: 422, title: "没有内容",
                    message: "“\(division)”没有现行的行政许可事项，没有可以发布的清单。")
            }
            let value: JSONValue = [
                "title": .string(title), "division": .string(division), "level": .string(level.chinese),
                "day": .string(day.text), "items": .array(items),
            ]
            let body = value.canonical
            let id = act.identifier("inventory-list")
            let digest = ItemDigest.of(body)
            try transaction.execute(
                """
                INSERT INTO inventory_list (division, id, level, title, day, total, digest, body, signature, certificate)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, division, id, level.rawValue, title, day, items.count, digest, body,
                try signer.privateKey.sign(Array(body.utf8)), signer.certificate.pem)
            for item in items {
                try transaction.execute(
                    "INSERT INTO inventory_list_item (division, list, code) VALUES (?, ?, ?)", division, id,
                    item["code"]?.string)
            }
            try tell(
                ItemListPublished(list: id.text, division: division, day: day, count: items.count, digest: digest),
                "list", id.text, division: division, by: act, in: transaction)
            return ItemListPublication(
                id: id, division: division, level: level, title: title, day: day, count: items.count, digest: digest)
        }
    }

    /// The published lists, newest first.
    public func lists(division: String? = nil, limit: Int = 50) async throws -> [ItemListPublication] {
        try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT division, id, level, title, day, total, digest FROM inventory_list
                WHERE ? = '' OR division = ? ORDER BY id DESC LIMIT ?
                """, division ?? "", division ?? "", limit
            ).map { row in
                ItemListPublication(
                    id: try row.get("id"), division: try row.get("division"),
                    level: AdministrativeLevel(rawValue: try row.get("level")) ?? .county, title: try row.get("title"),
                    day: try row.get("day"), count: try row.get("total"), digest: try row.get("digest"))
            }
        }
    }

    /// A published list as its signed file.
    public func listFile(_ id: Identifier) async throws -> ItemListFile {
        try await database.read { snapshot in
            guard
                let row = try snapshot.row("SELECT body, signature, certificate FROM inventory_list WHERE id = ?", id)
            else { throw CatalogueError.listNotFound(id.text) }
            return ItemListFile(
                body: try row.get("body"), signature: try row.get("signature"), certificate: try row.get("certificate"))
        }
    }

    /// How many licences in force stand in the newest list of their division.
    func listedCount(division: String?, on day: LegalDay, in snapshot: Snapshot) throws -> Int {
        let row = try snapshot.row(
            """
            SELECT count(*) AS total FROM inventory_item_version v
            JOIN inventory_list_item i ON i.division = v.division AND i.code = v.code
            JOIN (SELECT division, max(id) AS id FROM inventory_list GROUP BY division) newest
                ON newest.division = i.division AND newest.id = i.list
            WHERE v.effective_from <= ? AND v.effective_until > ? AND v.standing = ? AND v.kind = ?
                AND (? = '' OR v.division = ?)
            """, day, day, ItemStanding.inForce.rawValue, CatalogueItem.Kind.licence.rawValue, division ?? "",
            division ?? "")
        return try row?.get("total") ?? 0
    }
}

extension CatalogueError {
    static func listNotFound(_ id: String) -> CatalogueError {
        CatalogueError(code: "catalogue.list_not_found", status: 404, message: "没有找到编号为 \(id) 的清单，请核对编号后重试。")
    }
}
