import Foundation

/// A person's name as it stands on the document: Chinese characters, rare ones outside the Basic Multilingual Plane
/// among them, or the letters of another script; minority and foreign names use the middle dot `·`.
///
/// `description` is masked, so that a name does not slip into a log; ``text`` is the whole name.
public struct PersonName: StandardText {
    /// The name in Unicode normalisation form C, with the middle dot U+00B7.
    public let text: String

    /// The most characters that a name may have.
    public static let maximumLength = 50

    /// Reads a name as people type it.
    ///
    /// White space at the ends and between Chinese characters goes, the look-alikes of the middle dot become `·`, and
    /// the text is brought to normalisation form C.
    ///
    /// - Parameter text: 1 to ``maximumLength`` characters.
    /// - Throws: ``StandardsError/Code/empty``, ``StandardsError/Code/personNameLength``,
    ///   ``StandardsError/Code/personNameCharacter``.
    public init(_ text: String) throws(StandardsError) {
        let name = Self.normalised(text)
        guard !name.isEmpty else { throw StandardsError(.empty, "请填写姓名。") }
        guard name.count <= Self.maximumLength, name.unicodeScalars.count <= 4 * Self.maximumLength else {
            throw StandardsError(.personNameLength, "姓名最多\(Self.maximumLength)个字，请填写证件上的姓名。")
        }
        if let stranger = NameLetters.firstMisplaced(in: name) {
            throw StandardsError(
                .personNameCharacter, "姓名中不能有\(stranger)，请按证件填写；生僻字打不出来时，可以到窗口由工作人员录入。")
        }
        self.text = name
    }

    /// The first character and a star for each other one: `张**`.
    public var masked: String {
        String(text.prefix(1)) + String(repeating: "*", count: text.count - 1)
    }

    public var description: String { masked }

    private static func normalised(_ text: String) -> String {
        let composed = text.precomposedStringWithCanonicalMapping
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in composed.unicodeScalars {
            if scalar.properties.isWhitespace && scalar.properties.generalCategory == .spaceSeparator {
                pendingSpace = !result.isEmpty
                continue
            }
            let letter = NameLetters.isMiddleDot(scalar) ? "·" : scalar
            if pendingSpace, let before = result.last, NameLetters.needsSpace(between: before, and: letter) {
                result.append(" ")
            }
            pendingSpace = false
            result.append(letter)
        }
        return String(result)
    }
}

extension PersonName: CustomDebugStringConvertible, CustomReflectable {
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
