/// Where a field's value lies in its type.
///
/// A key path to a stored property is followed anew at each look, which costs more than writing the value; the
/// distance that it stands for is asked once.
@usableFromInline
struct StoredPlace<Root, Value>: Sendable {
    @usableFromInline let keyPath: any WritableKeyPath<Root, Value> & Sendable
    /// In bytes from the beginning; nil for a computed property.
    @usableFromInline let offset: Int?

    @usableFromInline
    init(_ keyPath: any WritableKeyPath<Root, Value> & Sendable) {
        self.keyPath = keyPath
        offset = MemoryLayout<Root>.offset(of: keyPath)
    }

    @inlinable
    func value(at root: UnsafePointer<Root>) -> Value {
        guard let offset else { return root.pointee[keyPath: keyPath] }
        return UnsafeRawPointer(root).load(fromByteOffset: offset, as: Value.self)
    }
}
