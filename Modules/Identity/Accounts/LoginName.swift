/// A name to sign in with: a small letter, then 2 to 31 small letters, digits, dots, hyphens or underscores.
///
/// By its form it can't be a telephone or identity number, so that no such number stands in clear in a table.
public struct LoginName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Reads a name; capitals count as small letters.
    ///
    /// - Throws: ``IdentityError`` with code `identity.login_name_form`.
    public init(_ text: String) throws(IdentityError) {
        let name = text.lowercased()
        guard name.wholeMatch(of: /[a-z][a-z0-9._\-]{2,31}/) != nil else { throw .loginNameForm }
        self.text = name
    }

    public var description: String { text }
}
