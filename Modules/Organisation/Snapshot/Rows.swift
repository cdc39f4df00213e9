import Extension
import Standards
import Storage

extension ValidDays {
    init(_ row: Row) throws { self.init(from: try row.get("valid_from"), until: try row.get("valid_until")) }
}

extension DivisionRecord {
    init(_ row: Row) throws {
        self.init(
            code: try row.get("code"), name: try row.get("name"), parent: try row.get("parent"),
            level: try known(try row.get("level"), Division.Level.init(rawValue:)),
            isNational: try row.get("is_national"))
    }
}

extension Agency {
    init(_ row: Row, names: [DatedName]) throws {
        self.init(
            id: try row.get("id"), key: try row.get("layout_key"), creditCode: try row.get("credit_code"),
            department: try row.get("department"), division: try row.get("division"), parent: try row.get("parent"),
            validity: try ValidDays(row), names: names)
    }
}

extension Agency.DatedName {
    init(_ row: Row) throws { self.init(name: try row.get("name"), validity: try ValidDays(row)) }
}

extension Succession {
    init(_ row: Row) throws {
        self.init(
            predecessor: try row.get("predecessor"), successor: try row.get("successor"), day: try row.get("day"),
            kind: try known(try row.get("kind"), SuccessionKind.init(rawValue:)))
    }
}

extension ServiceSite {
    init(_ row: Row, divisionNames: [String: String]) throws {
        let division: String = try row.get("division")
        let level = try known(try row.get("level"), SiteLevel.init(rawValue:))
        let place: String = try row.get("place")
        self.init(
            id: try row.get("id"), key: try row.get("layout_key"), division: division, level: level, place: place,
            name: ServiceSite.uniformName(level, division: divisionNames[division] ?? division, place: place),
            hours: try row.get("hours"), address: try row.get("address"), phone: try row.get("phone"))
    }
}

extension ServiceWindow {
    init(_ row: Row) throws {
        let name: String = try row.get("name")
        self.init(
            id: try row.get("id"), key: try row.get("layout_key"), site: try row.get("site"), name: name,
            kind: WindowKind(rawValue: try row.get("kind")) ?? WindowKind(named: name))
    }
}

extension StaffRole {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), title: try row.get("title"),
            permissions: Set(try StringList.read(try row.get("permissions"))))
    }
}

extension PostRecord {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), account: try row.get("account"), agency: try row.get("agency"),
            division: try row.get("division"), site: try row.get("site"),
            roles: try StringList.read(try row.get("roles")), validity: try ValidDays(row))
    }
}

/// A list of texts in one column, as JSON.
enum StringList {
    static func write(_ texts: some Collection<String>) -> String {
        JSONValue.array(texts.map(JSONValue.string)).canonical
    }

    static func read(_ text: String) throws -> [String] {
        try JSONValue(parsing: text).array?.compactMap(\.string) ?? []
    }
}

/// A word of a closed set, read from a column.
private func known<Value>(_ word: String, _ value: (String) -> Value?) throws -> Value {
    guard let value = value(word) else {
        throw StorageError(.decoding, "数据库里有程序不认识的内容，可能是更新的版本写入的。请升级程序。", detail: word)
    }
    return value
}
