/// Stored theme versions outlive the program that stored them: an open case keeps the version with which it began.
///
/// A list of names that a version stored earlier does not have yet is empty. The synthesised decoding of this module's
/// types finds this overload; a new field of another kind is to be optional for the same reason.
extension KeyedDecodingContainer {
    func decode(_ type: [String].Type, forKey key: Key) throws -> [String] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
