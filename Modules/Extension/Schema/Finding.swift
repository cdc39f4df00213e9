/// One thing that is wrong with an input; a validation reports all of them.
public struct Finding: Error, Sendable, Hashable {
    /// Where: the path of the field, such as `form.child_name` or `materials[2].file`.
    public let field: String
    /// A stable code such as `field.required`.
    public let code: String
    /// What is wrong and how to mend it, in Chinese.
    public let message: String

    public init(_ field: String, _ code: String, _ message: String) {
        self.field = field
        self.code = code
        self.message = message
    }
}
