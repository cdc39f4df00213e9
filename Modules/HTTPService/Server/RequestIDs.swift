import Synchronization

/// Names requests: eight random digits of this process and a running number, short enough to be read out on the phone.
final class RequestIDs: Sendable {
    private let prefix: String
    private let number = Atomic<UInt32>(0)

    init() {
        prefix = Self.hexadecimal(UInt32.random(in: 0 ... .max))
    }

    func next() -> String {
        prefix + Self.hexadecimal(number.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    private static func hexadecimal(_ number: UInt32) -> String {
        String(unsafeUninitializedCapacity: 8) { buffer in
            for index in 0..<8 {
                let digit = UInt8(truncatingIfNeeded: number >> UInt32(28 - 4 * index)) & 15
                buffer[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 8
        }
    }
}
