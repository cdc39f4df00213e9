/// Why bytes are not the DER that was expected: where, and what is wrong.
public struct DERError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: String, Sendable, Hashable, CaseIterable {
        /// The bytes end before the element does.
        case truncated
        /// Another kind of element stands here.
        case tag
        /// The length has more than four bytes, is indefinite, or is not in its shortest form.
        case length
        /// Bytes follow after the last element.
        case trailing
        /// The content breaks the rules of its type.
        case content

        /// What is wrong, in Chinese.
        public var message: String {
            switch self {
            case .truncated: "内容不完整，长度与实际字节不符"
            case .tag: "元素的类型不对"
            case .length: "长度的写法不规范"
            case .trailing: "末尾有多余的字节"
            case .content: "内容不符合这种类型的规定"
            }
        }
    }

    public let problem: Problem
    /// The field that was being read, by its name in the standard.
    public let field: String
    /// The byte at which it begins, counted from the start of the whole encoding.
    public let offset: Int

    public var description: String { "第 \(offset) 字节（\(field)）：\(problem.message)" }
}
