public import Foundation

extension OutboundHTTP {
    /// What keeps a partner's host from being reached, in Chinese; nil when it answers at all, whatever it says.
    ///
    /// - Parameters:
    ///   - url: an address of the host; it is asked with HEAD, which changes nothing there.
    ///   - timeoutSeconds: for how long to wait.
    public static func obstacle(to url: URL, timeoutSeconds: Int = 5) async -> String? {
        do {
            _ = try await OutboundHTTP(timeoutSeconds: timeoutSeconds).send("HEAD", url)
            return nil
        } catch let failure as Failure {
            switch failure {
            case .timeout: return "\(timeoutSeconds) 秒内没有应答"
            case .answerTooLong: return nil
            default: return "连不上"
            }
        } catch {
            return "连不上"
        }
    }
}
