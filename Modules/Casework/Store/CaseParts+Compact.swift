public import Standards
public import Storage

extension ItemTask: CompactRecord {
    public static var blank: ItemTask { ItemTask(id: "", agency: .none) }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("id", &id)
        try fields.pass("agency", &agency)
        try fields.pass("state", &state)
        try fields.pass("opened", &opened)
        try fields.pass("due", &due)
        try fields.pass("legalDue", &legalDue)
        try fields.pass(coded: "pauses", &pauses)
        try fields.pass(coded: "decision", &decision)
        try fields.pass("note", &note)
        try fields.pass("originals", &originals)
        try fields.pass("outsideNumber", &outsideNumber)
        try fields.pass(coded: "charge", &charge)
    }
}

extension ItemState: CompactValue {}

extension MaterialRecord: CompactRecord {
    public static var blank: MaterialRecord { MaterialRecord() }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("files", &files)
        try fields.pass("isCommitted", &isCommitted)
        try fields.pass("isDeferred", &isDeferred)
        try fields.pass("gapDue", &gapDue)
    }
}

extension FileReference: CompactRecord {
    public static var blank: FileReference {
        FileReference(blob: "", division: "", name: "", contentType: "", size: 0)
    }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("blob", &blob)
        try fields.pass("division", &division)
        try fields.pass("name", &name)
        try fields.pass("contentType", &contentType)
        try fields.pass("size", &size)
    }
}

extension Deadline: CompactRecord {
    public static var blank: Deadline { Deadline(day: LegalDay(ordinal: 0), isProvisional: false) }

    public mutating func pass(_ fields: inout CompactFields) throws {
        var (day, isProvisional) = (day, isProvisional)
        try fields.pass("day", &day)
        try fields.pass("isProvisional", &isProvisional)
        self = Deadline(day: day, isProvisional: isProvisional)
    }
}
