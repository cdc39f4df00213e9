/// Where a browser may be sent on to: a path of this site and nothing else (no open redirect).
public enum ReturnPath {
    /// The target if it is a path of this site, else the home page.
    ///
    /// `//host`, `/\host`, `/%5Chost` and control characters, which browsers read as another host, are refused.
    public static func safe(_ target: String) -> String {
        let bytes = Array(target.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 2_000,
            bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        if bytes.count > 1, bytes[1] == UInt8(ascii: "/") { return "/" }
        if String(target.prefix(4)).lowercased() == "/%5c" { return "/" }
        // Beyond ASCII a header can't carry it; our own pages encode such paths.
        return bytes.allSatisfy { $0 < 0x80 } ? target : "/"
    }

    /// The address of the sign-in page that comes back to a path afterwards.
    public static func signIn(returningTo path: String) -> String {
        "/sign-in?return=" + PercentCoding.encode(safe(path))
    }
}
