extension BlobStore {
    /// Opens every file and holds it against its name, which is a keyed digest of what it says; one file at a time is in
    /// memory.
    public var audit: ContentCheck {
        ContentCheck(title: "文件") { snapshot, tell in
            var last = (division: "", id: "")
            while let row = try snapshot.row(
                "SELECT division, id FROM blob WHERE (division, id) > (?, ?) ORDER BY division, id LIMIT 1",
                last.division, last.id)
            {
                last = (try row.get("division"), try row.get("id"))
                do {
                    _ = try get(last.id, division: last.division, in: snapshot)
                } catch let error as StorageError where [.corrupt, .keys, .decoding].contains(error.code) {
                    tell("\(last.division)/blob/\(last.id)", "内容打不开，或者与它的名字不符")
                }
            }
            let strays: Int? = try snapshot.row(
                """
                SELECT COUNT(*) AS strays FROM blob_chunk c LEFT JOIN blob b ON b.division = c.division AND b.id = c.id
                WHERE b.id IS NULL
                """
            )?.get("strays")
            if let strays, strays > 0 { tell("blob_chunk", "多出 \(strays) 块不属于任何文件的内容") }
        }
    }
}
