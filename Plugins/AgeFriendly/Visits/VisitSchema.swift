import PluginKit

/// The tables of visits.
enum VisitSchema {
    static let migration = Migration(
        "0001-visits",
        """
        CREATE TABLE age_friendly_visit (
            division TEXT NOT NULL,
            id TEXT NOT NULL,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            day BIGINT NOT NULL,
            half TEXT NOT NULL,
            site TEXT,
            subject TEXT NOT NULL,
            person TEXT,
            way TEXT NOT NULL,
            assignee TEXT,
            agency TEXT,
            ordered_at BIGINT NOT NULL,
            version BIGINT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (division, id)
        );
        CREATE UNIQUE INDEX age_friendly_visit_id ON age_friendly_visit (id);
        CREATE INDEX age_friendly_visit_due ON age_friendly_visit (day, half, id)
            WHERE state IN ('ordered', 'assigned', 'under_way');
        CREATE INDEX age_friendly_visit_person ON age_friendly_visit (person, id) WHERE person IS NOT NULL;
        CREATE TABLE age_friendly_slot (
            division TEXT NOT NULL,
            day BIGINT NOT NULL,
            half TEXT NOT NULL,
            taken BIGINT NOT NULL,
            PRIMARY KEY (division, day, half)
        )
        """)

    static let columns =
        "division, id, kind, state, day, half, site, subject, person, way, assignee, agency, ordered_at, version, body"

    /// The orders whose work is not done; as the index of due ones has it.
    static let open = "state IN ('ordered', 'assigned', 'under_way')"

    static let body = EncryptedColumn(table: "age_friendly_visit", keys: ["division", "id"], column: "body") {
        context(try $0.get("id"))
    }

    static func context(_ id: String) -> String { "age_friendly_visit.body/\(id)" }
}
